//! `mtlsctl config schema`: what editors need to complete and check `.mtlsctl.yaml`.

use clap::{Args, Subcommand};

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::config_schema;

/// About the configuration, .mtlsctl.yaml.
#[derive(Debug, Args)]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the JSON Schema of .mtlsctl.yaml, for editors.
    Schema,
}

/// Runs the command.
///
/// # Errors
/// A closed output.
pub(crate) fn run(args: &ConfigCommand, console: &mut Console<'_>) -> Result<Exit, Failure> {
    match args.what {
        What::Schema => writeln!(console.out, "{:#}", config_schema())?,
    }
    Ok(Exit::Clean)
}
