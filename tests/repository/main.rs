//! The repository itself: its architecture, generated files, licences, and packages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod action;
mod circles;
mod docs;
mod floors;
mod generated_files;
mod imports;
mod packages;
mod pre_commit;
mod rule_index;
mod third_party;
mod wording;
