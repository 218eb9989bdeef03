//! Floor 4: everything together, and what each upstream really gets.
//!
//! The steps are those of Emissary's own code, in its order, since later steps depend on the order
//! of earlier ones: store by name, build contexts, resolve them, group Mappings, make clusters.

mod ambassador_workload;
mod auxiliary;
mod build;
mod cipher_list;
mod cluster;
mod connect;
mod connector;
mod context;
mod context_fault;
mod context_resolution;
mod context_table;
mod credential;
mod destination;
mod dns_family;
mod environment;
mod envoy;
mod external;
mod group;
mod host_fault;
mod hosts;
mod index;
mod installation;
mod istio;
mod mount;
mod order;
mod pod_files;
mod profile;
mod rejection;
mod resolvers;
mod secret_lookup;
mod secret_scope;
mod secret_selection;
mod selector;
mod service_address;
mod settings;
mod traffic;
mod upstream;
mod watch;
mod world;

pub use ambassador_workload::is_connector;
pub use cipher_list::{ListFault, RefusedList, read_ciphers, read_curves};
pub use cluster::{Cluster, ClusterId};
pub use connector::{Connector, WriteFault};
pub use context::{Context, ContextId, ContextOrigin, ContextState, Material, SecretUse};
pub use context_fault::{ContextFault, ContextFaultKind};
pub use credential::{Credential, Role};
pub use dns_family::{CONNECT_TIMEOUT_MS, DnsFamily};
pub use envoy::{Freeze, FreezeCause};
pub use external::External;
pub use host_fault::{HostFault, HostFaultKind};
pub use hosts::ActiveHost;
pub use installation::Installation;
pub use istio::{Era, EraEvidence, IstioSource, Outbound, PeerPolicy};
pub use mount::{MountFault, PartFault, PathFault, Recipe, Trail, TrailEnd, TrailStep, Unjudged};
pub use order::{Shadowed, Stored};
pub use profile::Profile;
pub use secret_lookup::{Found, SecretLookup};
pub use secret_scope::{ISTIO_SECRET, SecretReference, split_reference};
pub use service_address::{Malformed, ServiceAddress, has_scheme};
pub use settings::{FilePolicy, Settings};
pub use upstream::{BadContext, Dropped, Effective, Reference, Upstream};
pub use watch::{Restriction, Watched};
pub use world::{Filing, World};
