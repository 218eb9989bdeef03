//! The Kubernetes API: finding a cluster, reading and writing its objects, and explaining its
//! errors.

mod applied;
mod cluster;
mod error;
mod exec;
mod job;
mod kinds;
mod list;
mod object;
mod snapshot;
mod yaml;

pub use applied::Applied;
pub use cluster::{Access, ClusterClient};
pub use error::{ApiError, RefusalKind};
pub use exec::{Pod, Process, relay_command};
pub use job::{Ended, JobPlan};
pub use kinds::rules;
pub use object::ClusterObject;
pub use snapshot::{ClusterScope, Forbidden, Snapshot, snapshot};
