//! One run of `diff`: two worlds, the lint findings in each, and the reports.

use std::cell::LazyCell;
use std::io::Write;

use clap::ArgMatches;
use time::OffsetDateTime;

use crate::cli::config::settle_or_show;
use crate::cli::shared::{
    Between, Pair, below, beside_text, common, deliver, deliver_streamed, pairs, warn_all,
};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, JudgedSide, Rank};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{LintOutcome, RuleSelection, Session, check};
use crate::report::{
    Checked, diff_json, diff_markdown, diff_sarif, diff_table, diff_text, lint_github,
};
use crate::source::path_in_repository;
use crate::world::{Profile, Settings, World};

use super::args::{Args, FailOn, Format};
use super::sides::{Sides, read};

/// Runs the command.
///
/// # Errors
/// Unreadable input, a revision that git does not know, or a report that cannot be written.
pub(crate) fn run(
    args: &Args,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let Some(settled) = settle_or_show(args, given, console)? else {
        return Ok(Exit::Clean);
    };
    let args = &settled.args;
    let settings = args.world.settings(console.now);
    let both = two(args, given, settings)?;
    let is_range = is_range(given, "emissary") || is_range(given, "at") || args.envoy.is_some();
    let Sides { before: old, after: new, unreadable } = read(args, both, is_range, console)?;
    let before = args.world.session(old.documents, old.settings);
    let after = args.world.session(new.documents, new.settings);
    let pairs = pairs(&args.world, &before, &after, console)?;
    let levels = settled.file.as_ref().map(|file| &file.config.rules);
    let selection = RuleSelection::default().without_off(levels, &[]);
    let found = found_in(&pairs, &selection);
    let diffs = diffs(&pairs, &found, (&old.root, &new.root));
    report(args, &diffs, &after, console)?;
    console.out.flush()?;
    warn_all(&unreadable, console)?;
    let nothing = |pair: &Pair| pair.before.reads_nothing() && pair.after.reads_nothing();
    let nothing = pairs.iter().all(nothing);
    let fails = diffs.iter().any(|(_, diff)| match args.fail_on {
        FailOn::Downgrade => diff.count(Rank::Downgrade) > 0,
        FailOn::Change => !diff.changes.is_empty() || !diff.whole.is_empty(),
        FailOn::Never => false,
    });
    Ok(match fails {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Found,
        false if nothing && !args.allow_empty => Exit::NothingToCheck,
        false => Exit::Clean,
    })
}

/// The settings of both sides: the same, except for flags given as a range.
fn two(
    args: &Args,
    given: &ArgMatches,
    settings: Settings,
) -> Result<(Settings, Settings), Failure> {
    let (mut before, mut after) = (settings.clone(), settings);
    if let Some(envoy) = args.envoy {
        (before.envoy, after.envoy) = (Some(envoy.before), Some(envoy.after));
    }
    if is_range(given, "emissary") {
        let range: Between<Profile> = raw(given, "emissary").parse().map_err(misspelt)?;
        (before.profile, after.profile) = (range.before, range.after);
        (before.profile_is_given, after.profile_is_given) = (true, true);
    }
    if is_range(given, "at") {
        let text = raw(given, "at");
        let (first, last) = text.split_once("..").unwrap_or((&text, &text));
        let moment = |text| common::parse_moment(text).map_err(misspelt);
        let (first, last): (OffsetDateTime, OffsetDateTime) = (moment(first)?, moment(last)?);
        (before.now, after.now) = (Some(first), Some(last));
    }
    Ok((before, after))
}

fn misspelt(message: String) -> Failure {
    Failure::Usage { message, hint: "a range is written as BEFORE..AFTER".to_owned() }
}

/// Whether a flag was given as `A..B`.
pub(crate) fn is_range(given: &ArgMatches, flag: &str) -> bool {
    raw(given, flag).contains("..")
}

/// The value typed for a flag; empty if none.
fn raw(given: &ArgMatches, flag: &str) -> String {
    let mut values = given.get_raw(flag).into_iter().flatten();
    values.next().map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Lint findings before and after, for each pair.
pub(crate) fn found_in(
    pairs: &[Pair],
    selection: &RuleSelection,
) -> Vec<(Vec<Diagnostic>, Vec<Diagnostic>)> {
    let found = |world: &World| check(world, selection, true).findings;
    pairs.iter().map(|pair| (found(&pair.before), found(&pair.after))).collect()
}

/// Each world compared before and after, with its name; each side's files are below its own root.
pub(crate) fn diffs<'w>(
    pairs: &'w [Pair],
    found: &'w [(Vec<Diagnostic>, Vec<Diagnostic>)],
    (root_before, root_after): (&'w str, &'w str),
) -> Vec<(&'w str, Diff<'w>)> {
    let each = pairs.iter().zip(found).map(|(pair, (before, after))| {
        let diff = Diff::of(
            JudgedSide { world: &pair.before, findings: before, root: root_before },
            JudgedSide { world: &pair.after, findings: after, root: root_after },
        );
        (pair.name.as_str(), diff)
    });
    each.collect()
}

/// All comparisons as JSON.
///
/// # Errors
/// Serializer errors, which a report cannot cause.
pub(crate) fn json(diffs: &[(&str, Diff<'_>)]) -> Result<String, Failure> {
    let mut documents = Vec::new();
    for (name, diff) in diffs {
        documents.push((*name, diff_json(diff).map_err(std::io::Error::from)?));
    }
    Ok(beside_text(documents)?)
}

/// The differences at their locations on the after side, for formats that point into files.
struct Annotated {
    world: World,
    outcome: LintOutcome,
    prefix: String,
}

impl Annotated {
    /// Locations of all worlds together; a finding in shared files is reported once.
    fn of(diffs: &[(&str, Diff<'_>)], after: &Session) -> Self {
        let here = std::env::current_dir();
        let prefix = here.map(|here| path_in_repository(&here)).unwrap_or_default();
        let world = after.world();
        let mut findings: Vec<Diagnostic> = Vec::new();
        for finding in diffs.iter().flat_map(|(_, diff)| diff.annotations()) {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        findings.sort_by(|one, other| one.order(&world.sources).cmp(&other.order(&world.sources)));
        Self { world, outcome: LintOutcome { findings, suppressed: Vec::new() }, prefix }
    }

    fn checked(&self) -> Checked<'_> {
        Checked {
            world: &self.world,
            outcome: &self.outcome,
            show_suppressed: false,
            fails_from: None,
            prefix: &self.prefix,
        }
    }
}

/// Writes every requested report.
fn report(
    args: &Args,
    diffs: &[(&str, Diff<'_>)],
    after: &Session,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    // Most formats do not need it, and it costs one more world.
    let annotated = LazyCell::new(|| Annotated::of(diffs, after));
    for output in &args.output.outputs {
        let look = output.look(console);
        let all = |text: &dyn Fn(&Diff<'_>) -> String| {
            below(diffs.iter().map(|(name, diff)| (*name, text(diff))))
        };
        let report = match output.format {
            Format::Text => all(&|diff| diff_text(diff, look)),
            Format::Table => all(&diff_table),
            Format::Json => json(diffs)?,
            Format::Markdown => all(&diff_markdown),
            Format::Github => lint_github(&annotated.checked()),
            Format::Sarif => {
                let write = |out: &mut dyn Write| {
                    diff_sarif(&annotated.checked(), out)?;
                    out.write_all(b"\n")
                };
                deliver_streamed(output, write, console)?;
                continue;
            }
        };
        deliver(output, &report, console)?;
    }
    Ok(())
}
