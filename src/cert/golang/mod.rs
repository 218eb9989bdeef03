//! What Go's standard library makes of keys and certificates: Emissary's own check of Secrets asks it.
//!
//! `AMBASSADOR_FORCE_SECRET_VALIDATION` has Emissary withhold a Secret whose `tls.key` or `tls.crt`
//! Go cannot parse (`cmd/entrypoint/secrets.go`, `checkSecret`). Go is stricter than BoringSSL in some
//! places and looser in others; it looks at the first PEM block alone, whatever its label.

mod asn1;
mod certificate;
mod key;
mod pem;

use pem::first_block;

/// Why Go refuses an entry of a Secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoRefusal {
    /// `pem.Decode` finds no block.
    #[error("there is no PEM block that Go can read")]
    NoBlock,
    /// The first block holds something else, or is damaged.
    #[error("its first PEM block, `{label}`, is no {wanted} that Go can parse: {reason}")]
    Unparsable {
        /// What the block calls itself.
        label: String,
        /// What it should be.
        wanted: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
}

/// What Emissary's check makes of a filled `tls.key`.
///
/// # Errors
///
/// Why the Secret is withheld.
pub fn check_key(text: &[u8]) -> Result<(), GoRefusal> {
    let (label, der) = first_block(text).ok_or(GoRefusal::NoBlock)?;
    key::parse(&der).map_err(|reason| GoRefusal::Unparsable {
        label,
        wanted: "private key",
        reason,
    })
}

/// What Emissary's check makes of a filled `tls.crt`.
///
/// # Errors
///
/// Why the Secret is withheld.
pub fn check_certificate(text: &[u8]) -> Result<(), GoRefusal> {
    let (label, der) = first_block(text).ok_or(GoRefusal::NoBlock)?;
    certificate::parse(&der).map_err(|reason| GoRefusal::Unparsable {
        label,
        wanted: "certificate",
        reason,
    })
}
