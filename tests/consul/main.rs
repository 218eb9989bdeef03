//! The Consul connector: against recorded answers, a made-up mesh, an API double, and a real agent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod agent_double;
mod cluster;
mod command;
mod directory;
mod double;
mod export;
mod kube_double;
mod mesh;
mod real;
mod sync;
