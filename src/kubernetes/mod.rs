//! The Kubernetes API: finding a cluster, reading and writing its objects, and what its refusals mean.

mod cluster;
mod error;
mod object;

pub use cluster::{Access, Cluster};
pub use error::{ApiError, Reason};
pub use object::Object;
