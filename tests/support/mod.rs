//! What tests share.
#![allow(dead_code, unreachable_pub)]

pub mod cases;
pub mod der_writer;
pub mod file_cases;
pub mod golden;
pub mod keys;
pub mod maker;
pub mod real_envoy;
pub mod tls_server;
