//! The Kubernetes API: finding a cluster, reading and writing its objects, and what its refusals mean.

mod cluster;
mod error;
mod exec;
mod kinds;
mod list;
mod object;
mod snapshot;
mod yaml;

pub use cluster::{Access, Cluster};
pub use error::{ApiError, Reason};
pub use exec::{Pod, Process, relay_command};
pub use kinds::rules;
pub use object::Object;
pub use snapshot::{Forbidden, Scope, Snapshot, snapshot};
