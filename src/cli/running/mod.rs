//! `mtlsctl running`: compares a running Envoy with what the input asks for.

mod args;
mod run;
mod source;

pub(crate) use args::Args;
pub(crate) use run::run;
