//! What a TLSContext says about the handshake, in its own words, and what Envoy makes of the words.

use crate::envoy::EnvoyVersion;

/// A TLS version as a TLSContext spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    /// `v1.0`
    V1_0,
    /// `v1.1`
    V1_1,
    /// `v1.2`
    V1_2,
    /// `v1.3`
    V1_3,
}

impl TlsVersion {
    /// Reads `v1.2`.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "v1.0" => Some(Self::V1_0),
            "v1.1" => Some(Self::V1_1),
            "v1.2" => Some(Self::V1_2),
            "v1.3" => Some(Self::V1_3),
            _ => None,
        }
    }
}

/// Whose hello is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HelloAs {
    /// Envoy's, as Emissary configures it.
    #[default]
    Envoy,
    /// That of an ordinary client: TLS 1.3 and 1.2, the host name as SNI.
    Strict,
}

/// What the pool behind the cluster speaks, hence what Envoy writes whatever ALPN chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Codec {
    /// An ordinary Mapping.
    #[default]
    Http1,
    /// `grpc: true`.
    Http2,
    /// A TCPMapping: bytes as they come.
    Raw,
}

/// The handshake a context asks for; absent fields are Envoy's defaults.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Whose hello this is.
    pub profile: HelloAs,
    /// The only source of SNI.
    pub sni: Option<String>,
    /// `alpn_protocols`, which Envoy splits on commas.
    pub alpn: Option<String>,
    /// `min_tls_version`
    pub min: Option<TlsVersion>,
    /// `max_tls_version`
    pub max: Option<TlsVersion>,
    /// `cipher_suites`
    pub cipher_suites: Vec<String>,
    /// `ecdh_curves`
    pub ecdh_curves: Vec<String>,
    /// Decides the ALPN Envoy offers on its own.
    pub codec: Codec,
    /// Decides which suites and groups are known, which groups are offered by default, and how the hello
    /// is written.
    pub envoy: EnvoyVersion,
}

/// Why a context leads to no handshake that can be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// Envoy rejects the whole configuration, with these words.
    ConfigRejected(String),
    /// Envoy loads it, and every connection fails before a byte is sent.
    NoVersions,
    /// Envoy could shake hands so, and this probe cannot.
    Beyond(String),
}

impl Offer {
    /// The same for another pool.
    #[must_use]
    pub fn with_codec(self, codec: Codec) -> Self {
        Self { codec, ..self }
    }

    /// The ALPN names to offer, in order.
    ///
    /// Envoy's pool always offers its own codec; `alpn_protocols` replaces it.
    pub fn alpn_names(&self) -> Vec<String> {
        match (&self.alpn, self.codec) {
            (Some(list), _) => {
                list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
            }
            (None, Codec::Http1) => vec!["http/1.1".to_owned()],
            (None, Codec::Http2) => vec!["h2".to_owned()],
            (None, Codec::Raw) => Vec::new(),
        }
    }

    /// Envoy's range: 1.2 at both ends unless the context sets it (1.36 to 1.40).
    pub fn versions(&self) -> (TlsVersion, TlsVersion) {
        let last = match self.profile {
            HelloAs::Envoy => TlsVersion::V1_2,
            HelloAs::Strict => TlsVersion::V1_3,
        };
        (self.min.unwrap_or(TlsVersion::V1_2), self.max.unwrap_or(last))
    }
}
