//! PEM text as BoringSSL reads it, with line numbers, including the parts that it rejects.
//!
//! The usual Rust readers are more lenient than Envoy in places (a `BEGIN` on the line of the
//! previous `END`) and stricter in others (`TRUSTED CERTIFICATE`). So [`scan`] follows
//! `PEM_read_bio` line by line, but continues after a fault, so that everything in a file is
//! described.

mod base64;
mod block;
mod encode;
mod explain;
mod fault;
mod hide;
mod scan;

pub use block::{Block, PemLabel};
pub use encode::encode;
pub(in crate::cert) use encode::from_digits;
pub use fault::{Fault, FaultKind};
pub use hide::{HIDDEN_KEY, holds_private_key, without_private_keys};
pub use scan::{PemFile, PemItem, scan};
