//! Rules and fixes: their findings, what must not affect them, and how the work grows with the
//! input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod after;
mod fix;
mod fix_files;
mod growth;
mod invariance;
mod kept_documents;
mod mutations;
mod nothing_unreported;
mod report_schemas;
mod rule_fixtures;
mod rules;
mod worlds;
