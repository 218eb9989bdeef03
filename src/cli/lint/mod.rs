//! `mtlsctl lint`: all inputs form one world, which every rule checks.

mod add_ignores;
mod args;
mod baseline;
mod changed;
mod done;
mod fix;
mod fix_args;
mod format;
mod layout;
mod nothing;
mod once;
mod rules;
mod run;
mod scope;
mod server;
mod settle;
mod summary;
mod watch;
mod watched;

pub(crate) use args::LintArgs;
pub(crate) use run::run;
pub(crate) use server::{LspArgs, serve};
