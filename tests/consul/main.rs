//! The Consul connector: against recorded responses, a generated mesh, an API double, and a real
//! agent.

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
#[path = "../running/api_server.rs"]
mod api_server;
mod cluster;
mod command;
mod directory;
mod double;
mod export;
mod kube_double;
mod mesh;
mod real;
mod real_cluster;
mod sync;
