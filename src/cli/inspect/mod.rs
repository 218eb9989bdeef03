//! The `inspect` command: certificates from files, Secrets, contexts and Consul.

mod inspect;
mod inspect_consul;
mod inspect_targets;

pub(super) use inspect::{InspectArgs, run};
