//! A service's certificate and roots from a Consul agent, and where Ambassador finds them.
//!
//! An [`Agent`] is asked for a [`Leaf`] and the [`Roots`]; the two become a [`Pair`], or nothing if
//! they do not verify; a pair is written into a sink. It replaces Ambassador's Consul connector
//! (`consul_connect_integration`), and follows Consul's own client in what it reads from the
//! environment.

pub(crate) mod agent;
mod deployment;
mod pair;
pub(crate) mod sink;
mod sync;

pub use agent::{
    Address, Agent, AgentError, Authorization, Connection, Indexed, Leaf, Pace, Root, Roots,
    Sensitive, TlsFiles, Token, Wait,
};
pub use deployment::Deployment;
pub use pair::{Contents, Facts, KeyShape, Pair, PairForm, Unsound};
pub use sink::{
    Directory, DirectoryError, Placed, SecretName, SecretSink, Sink, SinkError, as_json, as_yaml,
};
pub use sync::{Clock, HealthEndpoint, SyncPlan, SyncStatus, Weight, sync};
