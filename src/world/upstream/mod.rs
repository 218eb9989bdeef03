//! Upstreams: from a Mapping's `service` to a cluster, or to the reason why it has none.

mod auxiliary;
mod cluster;
mod connect;
mod group;
mod host_name;
mod hosts_by_name;
mod mapping_fault;
mod matching_hosts;
mod rejection;
mod remembered;
mod resolvers;
mod retouch;
mod service_address;
mod traffic;
mod upstream;

pub use cluster::{Cluster, ClusterId, ClusterSettings};
pub use host_name::is_same_host;
pub use mapping_fault::{FieldMismatch, MappingFault};
pub use rejection::AuthFault;
pub use remembered::Changed;
pub(crate) use remembered::{Remembered, Routes};
pub use service_address::{Malformed, ServiceAddress, has_scheme};
pub(crate) use traffic::Traffic;
pub use upstream::{Asked, BadContext, Dropped, Effective, Reference, Upstream, UpstreamState};
