//! One run of `lint`.

use clap::ArgMatches;

use crate::cli::config::settle_or_show;
use crate::cli::shared::GlobalArgs;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

use super::args::LintArgs;
use super::once::once;
use super::watch::watch;

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a report that cannot be written.
pub(crate) fn run(
    args: &LintArgs,
    given: &ArgMatches,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if args.watch {
        return watch(args, given, global, console);
    }
    let Some(settled) = settle_or_show(args, given, console)? else {
        return Ok(Exit::Clean);
    };
    once(&settled, global, console)
}
