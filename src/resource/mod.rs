//! Typed Kubernetes and Ambassador objects, parsed from documents by hand.
//!
//! References between objects are not resolved here. A value of the wrong type loses its field,
//! never the object.

mod ambassador;
mod core;
mod ignores;
mod kustomize;
mod labels;
mod noted;
mod object;
mod others;
mod read;
mod render;
pub mod schema;
mod spec;

pub use ambassador::{
    Host, IpFamilies, LegacyContext, LoadBalancer, LogHeaders, Mapping, MappingKind, Module,
    RedirectPort, Resolver, Routing, TlsContext, TlsReference, TlsSettings, WrittenTls,
};
pub use core::workload::{
    Container, EnvironmentValue, EnvironmentVariable, KeyItem, KeyedKind, KeyedSource, Mount,
    MountedPart, PodAnnotation, ProjectedSource, Security, Volume, VolumeContent, Workload,
};
pub use core::{
    AccessRule, BoundAccount, ConfigMap, Role, RoleBinding, Secret, SecretEntry, Service,
    ServicePort,
};
pub use ignores::{Extent, Ignore};
pub use kustomize::{Build, ImageTag, Renaming, UnappliedPatches};
pub use labels::Labels;
pub use noted::{Looks, OfTexts, OfTraffic};
pub use object::{
    AmbassadorId, DEFAULT_NAMESPACE, InAnnotation, InFile, Object, ObjectOrigin, UnknownField,
};
pub use others::{CertificateRequest, DestinationRule, MutualMode, PeerAuthentication, Promise};
pub use read::{
    Documents, Duplicate, Ingest, Joined, List, Reading, Refusal, RefusalReason, ReleaseFacts,
    Resources, relevance,
};
pub use render::{RenderError, helm, kustomize};
