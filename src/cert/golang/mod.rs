//! Whether Go's standard library parses a key or certificate, as Emissary's check of Secrets
//! requires.
//!
//! With `AMBASSADOR_FORCE_SECRET_VALIDATION`, Emissary withholds a Secret whose `tls.key` or
//! `tls.crt` Go cannot parse (`cmd/entrypoint/secrets.go`, `checkSecret`). Go is stricter than
//! BoringSSL in some places and more lenient in others; it only reads the first PEM block, whatever
//! its label.

mod asn1;
mod certificate;
mod key;
mod pem;

use pem::first_block;

/// Why Go rejects an entry of a Secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoRefusal {
    /// `pem.Decode` finds no block.
    #[error("there is no PEM block that Go can read")]
    NoBlock,
    /// The first block is of another kind or damaged.
    #[error("its first PEM block, `{label}`, is not a {wanted} that Go can parse: {reason}")]
    Unparsable {
        /// The label of the block.
        label: String,
        /// The expected kind.
        wanted: &'static str,
        /// The fault.
        reason: &'static str,
    },
}

/// Emissary's check of a non-empty `tls.key`.
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

/// Emissary's check of a non-empty `tls.crt`.
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
