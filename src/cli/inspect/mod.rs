//! The `inspect` command: certificates from files, Secrets, contexts and Consul.

mod args;
mod inspect;
mod inspect_consul;
mod inspect_folder;
mod inspect_server;
mod inspect_targets;

pub(super) use args::InspectArgs;
pub(super) use inspect::run;
