//! What tests share.
// Each test binary uses its own part of this.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

pub mod cases;
pub mod der_writer;
pub mod file_cases;
pub mod golden;
pub mod keys;
pub mod maker;
pub mod real_envoy;
pub mod tls_server;
