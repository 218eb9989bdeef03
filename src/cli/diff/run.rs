//! One call of `diff`: two worlds, what `lint` finds in each, and the reports.

use std::io::Write;

use clap::ArgMatches;
use time::OffsetDateTime;

use crate::cli::config::settle_or_show;
use crate::cli::shared::{Between, common, deliver, deliver_streamed, warn_all};
use crate::console::Console;
use crate::diff::{Diff, Judged, Rank};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Outcome, RuleSelection, check};
use crate::report::{
    Checked, diff_json, diff_markdown, diff_table, diff_text, lint_github, lint_sarif,
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
    let before = World::build(&old.documents, old.settings);
    let after = World::build(&new.documents, new.settings);
    let levels = settled.file.as_ref().map(|file| &file.config.rules);
    let selection = RuleSelection::default().without_off(levels, &[]);
    let found = |world: &World| check(world, &selection, true).findings;
    let (found_before, found_after) = (found(&before), found(&after));
    let diff = Diff::of(
        Judged { world: &before, findings: &found_before, root: &old.root },
        Judged { world: &after, findings: &found_after, root: &new.root },
    );
    report(args, &diff, console)?;
    console.out.flush()?;
    warn_all(&unreadable, console)?;
    let nothing = before.has_nothing_of_ours() && after.has_nothing_of_ours();
    let fails = match args.fail_on {
        FailOn::Downgrade => diff.count(Rank::Downgrade) > 0,
        FailOn::Change => !diff.changes.is_empty() || !diff.whole.is_empty(),
        FailOn::Never => false,
    };
    Ok(match fails {
        _ if !unreadable.is_empty() => Exit::Failed,
        true => Exit::Found,
        false if nothing && !args.allow_empty => Exit::NothingToCheck,
        false => Exit::Clean,
    })
}

/// The settings of both sides: the same but for what is given as a range.
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
        (before.profile_is_said, after.profile_is_said) = (true, true);
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

/// What was typed for a flag; empty, if nothing was.
fn raw(given: &ArgMatches, flag: &str) -> String {
    let mut values = given.get_raw(flag).into_iter().flatten();
    values.next().map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes every report that was asked for.
fn report(args: &Args, diff: &Diff<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let prefix = std::env::current_dir().map(|here| path_in_repository(&here)).unwrap_or_default();
    let outcome = Outcome { findings: diff.annotations(), suppressed: Vec::new() };
    let checked = Checked {
        world: diff.after,
        outcome: &outcome,
        show_suppressed: false,
        fails_from: None,
        prefix: &prefix,
    };
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => diff_text(diff, output.look(console)),
            Format::Table => diff_table(diff),
            Format::Json => diff_json(diff).map_err(std::io::Error::from)?,
            Format::Markdown => diff_markdown(diff),
            Format::Github => lint_github(&checked),
            Format::Sarif => {
                let write = |out: &mut dyn Write| {
                    lint_sarif(&checked, out)?;
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
