//! The HTTP API of a Consul agent: leaf certificates, roots, and blocking queries for both.

mod address;
mod agent;
mod backoff;
mod connection;
mod cursor;
mod error;
mod http;
mod leaf;
mod roots;
mod sensitive;
mod tls;
mod watch;

pub use address::Address;
pub use agent::{Agent, Authorization, Indexed, Wait};
pub(crate) use backoff::Backoff;
pub use connection::{Connection, TlsFiles, Token};
pub use error::AgentError;
pub use leaf::Leaf;
pub use roots::{Root, Roots};
pub use sensitive::Sensitive;
pub use watch::Pace;
pub(crate) use watch::{News, Seen, Subject, watch};
