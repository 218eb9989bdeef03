//! A scene to see mtlsctl at work: a throw-away PKI, a server on loopback that insists on client
//! certificates, and the manifests for it. Keys stay in memory.

mod pki;
mod scene;
mod server;

pub use scene::{Scene, Unplayable};
