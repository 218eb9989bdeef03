//! YAML documents: how they are read, where each value stands, and how they are edited.

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
