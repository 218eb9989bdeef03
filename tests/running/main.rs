//! Running systems compared with their manifests: real Envoys, a real API server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod api_server;
mod cluster;
mod divergences;
#[allow(dead_code, reason = "the connector's tests ask more of it")]
#[path = "../consul/double.rs"]
mod double;
mod kubelet;
mod rotation;
mod rotations;
mod scene;
mod troubles;
mod via;
