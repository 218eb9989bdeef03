//! Certificates, keys and chains: our verdicts, compared with those of a real Envoy on the same
//! files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod chain_parts;
mod client_keys;
mod damage;
mod damaged_pairs;
mod envoy;
mod go_check;
mod pem;
mod random_chains;
mod trust_stores;
mod verdicts;
