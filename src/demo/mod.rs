//! The demo: a throw-away PKI, a server on loopback that requires client certificates, and
//! manifests for it. Keys stay in memory.

mod pki;
mod scene;
mod server;

pub use scene::{Scene, Unplayable};
