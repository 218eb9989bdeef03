//! Gets a service's certificate and roots from a Consul agent and writes them to where Ambassador
//! reads them.
//!
//! An [`Agent`] returns a [`Leaf`] and the [`Roots`]. If they verify, they become a [`Pair`], which
//! is written to a sink. This replaces Ambassador's Consul connector
//! (`consul_connect_integration`); environment variables are read like Consul's own client does.

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
pub use sync::{Clock, HealthEndpoint, LogLevel, SyncPlan, SyncStatus, sync};
