//! Which Emissary and which Envoy we speak for.

use std::fmt;
use std::str::FromStr;

/// An Emissary version; rules whose verdict depends on it ask here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile {
    major: u32,
    minor: u32,
    patch: u32,
}

/// The minor versions of each major one that mtlsctl knows, from its first to its last, as Emissary
/// released them up to August 2026. After Emissary's own 3.9, those of 3.x are Edge Stack's.
const KNOWN: [(u32, u32); 4] = [(1, 14), (2, 5), (3, 12), (4, 1)];

impl Default for Profile {
    /// 4.1, the newest when this was written.
    fn default() -> Self {
        Self { major: 4, minor: 1, patch: 0 }
    }
}

impl Profile {
    /// Whether the version is at least this one.
    pub fn is_at_least(self, major: u32, minor: u32, patch: u32) -> bool {
        self >= Self { major, minor, patch }
    }

    /// The Envoy that it ships: 4.1 has 1.37, 4.0 has 1.36, and older ones are taken for that.
    pub fn envoy(self) -> crate::envoy::EnvoyVersion {
        use crate::envoy::EnvoyVersion;
        if self.is_at_least(4, 1, 0) { EnvoyVersion::V1_37 } else { EnvoyVersion::V1_36 }
    }

    /// Whether v1 and v2 CRDs are off unless asked for (4.0.1).
    pub fn drops_old_crds(self) -> bool {
        self.is_at_least(4, 0, 1)
    }

    /// Whether a TCPMapping's scheme counts (2.0.4).
    pub fn honours_tcp_scheme(self) -> bool {
        self.is_at_least(2, 0, 4)
    }

    /// Whether `AMBASSADOR_ISTIO_SECRET_DIR` is known (1.10).
    pub fn watches_istio_certificates(self) -> bool {
        self.is_at_least(1, 10, 0)
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.trim_start_matches('v').split('.').map(str::parse::<u32>);
        let mut next = |default: Option<u32>| match parts.next() {
            Some(Ok(number)) => Ok(number),
            None if default.is_some() => Ok(default.unwrap_or_default()),
            _ => Err(format!("`{text}` is not a version like 4.1 or 3.9.1")),
        };
        let (major, minor, patch) = (next(None)?, next(Some(0))?, next(Some(0))?);
        if parts.next().is_some() {
            return Err(format!("`{text}` is not a version like 4.1 or 3.9.1"));
        }
        // A patch that came out since changes no verdict; a minor version may.
        match KNOWN.iter().find(|(known, _)| *known == major) {
            Some((_, last)) if minor <= *last => Ok(Self { major, minor, patch }),
            _ => Err(format!("Emissary {major}.{minor} is not known; known are {}", known())),
        }
    }
}

fn known() -> String {
    KNOWN.map(|(major, last)| format!("{major}.0 to {major}.{last}")).join(", ")
}

impl fmt::Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
