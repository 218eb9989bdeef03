//! Floor 3: typed Kubernetes and Ambassador objects, read by hand from documents.
//!
//! Nothing is decided here about who refers to whom; a wrong type loses one field, never the object.

mod access;
mod annotation;
mod bare;
mod config_map;
mod host;
mod ignores;
mod ingest;
mod ip_families;
mod istio;
mod keep;
mod kustomize;
mod mapping;
mod module;
mod object;
mod promise;
mod read;
mod read_ambassador;
mod read_core;
mod refusal;
mod resolver;
mod resources;
mod routing;
pub mod schema;
mod secret;
mod service;
mod spec;
mod tls_context;
mod tls_settings;
mod words;
mod workload;

pub use access::{AccessRule, BoundAccount, Role, RoleBinding};
pub use config_map::ConfigMap;
pub use host::Host;
pub use ignores::{Extent, Ignore};
pub use ingest::Ingest;
pub use ip_families::IpFamilies;
pub use istio::{DestinationRule, MutualMode, PeerAuthentication};
pub use keep::Keeper;
pub use kustomize::UnappliedPatches;
pub use mapping::{Mapping, MappingKind, TlsReference, WrittenTls};
pub use module::{LegacyContext, Module};
pub use object::{AmbassadorId, DEFAULT_NAMESPACE, Object, Origin, UnknownField};
pub use promise::Promise;
pub use read::read;
pub use refusal::{Refusal, RefusalReason};
pub use resolver::Resolver;
pub use resources::{Duplicate, Resources};
pub use routing::{LoadBalancer, Routing};
pub use secret::{Secret, SecretEntry};
pub use service::{Service, ServicePort};
pub use tls_context::TlsContext;
pub use tls_settings::{RedirectPort, TlsSettings};
pub use words::relevance;
pub use workload::{
    Container, EnvironmentValue, EnvironmentVariable, KeyItem, KeyedKind, KeyedSource, Mount,
    MountedPart, PodAnnotation, ProjectedSource, Security, Volume, VolumeContent, Workload,
};
