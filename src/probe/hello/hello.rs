//! The ClientHello that Envoy would send, configured in rustls.

use std::sync::Arc;

use rustls::SupportedCipherSuite;
use rustls::SupportedProtocolVersion;
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::version::{TLS12, TLS13};

use crate::envoy::{read_alpn, read_ciphers, read_curves, works_before_tls12};

use super::offer::{HelloAs, Misfit, Offer, TlsVersion};
use super::suite::{self, Known};
use super::transcript;
use super::two_shares::with_second_share;

/// A ClientHello that can be sent, and what Envoy would offer in addition.
#[derive(Debug, Clone)]
pub struct Hello {
    /// Suites, groups and other cryptography, in Envoy's order.
    pub(crate) provider: Arc<CryptoProvider>,
    /// The offered versions.
    pub(crate) versions: Vec<&'static SupportedProtocolVersion>,
    /// ALPN names in order.
    pub(crate) alpn: Vec<Vec<u8>>,
    /// The SNI, if one is sent.
    pub(crate) sni: Option<ServerName<'static>>,
    /// What Envoy would offer and this probe cannot. If there is any, a server's rejection of the
    /// ClientHello does not say what Envoy would get.
    pub(crate) beyond: Vec<String>,
    /// Whether it is Envoy's ClientHello, including signature schemes.
    pub(crate) as_envoy: bool,
    /// Whether this Envoy pads ClientHellos of 256 to 511 bytes.
    pub(crate) padded: bool,
}

impl Hello {
    /// The same ClientHello with other ALPN names.
    #[must_use]
    pub fn with_alpn(&self, names: &[&str]) -> Self {
        let alpn = names.iter().map(|name| name.as_bytes().to_vec()).collect();
        Self { alpn, ..self.clone() }
    }

    /// The same ClientHello without TLS 1.3; `None` if that leaves no version.
    #[must_use]
    pub fn capped(&self) -> Option<Self> {
        let both = self.versions.len() > 1;
        both.then(|| Self { versions: vec![&TLS12], ..self.clone() })
    }

    /// The same ClientHello with this SNI; `None` if it cannot be sent.
    #[must_use]
    pub fn with_server_name(&self, name: &str) -> Option<Self> {
        let sni = ServerName::try_from(name.to_owned()).ok()?;
        matches!(sni, ServerName::DnsName(_)).then(|| Self { sni: Some(sni), ..self.clone() })
    }

    /// The same ClientHello with TLS 1.3 as Envoy offers it; `None` if it already has that.
    #[must_use]
    pub fn with_tls13(&self) -> Option<Self> {
        if self.offers_tls13() {
            return None;
        }
        let own = &self.provider.cipher_suites;
        let new = suite::TLS13.map(|suite| match self.as_envoy {
            true => transcript::as_envoy(suite, self.padded),
            false => suite,
        });
        let cipher_suites = new.into_iter().chain(own.iter().copied()).collect();
        let provider = CryptoProvider { cipher_suites, ..(*self.provider).clone() };
        let versions = [&TLS13].into_iter().chain(self.versions.iter().copied()).collect();
        Some(Self { provider: Arc::new(provider), versions, ..self.clone() })
    }

    /// The same ClientHello in rustls's encoding.
    pub(crate) fn in_own_bytes(&self) -> Self {
        let plain = |own: &SupportedCipherSuite| {
            let mut all = suite::TLS12.into_iter().chain(suite::TLS13);
            all.find(|plain| plain.suite() == own.suite()).unwrap_or(*own)
        };
        let cipher_suites = self.provider.cipher_suites.iter().map(plain).collect();
        let provider = CryptoProvider { cipher_suites, ..(*self.provider).clone() };
        Self { provider: Arc::new(provider), as_envoy: false, ..self.clone() }
    }

    /// Whether it offers TLS 1.3.
    pub(crate) fn offers_tls13(&self) -> bool {
        self.versions.contains(&&TLS13)
    }

    /// The SNI as text.
    pub fn sni_text(&self) -> Option<String> {
        self.sni.as_ref().map(|name| name.to_str().into_owned())
    }
}

