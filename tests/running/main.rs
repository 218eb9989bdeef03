//! What runs, beside what the manifests ask for: real Envoys, a real API server.

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
mod kubelet;
mod rotation;
mod rotations;
mod scene;
mod via;
