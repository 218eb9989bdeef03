//! `mtlsctl probe`: makes the handshake that Ambassador would make, and reports both sides.

mod args;
mod job;
mod mesh;
mod run;
mod targets;

pub(crate) use args::Args;
pub(crate) use run::run;
