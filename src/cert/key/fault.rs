//! Why a private key cannot be loaded: in our words, and by BoringSSL's name.

use std::fmt;

use crate::cert::der::DerError;

/// One reason, out of those that BoringSSL's readers give (`RSA_parse_private_key`,
/// `RSA_check_key`, `EC_KEY_parse_private_key`, `EVP_parse_private_key`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyFault {
    reason: &'static str,
    words: &'static str,
}

impl KeyFault {
    pub(super) const fn new(reason: &'static str, words: &'static str) -> Self {
        Self { reason, words }
    }

    /// The name that BoringSSL 1.38's Envoy prints for it, as in `Cause: …:N_NOT_EQUAL_P_Q`. A key
    /// behind an older label (`RSA PRIVATE KEY`, `EC PRIVATE KEY`) is tried as PKCS #8 next, so
    /// Envoy prints `DECODE_ERROR` for it, whatever this says.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// The same fault under the name that the second attempt gives.
    pub(super) const fn behind_old_label(self) -> Self {
        Self { reason: "DECODE_ERROR", words: self.words }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}

impl From<DerError> for KeyFault {
    fn from(error: DerError) -> Self {
        Self::new("DECODE_ERROR", error.0)
    }
}

/// RFC 5958's newer form, as `ring` and rcgen write Ed25519 keys.
pub(crate) const WITH_PUBLIC_HALF: KeyFault = KeyFault::new(
    "WRONG_TAG",
    "it is PKCS#8 of version 2, with the public half, which Envoy does not read",
);

/// Bytes behind the key inside PKCS #8.
pub(crate) const TRAILING_DATA: KeyFault =
    KeyFault::new("BAD_ENCODING", "there is something after its end");
