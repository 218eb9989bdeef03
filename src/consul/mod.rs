//! Floor 6: a service's certificate and roots from a Consul agent, and where Ambassador finds them.
//!
//! An [`Agent`] is asked for a [`Leaf`] and the [`Roots`]; the two become a [`Pair`], or nothing if
//! they do not verify; a pair is written into a sink. It replaces Ambassador's Consul connector
//! (`consul_connect_integration`), and follows Consul's own client in what it reads from the
//! environment.

mod address;
mod agent;
mod backoff;
mod cluster;
mod connection;
mod contents;
mod cursor;
mod deployment;
mod directory;
mod error;
mod facts;
pub mod file;
mod holding;
mod http;
mod leaf;
mod manifest;
mod pair;
mod refusal;
mod roots;
mod secret;
mod sensitive;
mod serve;
mod sink;
mod soundness;
mod status;
mod stored;
mod sync;
mod tls;
mod watch;
mod words;

pub use address::Address;
pub use agent::{Agent, Authorization, Indexed, Wait};
pub use cluster::{Access, Cluster};
pub use connection::{Connection, TlsFiles, Token};
pub use contents::{Contents, Form, KeyShape};
pub use deployment::Deployment;
pub use directory::{Directory, DirectoryError};
pub use error::AgentError;
pub use facts::Facts;
pub use leaf::Leaf;
pub use manifest::{SecretName, as_json, as_yaml};
pub use pair::Pair;
pub use roots::{Root, Roots};
pub use secret::SecretSink;
pub use sensitive::Sensitive;
pub use serve::Endpoint;
pub use sink::{Placed, Sink, SinkError};
pub use soundness::Unsound;
pub use status::Status;
pub use sync::{Clock, Plan, Weight, sync};
pub use watch::Pace;
