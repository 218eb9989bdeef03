//! One call of `lint`: read, check, report, and say how it ended.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::ArgMatches;

use crate::cli::config::{Settled, settle_or_show};
use crate::cli::shared::deliver;
use crate::cli::shared::{GlobalArgs, look};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Application, Outcome, RuleSelection, check};
use crate::report::{Checked, github_summary, one_line, rule_list};
use crate::source::{Sources, path_in_repository};
use crate::world::World;

use super::args::LintArgs;
use super::fix::{Judged, Next, tell_fixable};
use super::format::Format;
use super::nothing::explain_nothing;
use super::scope::Reach;
use super::summary::{details, summary};
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

/// One look at everything.
///
/// # Errors
/// As [`run`].
pub(super) fn once(
    settled: &Settled<LintArgs>,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    let config = settled.file.as_ref();
    let selection = args.selection(config.map(|file| &file.config.rules))?;
    if args.list_rules {
        let list = rule_list(selection.rules(), look(console));
        console.out.write_all(list.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let reach = Reach::of(args);
    let margin = args.expires_in.unwrap_or_default();
    let input = args.world.read_for_lint(&reach.paths, args.held(), margin, console)?;
    let files = input.world.sources.len();
    if args.show_files {
        for source in input.world.sources.iter() {
            writeln!(console.out, "{}", one_line(&source.name))?;
        }
        return Ok(if files == 0 { Exit::NothingToCheck } else { Exit::Clean });
    }
    let concerns = |found: &Diagnostic| args.min_severity.reaches(found.severity);
    let mut judged = judge(settled, input.world, &selection, &reach, console)?;
    if args.fixing.is_wanted() {
        let again = |sources: Sources, settings, console: &mut Console<'_>| {
            // The configuration is no manifest; where its overrides are idle, it is added again.
            let sources = sources.only(sources.ids()[..files].to_vec());
            let world = args.world.read_again(sources, settings);
            judge(settled, world, &selection, &reach, console)
        };
        match args.fixing.run(judged, again, &reach, &concerns, global.quiet, console)? {
            Next::Report(fixed) => judged = *fixed,
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
        summary(world, files, &outcome, console)?;
        if global.verbose > 0 {
            details(world, config, &selection, console)?;
        }
        if world.has_nothing_of_ours() {
            explain_nothing(args, world, console)?;
        }
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
    settled: &Settled<LintArgs>,
    mut world: World,
    selection: &RuleSelection,
    reach: &Reach,
    console: &mut Console<'_>,
) -> Result<Judged, Failure> {
    let args = &settled.args;
    let mut outcome = check(&world, selection, !args.no_ignores);
    if let Some(file) = &settled.file {
        let call = Application {
            selection,
            honour_ignores: !args.no_ignores,
            whole: args.reads_all_of(file),
            today: console.now.date(),
        };
        file.apply(&mut outcome, Arc::make_mut(&mut world.sources), call);
    }
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
    for output in &args.output.outputs {
        let report = output.format.render(&checked, output.look(console));
        if args.fixing.fills_output(args.stdin().as_deref()) && output.path.is_none() {
            console.err.write_all(report.as_bytes())?;
        } else {
            deliver(output, &report, console)?;
        }
    }
    if args.output.outputs.iter().any(|output| output.format == Format::Github) {
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
