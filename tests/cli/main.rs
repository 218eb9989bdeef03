//! The built binary as users run it: commands, reports, exit codes, streams and files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests may"
)]

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod completions;
mod config;
mod explain;
mod explain_harm;
mod explain_lines;
mod explain_manifests;
mod formats;
mod help;
mod input_sizes;
mod inspect;
#[cfg(unix)]
mod interrupt;
mod render;
mod secrets;
mod streams_and_files;
#[cfg(unix)]
mod terminal;
mod validators;
mod watch;
mod worlds;
