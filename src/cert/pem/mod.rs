//! PEM text as BoringSSL reads it, with the line of everything, also of what it refuses.
//!
//! Envoy's reading decides, and the usual Rust readers are more forgiving in places (they drop a
//! certificate whose `BEGIN` is glued to the `END` before it) and less in others (`TRUSTED
//! CERTIFICATE`). So [`scan`] follows `PEM_read_bio` line by line and goes on after a fault, so that
//! everything in a file can be described.

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
