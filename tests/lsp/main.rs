//! The language server as editors use it: the built binary at the other end of a pipe.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod broken;
mod clients;
mod editor;
mod features;
mod findings;
mod lifecycle;
#[cfg(target_os = "linux")]
mod memory;
mod protocol;
mod random;
mod sync;
