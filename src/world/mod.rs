//! All resources together, and the TLS that each upstream gets.
//!
//! The steps and their order are Emissary's, since later steps depend on the order of earlier ones:
//! store by name, build contexts, resolve them, group Mappings, create clusters.

mod build;
mod context;
mod credential;
mod ground;
mod index;
mod installation;
mod istio;
mod mount;
mod premise;
mod question;
mod secret;
mod upstream;
mod world;

pub use context::{
    ActiveHost, Context, ContextFault, ContextFaultKind, ContextId, ContextOrigin, ContextState,
    Contexts, Crash, Freeze, FreezeCause, HostSetupFault, HostSetupFaultKind, Material, SecretUse,
};
pub use credential::{Credential, CredentialRole};
pub use ground::Ground;
pub(crate) use installation::runs_ambassador;
pub use installation::{
    Installation, Restriction, Shadowed, StatedRelease, Storage, Stored, Watched, is_connector,
};
pub use istio::{Era, EraEvidence, IstioSource, Outbound, PeerPolicy};
pub use mount::{
    MountFault, MountTrail, PartFault, PathFault, Recipe, TrailEnd, TrailStep, Unjudged,
};
pub use premise::{Behaviour, Completeness, External, FilePolicy, Horizon, Profile, Settings};
pub use question::{
    Because, CONNECT_TIMEOUT_MS, CertificateFacts, ContextName, Destination, DnsFamily, HostFault,
    HostFaultKind, Named, Pem, PemFrom, Tls, TlsMode, Versions,
};
pub use secret::{
    Connector, FoundSecret, ISTIO_SECRET, SecretLookup, SecretReference, WriteFault,
    split_reference, withheld,
};
pub use upstream::{
    Asked, AuthFault, BadContext, Changed, Cluster, ClusterId, ClusterSettings, Dropped, Effective,
    FieldMismatch, Malformed, MappingFault, Reference, ServiceAddress, Upstream, UpstreamState,
    has_scheme, is_same_host,
};
pub use world::World;
