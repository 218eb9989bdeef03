//! How Emissary interprets manifests: contexts, upstreams, Secrets, mounted files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod absence;
mod as_published;
mod diff;
mod diff_properties;
mod diff_ranks;
mod kustomize;
mod mount;
mod rehearse;
mod resolve;
mod upgrade_fixes;
mod upgrades;
mod versions;
