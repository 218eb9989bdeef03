//! `mtlsctl config`: the schema of `.mtlsctl.yaml` for editors, and the Role needed in a cluster.

use clap::{Args, Subcommand};

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::config_schema;

use super::rbac::{RbacArgs, role};

/// Print the schema of .mtlsctl.yaml, or the permissions needed in a cluster.
#[derive(Debug, Args)]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the JSON Schema of .mtlsctl.yaml, for editors.
    Schema,
    /// Print a Role that is sufficient to read a cluster.
    Rbac(RbacArgs),
}

/// Runs the command.
///
/// # Errors
/// A closed output.
pub(crate) fn run(args: &ConfigCommand, console: &mut Console<'_>) -> Result<Exit, Failure> {
    match &args.what {
        What::Schema => writeln!(console.out, "{:#}", config_schema())?,
        What::Rbac(args) => console.out.write_all(role(args).as_bytes())?,
    }
    Ok(Exit::Clean)
}
