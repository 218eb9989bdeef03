//! Ambassador's own kinds: Mappings, TLSContexts, Hosts, Modules, resolvers.

mod host;
mod ip_families;
mod mapping;
mod module;
mod resolver;
mod routing;
mod tls_context;
mod tls_settings;

pub use host::Host;
pub use ip_families::IpFamilies;
pub use mapping::{Mapping, MappingKind, TlsReference, WrittenTls};
pub use module::{LegacyContext, Module};
pub use resolver::Resolver;
pub use routing::{LoadBalancer, Routing};
pub use tls_context::TlsContext;
pub use tls_settings::{RedirectPort, TlsSettings};
