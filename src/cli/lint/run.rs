//! One call of `lint`: read, check, report, and say how it ended.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::common::{GlobalArgs, look};
use crate::cli::output::deliver;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Outcome, RuleSelection, check};
use crate::report::{Checked, github_summary, rule_list};
use crate::source::path_in_repository;
use crate::world::World;

use super::args::LintArgs;
use super::format::Format;
use super::scope::Reach;
use super::summary::summary;

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a report that cannot be written.
pub(crate) fn run(
    args: &LintArgs,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let selection = args.selection()?;
    if args.list_rules {
        let list = rule_list(selection.rules(), look(console));
        console.out.write_all(list.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let reach = Reach::of(args);
    let input = args.world.read_assuming_secrets(&reach.paths, console)?;
    let world = &input.world;
    if args.show_files {
        for source in world.sources.iter() {
            writeln!(console.out, "{}", source.name)?;
        }
        return Ok(if world.sources.is_empty() { Exit::NothingToCheck } else { Exit::Clean });
    }
    let mut outcome = judge(args, world, &selection, &reach, console)?;
    let fails = outcome.findings.iter().any(|found| args.fail_on.reaches(found.severity));
    outcome.findings.retain(|found| args.min_severity.reaches(found.severity));
    report(args, world, &outcome, console)?;
    // The summary comes after the findings, also where both streams are one terminal.
    console.out.flush()?;
    for sentence in &input.unreadable {
        writeln!(console.err, "warning: {sentence}")?;
    }
    if !global.quiet {
        summary(world, &outcome, console)?;
    }
    let nothing = world.has_nothing_of_ours() && !args.allow_empty;
    Ok(match (fails && !args.exit_zero, nothing) {
        _ if !input.unreadable.is_empty() => Exit::Failed,
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

/// What is found, without what is set aside or lies elsewhere.
fn judge(
    args: &LintArgs,
    world: &World,
    selection: &RuleSelection,
    reach: &Reach,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let mut outcome = check(world, selection, !args.no_ignores);
    args.baseline.apply(&mut outcome, &world.sources, console)?;
    reach.narrow(&mut outcome, &world.sources);
    Ok(outcome)
}

/// Writes every report that was asked for.
fn report(
    args: &LintArgs,
    world: &World,
    outcome: &Outcome,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let prefix = std::env::current_dir().map(|here| path_in_repository(&here)).unwrap_or_default();
    let checked = Checked {
        world,
        outcome,
        show_suppressed: args.show_suppressed,
        fails_from: args.fail_on.severity(),
        prefix: &prefix,
    };
    for output in &args.outputs {
        let report = output.format.render(&checked, output.look(console));
        deliver(output, &report, console)?;
    }
    if args.outputs.iter().any(|output| output.format == Format::Github) {
        tell_job_summary(&checked)?;
    }
    Ok(())
}

/// Adds the table of findings to the job's summary, where GitHub asks for one.
fn tell_job_summary(checked: &Checked<'_>) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = Path::new(&path);
    let add = || {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(github_summary(checked).as_bytes())
    };
    add().map_err(|source| Failure::Unwritable { path: path.display().to_string(), source })
}
