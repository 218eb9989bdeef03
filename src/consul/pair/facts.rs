//! The public facts about a verified pair.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cert::Validity;

/// Facts about a verified pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The identity in its leaf certificate.
    pub uri: String,
    /// The leaf's serial number in hexadecimal, with colons.
    pub serial: String,
    /// The leaf's validity.
    pub validity: Validity,
    /// Whether it verifies with the root that signs new leaf certificates; not for a while after
    /// the CA changed.
    pub by_active_root: bool,
}

impl Facts {
    /// The end of its validity in RFC 3339.
    pub fn end(&self) -> String {
        self.validity.not_after.format(&Rfc3339).unwrap_or_default()
    }

    /// Whether two thirds of its lifetime are over.
    pub fn is_old(&self, now: OffsetDateTime) -> bool {
        self.validity.share_used(now) >= 2.0 / 3.0
    }
}
