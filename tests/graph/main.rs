//! The `graph` command: its formats, and its page in a real browser.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod formats;
mod page;
