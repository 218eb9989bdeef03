//! Questions put to a finished world.

mod absence;
mod alpn;
mod destination;
mod dns_family;
mod dropped_fields;
mod host_fault;
mod renamed;

pub use dns_family::{CONNECT_TIMEOUT_MS, DnsFamily};
pub use host_fault::{HostFault, HostFaultKind};
