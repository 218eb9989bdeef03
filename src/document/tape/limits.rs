//! How large a document may be.

/// Levels of nesting that are read; Kubernetes objects stay far below.
pub(in crate::document) const MAX_DEPTH: usize = 100;

/// Keys, values and items that are read of one document; each takes some 60 bytes. The API server
/// takes objects of 3 MiB, so only a long `List` comes near.
pub(in crate::document) const MAX_VALUES: usize = 5_000_000;

/// Bytes that are read of one document.
pub(in crate::document) const MAX_BYTES: usize = 256 << 20;
