//! Ambassador's own kinds: Mappings, TLSContexts, Hosts, Modules, resolvers.

mod balancing;
mod host;
mod ip_families;
mod kind;
mod mapping;
mod module;
mod resolver;
mod routing;
mod tls_context;
mod tls_settings;

pub use balancing::LoadBalancer;
pub use host::Host;
pub use ip_families::IpFamilies;
pub use kind::MappingKind;
pub(super) use kind::{is_ambassador_kind, wrong_case};
pub use mapping::{LogHeaders, Mapping, TlsReference, WrittenTls};
pub use module::{LegacyContext, Module};
pub use resolver::Resolver;
pub use routing::Routing;
pub use tls_context::TlsContext;
pub use tls_settings::{RedirectPort, TlsSettings};
