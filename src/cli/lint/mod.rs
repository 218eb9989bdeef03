//! `mtlsctl lint`: all inputs of one call are one world, and every rule looks at it.

mod args;
mod baseline;
mod fix;
mod format;
mod run;
mod scope;
mod summary;

pub(crate) use args::LintArgs;
pub(crate) use run::run;
