//! The error type of the DER reader.

/// The bytes are not the expected DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DerError(pub(crate) &'static str);
