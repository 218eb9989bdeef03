//! The versions of Envoy that are distinguished, and what an upstream TLS context makes them offer.

use std::fmt;
use std::str::FromStr;

/// The Envoy versions whose verdicts differ. Emissary 4.0 ships 1.36, 4.1 ships 1.37, and its main
/// branch 1.38. The fork of 1.27 in Emissary 3.9 was not measured and is treated as 1.36.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum EnvoyVersion {
    V1_36,
    V1_37,
    #[default]
    V1_38,
    V1_39,
    /// 1.40 and later.
    V1_40,
}

impl EnvoyVersion {
    /// All versions, oldest first.
    pub const ALL: [Self; 5] = [Self::V1_36, Self::V1_37, Self::V1_38, Self::V1_39, Self::V1_40];

    /// Before 1.38 BoringSSL's stack used a heap sort, which reverses certificates of the same
    /// name; `std::sort` keeps short lists in order.
    pub(crate) fn sorts_by_heap(self) -> bool {
        self < Self::V1_38
    }

    /// Since 1.38 an RSA leaf's keyUsage is enforced on TLS 1.2 as well (envoyproxy/envoy#43433).
    pub(crate) fn enforces_rsa_key_usage(self) -> bool {
        self >= Self::V1_38
    }

    /// Since 1.39 further blank lines in a PEM block are allowed. The lines before the first one
    /// are a header in every version.
    pub(crate) fn allows_blank_lines(self) -> bool {
        self >= Self::V1_39
    }

    /// Since 1.38 name constraints are compared more carefully: trailing dots, wildcards against
    /// excluded names, the syntax of mail addresses.
    pub(crate) fn compares_names_carefully(self) -> bool {
        self >= Self::V1_38
    }

    /// Since 1.39 a URI under a constraint must have a domain name as its host.
    pub(crate) fn parses_uri_hosts(self) -> bool {
        self >= Self::V1_39
    }

    /// Since 1.38 Envoy says if a CRL caused the rejection.
    pub(crate) fn tells_crls_apart(self) -> bool {
        self >= Self::V1_38
    }

    /// Since 1.39 the path length also counts self-issued certificates.
    pub(crate) fn limits_self_issued(self) -> bool {
        self >= Self::V1_39
    }

    /// Up to 1.38 a ClientHello of 256 to 511 bytes is padded to 512 (RFC 7685).
    pub fn pads_hello(self) -> bool {
        self <= Self::V1_38
    }

    /// Since 1.40 a ClientHello for TLS 1.3 offers X25519MLKEM768 first, unless the context sets
    /// groups.
    pub fn prefers_post_quantum(self) -> bool {
        self >= Self::V1_40
    }
}

impl fmt::Display for EnvoyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1_36 => "1.36",
            Self::V1_37 => "1.37",
            Self::V1_38 => "1.38",
            Self::V1_39 => "1.39",
            Self::V1_40 => "1.40",
        })
    }
}

/// A version that is not of the form `1.MINOR` or `1.MINOR.PATCH`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an Envoy version; write it like 1.38 or 1.38.3")]
pub struct InvalidVersion(String);

impl FromStr for EnvoyVersion {
    type Err = InvalidVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidVersion(text.to_owned());
        let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
        let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
        let (Some(1), Some(minor)) = (number(), number()) else {
            return Err(invalid());
        };
        if text.matches('.').count() > 2 {
            return Err(invalid());
        }
        Ok(match minor {
            0..=36 => Self::V1_36,
            37 => Self::V1_37,
            38 => Self::V1_38,
            39 => Self::V1_39,
            _ => Self::V1_40,
        })
    }
}

/// The parts of an upstream TLS context that affect certificates.
///
/// The default is what Emissary sets for a TLSContext without these fields: at most TLS 1.2, and
/// the groups X25519 and P-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedTls {
    /// Whether `max_tls_version` is v1.3. Servers are assumed to choose the newest version.
    pub tls13: bool,
    /// Whether `ecdh_curves` includes P-256; otherwise TLS 1.2 leaf keys on it are rejected.
    pub p256: bool,
    /// Whether `ecdh_curves` includes P-384.
    pub p384: bool,
    /// Whether `ecdh_curves` includes P-521.
    pub p521: bool,
}

impl Default for OfferedTls {
    fn default() -> Self {
        Self { tls13: false, p256: true, p384: false, p521: false }
    }
}

impl OfferedTls {
    /// Uses these `ecdh_curves`, spelt as in a TLSContext (`P-384` and `secp384r1` are the same to
    /// BoringSSL). No curves means Envoy's default.
    pub fn with_curves<'a>(mut self, curves: impl IntoIterator<Item = &'a str>) -> Self {
        let curves: Vec<&str> = curves.into_iter().collect();
        if curves.is_empty() {
            return self;
        }
        let has = |names: [&str; 2]| curves.iter().any(|curve| names.contains(curve));
        self.p256 = has(["P-256", "prime256v1"]);
        self.p384 = has(["P-384", "secp384r1"]);
        self.p521 = has(["P-521", "secp521r1"]);
        self
    }
}
