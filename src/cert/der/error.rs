//! Why bytes are not the DER that was expected.

/// The bytes are not the DER that was expected here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DerError(pub(crate) &'static str);
