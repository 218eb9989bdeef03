//! The Kubernetes API: finding a cluster, and what its refusals mean.

mod cluster;
mod refusal;

pub(crate) use cluster::Kind;
pub use cluster::{Access, Cluster};
