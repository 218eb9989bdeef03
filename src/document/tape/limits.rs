//! Limits on the size of a document.

/// Maximum nesting; Kubernetes objects are far below.
pub(in crate::document) const MAX_DEPTH: usize = 100;

/// Maximum number of keys, values and items in a document; each takes about 60 bytes. The API
/// server accepts objects of 3 MiB, so only a long `List` comes close.
pub(in crate::document) const MAX_VALUES: usize = 5_000_000;

/// Maximum size of a document, in bytes.
pub(in crate::document) const MAX_BYTES: usize = 256 << 20;
