//! Questions about a finished world, for rules and commands.

mod absence;
mod alpn;
mod ambassadors;
mod auth;
mod cluster_names;
mod connectors;
mod contexts;
mod credentials;
mod destination;
mod dns_family;
mod dropped_fields;
mod filed;
mod host_fault;
mod mounted;
mod named;
mod renamed;
mod since;
mod tls;
mod watched;

pub use dns_family::{CONNECT_TIMEOUT_MS, DnsFamily};
pub use host_fault::{HostFault, HostFaultKind};
pub use named::Named;
pub use tls::{
    Because, CertificateFacts, ContextName, Destination, Pem, PemFrom, Tls, TlsMode, Versions,
};
