//! The live probe against real servers and hostile servers, compared with a real Envoy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod beside;
mod common;
mod crowd;
mod hostile;
mod knocks;
mod mapping;
mod matrix;
mod mesh;
mod own_words;
mod resumption;
mod stacks;
mod upgrade;
mod upstream;
