//! TLS contexts, collected, checked and resolved as Emissary does.

mod context;
mod context_fault;
mod context_resolution;
mod context_table;
mod crash;
mod freeze;
mod host_setup_fault;
mod hosts;

pub(crate) use context::DEFAULT_VERSION;
pub use context::{Context, ContextId, ContextOrigin, ContextState, Material, SecretUse};
pub use context_fault::{ContextFault, ContextFaultKind};
pub use context_table::Contexts;
pub(crate) use context_table::{ContextTable, NULL_CONTEXT};
pub use crash::Crash;
pub use freeze::{Freeze, FreezeCause};
pub use host_setup_fault::{HostSetupFault, HostSetupFaultKind};
pub use hosts::ActiveHost;
pub(crate) use hosts::{HostSetup, Hosts, globs_match};