/// Interprets the fields of a context as Envoy does.
pub(crate) fn shape(offer: &Offer, host: &str) -> Result<Hello, Misfit> {
    if let Some(list) = &offer.alpn
        && let Err(fault) = read_alpn(list)
    {
        return Err(Misfit::ConfigRejected(format!(
            "alpn_protocols is not a list of protocol names (RFC 7301): {fault}"
        )));
    }
    let mut beyond = Vec::new();
    let (min, max) = offer.versions();
    let suites = suites(offer, &mut beyond)?;
    let mut groups = groups(offer, &mut beyond)?;
    if min > max {
        return Err(Misfit::NoVersions);
    }
    if min < TlsVersion::V1_2 && beyond.iter().any(|name| works_before_tls12(name)) {
        beyond.push("TLS 1.0 and 1.1".to_owned());
    }
    if max < TlsVersion::V1_2 {
        return Err(Misfit::Beyond(
            "the context allows nothing above TLS 1.1, which this probe does not support"
                .to_owned(),
        ));
    }

    let mut versions: Vec<&'static SupportedProtocolVersion> = Vec::new();
    if max >= TlsVersion::V1_3 {
        versions.push(&TLS13);
    }
    if min <= TlsVersion::V1_2 && !suites.is_empty() {
        versions.push(&TLS12);
    }
    if versions.is_empty() {
        return Err(Misfit::Beyond(format!(
            "this probe supports none of the context's cipher suites ({})",
            offer.cipher_suites.join(", ")
        )));
    }

    // Hybrid groups need TLS 1.3; BoringSSL omits them from older ClientHellos.
    groups.retain(|group| versions.iter().any(|version| group.usable_for_version(version.version)));
    if groups.is_empty() {
        return Err(Misfit::Beyond(
            "Envoy would offer no group: those of the context need TLS 1.3".to_owned(),
        ));
    }

    // rustls would include suites of versions that it does not offer; Envoy does not.
    let (new, old) = (versions.contains(&&TLS13), versions.contains(&&TLS12));
    let cipher_suites =
        suite::TLS13.into_iter().filter(|_| new).chain(suites.into_iter().filter(|_| old));
    let as_envoy = offer.profile == HelloAs::Envoy;
    if as_envoy {
        groups = with_second_share(groups);
    }
    let cipher_suites = cipher_suites
        .map(|suite| match as_envoy {
            true => transcript::as_envoy(suite, offer.envoy.pads_hello()),
            false => suite,
        })
        .collect();
    let provider =
        CryptoProvider { cipher_suites, kx_groups: groups, ..aws_lc_rs::default_provider() };
    Ok(Hello {
        provider: Arc::new(provider),
        versions,
        alpn: offer.alpn_names().into_iter().map(String::into_bytes).collect(),
        sni: sni(offer, host)?,
        beyond,
        as_envoy,
        padded: offer.envoy.pads_hello(),
    })
}

fn suites(
    offer: &Offer,
    beyond: &mut Vec<String>,
) -> Result<Vec<rustls::SupportedCipherSuite>, Misfit> {
    let entries: Vec<&str> = offer.cipher_suites.iter().map(String::as_str).collect();
    let names = read_ciphers(&entries, offer.envoy).map_err(|_| {
        Misfit::ConfigRejected(format!(
            "Failed to initialize cipher suites {}.",
            offer.cipher_suites.join(":")
        ))
    })?;
    if names.is_empty() {
        return Ok(suite::TLS12.to_vec());
    }
    let mut found = Vec::new();
    for name in names {
        match suite::suite_named(name) {
            Known::Offered(suite) => found.push(suite),
            Known::Beyond => beyond.push(name.to_owned()),
        }
    }
    Ok(found)
}

fn groups(
    offer: &Offer,
    beyond: &mut Vec<String>,
) -> Result<Vec<&'static dyn rustls::crypto::SupportedKxGroup>, Misfit> {
    let entries: Vec<&str> = offer.ecdh_curves.iter().map(String::as_str).collect();
    let names = read_curves(&entries, offer.envoy).map_err(|_| {
        Misfit::ConfigRejected(format!(
            "Failed to initialize ECDH curves {}",
            offer.ecdh_curves.join(":")
        ))
    })?;
    if names.is_empty() {
        return Ok(match offer.profile {
            HelloAs::Envoy if offer.envoy.prefers_post_quantum() => {
                let mut groups = vec![suite::POST_QUANTUM];
                groups.extend(suite::GROUPS);
                groups
            }
            HelloAs::Envoy => suite::GROUPS.to_vec(),
            HelloAs::Strict => aws_lc_rs::default_provider().kx_groups,
        });
    }
    let mut found = Vec::new();
    for name in names {
        match suite::group_named(name) {
            Known::Offered(group) => found.push(group),
            Known::Beyond => beyond.push(name.to_owned()),
        }
    }
    if found.is_empty() {
        return Err(Misfit::Beyond(format!(
            "this probe supports none of the context's curves ({})",
            offer.ecdh_curves.join(", ")
        )));
    }
    Ok(found)
}

fn sni(offer: &Offer, host: &str) -> Result<Option<ServerName<'static>>, Misfit> {
    let name = match (&offer.sni, offer.profile) {
        (Some(sni), _) => sni,
        // An ordinary client sends the host name, unless it is an address.
        (None, HelloAs::Strict) if host.parse::<std::net::IpAddr>().is_err() => host,
        (None, _) => return Ok(None),
    };
    match ServerName::try_from(name.to_owned()) {
        Ok(found @ ServerName::DnsName(_)) => Ok(Some(found)),
        // Envoy sends any text; rustls only sends host names.
        _ => Err(Misfit::Beyond(format!(
            "Envoy would send `{name}` as SNI, which is not a host name; this probe cannot"
        ))),
    }
}

impl Offer {
    /// The ClientHello to send.
    ///
    /// # Errors
    /// Envoy would send none either, or one that this probe cannot send.
    pub fn hello(&self, host: &str) -> Result<Hello, Misfit> {
        shape(self, host)
    }
}
