//! What a pair is, once it has passed every test; nothing secret.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cert::Validity;

/// Facts about a pair that verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The identity in its leaf.
    pub uri: String,
    /// The leaf's serial number, hexadecimal with colons.
    pub serial: String,
    /// The leaf's dates.
    pub validity: Validity,
    /// Whether the root that signs new leaves vouches for it. Not so for a while after the CA changed.
    pub by_active_root: bool,
}

impl Facts {
    /// When it ends, as RFC 3339 has it.
    pub fn end(&self) -> String {
        self.validity.not_after.format(&Rfc3339).unwrap_or_default()
    }

    /// Whether two thirds of its life are over.
    pub fn is_old(&self, now: OffsetDateTime) -> bool {
        self.validity.share_used(now) >= 2.0 / 3.0
    }
}
