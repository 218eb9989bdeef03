//! The `rehearse` command: tries out a change before it is made.

mod live;
mod rotation;

use clap::{ArgMatches, Args, Subcommand};

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

/// Rehearse a change before making it.
#[derive(Debug, Clone, Args)]
pub(crate) struct RehearseArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, Subcommand)]
enum What {
    Rotation(Box<rotation::RotationArgs>),
}

/// Runs the command.
///
/// # Errors
/// Unreadable input.
pub(crate) fn run(
    args: &RehearseArgs,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let given = given.subcommand().map_or(given, |(_, given)| given);
    match &args.what {
        What::Rotation(args) => rotation::run(args, given, console),
    }
}
