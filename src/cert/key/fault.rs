//! Why a private key cannot be loaded: in our words, and by BoringSSL's name.

use std::fmt;

use crate::cert::der::DerError;

/// One reason, out of those that BoringSSL's readers give (`RSA_parse_private_key`,
/// `RSA_check_key`, `EC_KEY_parse_private_key`, `EVP_parse_private_key`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyFault {
    reason: &'static str,
    older: &'static str,
    words: &'static str,
}

impl KeyFault {
    pub(super) const fn new(reason: &'static str, words: &'static str) -> Self {
        Self { reason, older: reason, words }
    }

    /// A fault that BoringSSL up to Envoy 1.38 gives another name: `ASN1_item_d2i` read PKCS #8 then.
    pub(super) const fn renamed(
        reason: &'static str,
        older: &'static str,
        words: &'static str,
    ) -> Self {
        Self { reason, older, words }
    }

    /// The name that Envoy prints for it since 1.39, as in `Cause: …:N_NOT_EQUAL_P_Q`. A key
    /// behind an older label (`RSA PRIVATE KEY`, `EC PRIVATE KEY`) is tried as PKCS #8 next, so
    /// Envoy prints `DECODE_ERROR` for it, whatever this says.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// The name that Envoy up to 1.38 prints.
    pub fn older_reason(&self) -> &'static str {
        self.older
    }

    /// The same fault under the name that the second attempt gives.
    pub(super) const fn behind_old_label(self) -> Self {
        Self::new("DECODE_ERROR", self.words)
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}

impl From<DerError> for KeyFault {
    fn from(error: DerError) -> Self {
        match error.0 {
            "it ends too early" => Self::renamed("DECODE_ERROR", "HEADER_TOO_LONG", error.0),
            "another type of element was expected" => {
                Self::renamed("DECODE_ERROR", "WRONG_TAG", error.0)
            }
            "there is extra data after its end" => Self::new("SEQUENCE_LENGTH_MISMATCH", error.0),
            other => Self::new("DECODE_ERROR", other),
        }
    }
}

/// RFC 5958's newer form, as `ring` and rcgen write Ed25519 keys.
pub(super) const WITH_PUBLIC_HALF: KeyFault = KeyFault::renamed(
    "SEQUENCE_LENGTH_MISMATCH",
    "WRONG_TAG",
    "it is PKCS#8 of version 2, with the public half, which Envoy does not read",
);

/// Bytes behind the key inside PKCS #8.
pub(crate) const TRAILING_DATA: KeyFault =
    KeyFault::new("BAD_ENCODING", "there is extra data after its end");
