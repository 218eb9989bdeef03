//! What a TLSContext says about the handshake, and Envoy's interpretation of it.

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
    /// Parses `v1.2`.
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

/// Whose ClientHello is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HelloAs {
    /// Envoy's, as Emissary configures it.
    #[default]
    Envoy,
    /// An ordinary client's: TLS 1.3 and 1.2, the host name as SNI.
    Strict,
}

/// The protocol of the cluster's connection pool, which Envoy uses regardless of ALPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Codec {
    /// An ordinary Mapping.
    #[default]
    Http1,
    /// `grpc: true`.
    Http2,
    /// A TCPMapping: raw bytes.
    Raw,
}

/// The handshake that a context configures; absent fields are Envoy's defaults.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Whose ClientHello this is.
    pub profile: HelloAs,
    /// The SNI; there is no other source of it.
    pub sni: Option<String>,
    /// `alpn_protocols`, which Envoy splits at commas.
    pub alpn: Option<String>,
    /// `min_tls_version`
    pub min: Option<TlsVersion>,
    /// `max_tls_version`
    pub max: Option<TlsVersion>,
    /// `cipher_suites`
    pub cipher_suites: Vec<String>,
    /// `ecdh_curves`
    pub ecdh_curves: Vec<String>,
    /// Decides the ALPN that Envoy offers by default.
    pub codec: Codec,
    /// Decides which suites and groups are known, which groups are offered by default, and the
    /// encoding of the ClientHello.
    pub envoy: EnvoyVersion,
}

/// Why a context leads to no handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// Envoy rejects the whole configuration, with this message.
    ConfigRejected(String),
    /// Envoy loads it, but every connection fails before a byte is sent.
    NoVersions,
    /// Envoy could make this handshake, but this probe cannot.
    Beyond(String),
}

impl Offer {
    /// The same offer for another pool.
    #[must_use]
    pub fn with_codec(self, codec: Codec) -> Self {
        Self { codec, ..self }
    }

    /// The offered ALPN names, in order.
    ///
    /// Envoy's pool offers its own protocol unless `alpn_protocols` is set.
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

    /// The range of versions: 1.2 for both ends unless the context sets them (1.36 to 1.40).
    pub fn versions(&self) -> (TlsVersion, TlsVersion) {
        let last = match self.profile {
            HelloAs::Envoy => TlsVersion::V1_2,
            HelloAs::Strict => TlsVersion::V1_3,
        };
        (self.min.unwrap_or(TlsVersion::V1_2), self.max.unwrap_or(last))
    }
}
