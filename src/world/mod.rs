//! Everything together, and what each upstream really gets.
//!
//! The steps are those of Emissary's own code, in its order, since later steps depend on the order
//! of earlier ones: store by name, build contexts, resolve them, group Mappings, make clusters.

mod build;
mod context;
mod credential;
mod freeze;
mod index;
mod installation;
mod istio;
mod mount;
mod order;
mod premise;
mod question;
mod secret;
mod secret_scope;
mod upstream;
mod world;

pub use context::{
    ActiveHost, Context, ContextFault, ContextFaultKind, ContextId, ContextOrigin, ContextState,
    Material, SecretUse,
};
pub use credential::{Credential, Role};
pub use freeze::{Freeze, FreezeCause};
pub use installation::{Installation, Restriction, StatedRelease, Watched, is_connector};
pub use istio::{Era, EraEvidence, IstioSource, Outbound, PeerPolicy};
pub use mount::{MountFault, PartFault, PathFault, Recipe, Trail, TrailEnd, TrailStep, Unjudged};
pub use order::{Shadowed, Stored};
pub use premise::{Behaviour, Completeness, External, FilePolicy, Horizon, Profile, Settings};
pub use question::{CONNECT_TIMEOUT_MS, DnsFamily, HostFault, HostFaultKind};
pub use secret::{Connector, Found, SecretLookup, WriteFault, withheld};
pub use secret_scope::{ISTIO_SECRET, SecretReference, split_reference};
pub use upstream::{
    BadContext, Because, CertificateFacts, Cluster, ClusterId, ContextName, Destination, Dropped,
    Effective, Malformed, Named, Pem, PemFrom, Reference, ServiceAddress, Tls, TlsMode, Upstream,
    Versions, has_scheme, is_same_host,
};
pub use world::{Filing, World};
