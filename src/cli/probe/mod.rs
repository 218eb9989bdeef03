//! `mtlsctl probe`: shake hands as Ambassador would, and tell both sides of the story.

mod args;
mod job;
mod mesh;
mod run;
mod targets;

pub(crate) use args::Args;
pub(crate) use run::run;
