//! Shared by the tests.
// Each test binary uses only parts of this.
#![allow(dead_code, unreachable_pub, unused_imports)]

pub mod browser;
pub mod cases;
pub mod der_writer;
pub mod dice;
pub mod examples;
pub mod file_cases;
pub mod folder;
pub mod golden;
pub mod installed;
pub mod keys;
pub mod maker;
pub mod manifests;
pub mod peer;
pub mod program;
pub mod real_envoy;
pub mod resolved;
pub mod rewritten;
pub mod tls_server;
