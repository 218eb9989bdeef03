//! One call of `lint`: read, check, report, and say how it ended.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::common::{GlobalArgs, look};
use crate::cli::output::deliver;
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Outcome, RuleSelection, check};
use crate::report::{Checked, github_summary, rule_list};
use crate::source::path_in_repository;
use crate::world::World;

use super::args::LintArgs;
use super::fix::{Judged, Next, tell_fixable};
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
    if args.show_files {
        for source in input.world.sources.iter() {
            writeln!(console.out, "{}", source.name)?;
        }
        let empty = input.world.sources.is_empty();
        return Ok(if empty { Exit::NothingToCheck } else { Exit::Clean });
    }
    let concerns = |found: &Diagnostic| args.min_severity.reaches(found.severity);
    let mut judged = judge(args, input.world, &selection, &reach, console)?;
    if args.fixing.is_wanted() {
        let again = |sources, settings, console: &mut Console<'_>| {
            let world = args.world.read_again(sources, settings);
            judge(args, world, &selection, &reach, console)
        };
        match args.fixing.run(judged, again, &reach, &concerns, global.quiet, console)? {
            Next::Report(fixed) => judged = fixed,
            Next::End(exit) if input.unreadable.is_empty() => return Ok(exit),
            Next::End(_) => return Ok(Exit::Failed),
        }
    }
    let Judged { world, mut outcome } = judged;
    let world = &world;
    let fails = outcome.findings.iter().any(|found| args.fail_on.reaches(found.severity));
    outcome.findings.retain(concerns);
    report(args, world, &outcome, console)?;
    // The summary comes after the findings, also where both streams are one terminal.
    console.out.flush()?;
    for sentence in &input.unreadable {
        writeln!(console.err, "warning: {sentence}")?;
    }
    if !global.quiet {
        summary(world, &outcome, console)?;
        tell_fixable(&outcome, args.fixing.is_wanted(), console)?;
    }
    let nothing = world.has_nothing_of_ours() && !args.allow_empty;
    Ok(match (fails && !args.exit_zero, nothing) {
        _ if !input.unreadable.is_empty() => Exit::Failed,
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

/// What is found in a world, without what is set aside or lies elsewhere.
fn judge(
    args: &LintArgs,
    world: World,
    selection: &RuleSelection,
    reach: &Reach,
    console: &mut Console<'_>,
) -> Result<Judged, Failure> {
    let mut outcome = check(&world, selection, !args.no_ignores);
    args.baseline.apply(&mut outcome, &world.sources, console)?;
    reach.narrow(&mut outcome, &world.sources);
    Ok(Judged { world, outcome })
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
        if args.fixing.fills_output(world) && output.path.is_none() {
            console.err.write_all(report.as_bytes())?;
        } else {
            deliver(output, &report, console)?;
        }
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
