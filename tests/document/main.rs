//! YAML documents: reading them, the place of each value, and edits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod block_reader;
mod limits;
mod places;
mod revisions;
