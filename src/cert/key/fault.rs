//! Why a private key cannot be loaded: our description and BoringSSL's name.

use std::fmt;

use crate::cert::der::DerError;

/// A fault that BoringSSL's readers report (`RSA_parse_private_key`, `RSA_check_key`,
/// `EC_KEY_parse_private_key`, `EVP_parse_private_key`).
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

    /// A fault that BoringSSL up to Envoy 1.38 names differently: it read PKCS #8 with
    /// `ASN1_item_d2i`.
    pub(super) const fn renamed(
        reason: &'static str,
        older: &'static str,
        words: &'static str,
    ) -> Self {
        Self { reason, older, words }
    }

    /// The name that Envoy prints since 1.39, as in `Cause: …:N_NOT_EQUAL_P_Q`. A key with an older
    /// label (`RSA PRIVATE KEY`, `EC PRIVATE KEY`) is then tried as PKCS #8, so Envoy prints
    /// `DECODE_ERROR` for it instead.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// The name that Envoy up to 1.38 prints.
    pub fn older_reason(&self) -> &'static str {
        self.older
    }

    /// The fault with the name that the second attempt reports.
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

/// RFC 5958's newer format, which `ring` and rcgen write for Ed25519 keys.
pub(super) const WITH_PUBLIC_HALF: KeyFault = KeyFault::renamed(
    "SEQUENCE_LENGTH_MISMATCH",
    "WRONG_TAG",
    "it is PKCS#8 version 2, which includes the public key and which Envoy does not read",
);

/// Bytes after the key in PKCS #8.
pub(crate) const TRAILING_DATA: KeyFault =
    KeyFault::new("BAD_ENCODING", "there is extra data after its end");
