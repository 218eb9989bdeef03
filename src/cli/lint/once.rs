//! One run over everything: read, check, report, and return the outcome.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use time::OffsetDateTime;

use crate::cli::config::Settled;
use crate::cli::shared::{GlobalArgs, deliver_streamed, look, warn_all};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{ConfigFile, Judged, LintOutcome, Policy, Session};
use crate::report::{Checked, github_summary, one_line, rule_list};
use crate::source::{Sources, path_in_repository};
use crate::world::World;

use super::args::LintArgs;
use super::fix::{Next, tell_fixable};
use super::format::Format;
use super::nothing::explain_nothing;
use super::scope::Reach;
use super::summary::{details, summary};

/// What one run leaves for the next, so that unchanged work is not repeated.
#[derive(Debug)]
pub(super) struct Look {
    session: Session,
    judged: Judged,
    file: Option<Arc<ConfigFile>>,
}

/// How long findings may be reused before the time of the check must be updated.
const HARDLY: time::Duration = time::Duration::MINUTE;

impl Look {
    /// Whether the next run uses the same configuration.
    fn precedes(&self, settled: &Settled<LintArgs>) -> bool {
        match (&self.file, &settled.file) {
            (None, None) => true,
            (Some(own), Some(other)) => own.says_the_same(other),
            _ => false,
        }
    }

    /// The time of the next run, if it is close enough to this one to reuse findings.
    fn moment(&self, now: OffsetDateTime) -> OffsetDateTime {
        let own = self.session.settings().now;
        own.filter(|own| (now - *own).abs() < HARDLY).unwrap_or(now)
    }
}

/// A single run over everything.
///
/// # Errors
/// Unreadable input, or a report that cannot be written.
pub(super) fn once(
    settled: &Settled<LintArgs>,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let mut only = None;
    let exit = look_again(settled, global, &mut only, &mut |_, _| {}, console);
    // The process exits, and the system reclaims its memory at once.
    std::mem::forget(only);
    exit
}

/// One run over everything, which reuses what it can of the previous run and replaces it; `seen`
/// gets the findings.
///
/// # Errors
/// Unreadable input, or a report that cannot be written.
pub(super) fn look_again(
    settled: &Settled<LintArgs>,
    global: &GlobalArgs,
    last: &mut Option<Look>,
    seen: &mut dyn FnMut(&World, &[Diagnostic]),
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let before = last.take().filter(|before| before.precedes(settled));
    let args = &settled.args;
    let config = settled.file.as_deref();
    let selection = args.rules.selection(config.map(|file| &file.config.rules))?;
    if args.list_rules {
        let list = rule_list(selection.rules(), look(console));
        console.out.write_all(list.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let reach = Reach::of(args);
    let margin = args.rules.expires_in.unwrap_or_default();
    let mut world = args.world.clone();
    world.before = before.as_ref().map(|before| before.session.documents().clone());
    let mut opened = world.open_for_lint(&reach.paths, args.held(), margin, console)?;
    if let Some(before) = &before {
        opened.settings.now = opened.settings.now.map(|now| before.moment(now));
    }
    let files = opened.documents.sources().len();
    if args.show_files {
        for source in opened.documents.sources().iter() {
            writeln!(console.out, "{}", one_line(&source.name))?;
        }
        return Ok(if files == 0 { Exit::NothingToCheck } else { Exit::Clean });
    }
    let concerns = |found: &Diagnostic| args.rules.min_severity.reaches(found.severity);
    let policy = Policy {
        selection: selection.clone(),
        honours_ignores: !args.rules.no_ignores,
        config: settled.file.clone(),
        is_everything: config.is_some_and(|file| args.reads_all_of(file)),
        baseline: args.baseline.read()?,
        scope: reach.scope.clone(),
    };
    let session = Session::new(opened.documents, opened.settings, policy);
    let mut session = args.world.one_of(session)?;
    let files = session.documents().sources().len();
    let mut judged = match args.baseline.update_baseline {
        true => args.baseline.update(&mut session, global.quiet, console)?,
        false if args.watch => session.judge_after(before.as_ref().map(|before| &before.judged)),
        false => session.judge(),
    };
    if args.fixing.is_wanted() {
        let again = |sources: &Sources| {
            // The configuration is not a manifest; it is added again if its overrides are unused.
            session.over(sources.only(sources.ids()[..files].to_vec())).judge()
        };
        match args.fixing.run(judged, again, &reach, &concerns, global.quiet, console)? {
            Next::Report(fixed) => judged = *fixed,
            Next::End(exit) if opened.unreadable.is_empty() => return Ok(exit),
            Next::End(_) => return Ok(Exit::Failed),
        }
    }
    let fails = judged.outcome.findings.iter().any(|found| args.fail_on.reaches(found.severity));
    judged.outcome.findings.retain(concerns);
    seen(&judged.world, &judged.outcome.findings);
    report(args, &judged.world, &judged.outcome, console)?;
    // The summary comes after the findings, even if both streams are the same terminal.
    console.out.flush()?;
    warn_all(&opened.unreadable, console)?;
    if !global.quiet {
        summary(&judged, files, console)?;
        if global.verbose > 0 {
            details(&judged.world, config, &selection, console)?;
        }
        if judged.reads_nothing() {
            explain_nothing(args, &judged.world, console)?;
        }
        tell_fixable(&judged.outcome, args.fixing.is_wanted(), console)?;
    }
    let nothing = judged.reads_nothing() && !args.allow_empty;
    *last = Some(Look { session, judged, file: settled.file.clone() });
    Ok(match (fails && !args.exit_zero, nothing) {
        _ if !opened.unreadable.is_empty() => Exit::Failed,
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

/// Writes every requested report.
fn report(
    args: &LintArgs,
    world: &World,
    outcome: &LintOutcome,
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
        let (layout, look) = (args.layout.of(output, console), output.look(console));
        if args.fixing.fills_output(args.stdin().as_deref()) && output.path.is_none() {
            output.format.write(&checked, layout, look, console.err)?;
        } else {
            let write = |out: &mut dyn Write| output.format.write(&checked, layout, look, out);
            deliver_streamed(output, write, console)?;
        }
    }
    if args.output.outputs.iter().any(|output| output.format == Format::Github) {
        tell_job_summary(&checked)?;
    }
    Ok(())
}

/// Adds the table of findings to the job summary on GitHub.
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
