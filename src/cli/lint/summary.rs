//! The summary at the end of a run, on standard error.

use crate::console::Console;
use crate::diagnostic::counted;
use crate::document::ProblemKind;
use crate::failure::Failure;
use crate::lint::{ConfigFile, Judged, RuleSelection, Tally};
use crate::report::one_line;
use crate::rule::ALL;
use crate::source::Span;
use crate::world::World;

/// Prints how many findings and files there were, or that there was nothing to check.
///
/// # Errors
/// A closed standard error.
pub(super) fn summary(
    judged: &Judged,
    files: usize,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Judged { world, outcome, .. } = judged;
    let resources = &world.resources;
    let files = counted(files, "file");
    if let Some(division) = &judged.division {
        let names: Vec<&str> = judged.worlds.iter().map(|(name, _)| name.as_str()).collect();
        writeln!(console.err, "{}", one_line(&division.told(&names)))?;
    }
    if judged.reads_nothing() {
        writeln!(console.err, "{}", nothing(world, &files))?;
        return Ok(());
    }
    let upstreams = counted(judged.upstreams(), "upstream");
    let found = Tally::of(&outcome.findings);
    let suppressed = outcome.suppressed.len();
    let aside = if suppressed > 0 { format!(", {suppressed} suppressed") } else { String::new() };
    writeln!(console.err, "{found}{aside} ({upstreams} in {files})")?;
    if resources.broken > 0 {
        let broken = counted(resources.broken, "document");
        let is = if resources.broken == 1 { "is" } else { "are" };
        writeln!(
            console.err,
            "{broken} of others {is} not YAML, so not checked; --check-yaml shows where"
        )?;
    }
    // Worlds that share the workload, or a single world, need no names.
    let mut releases = judged.each().map(|world| &world.installation.releases);
    if let Some(first) = releases.next()
        && releases.all(|other| other == first)
    {
        let one = judged.worlds.first().map_or(world, |(_, first)| first);
        return tell_release("", one, console);
    }
    for (name, world) in &judged.worlds {
        tell_release(&format!("{}: ", one_line(name)), world, console)?;
    }
    Ok(())
}

/// What the input has instead of objects for this Ambassador.
fn nothing(world: &World, files: &str) -> String {
    let resources = &world.resources;
    let templates = resources.problems.iter().filter(|one| one.kind == ProblemKind::Template);
    let documents = counted(resources.documents, "document");
    match (templates.count(), resources.ambassador_objects()) {
        _ if world.sources.is_empty() => "no YAML or JSON files found".to_owned(),
        (0, 0) => format!("no Ambassador resources found in {files} ({documents})"),
        (0, _) => {
            let id = one_line(&world.installation.id);
            format!(
                "no resources of the Ambassador with the id {id} found in {files} ({documents})"
            )
        }
        (1, _) => format!("nothing to check in {files}: 1 document is a template; render it first"),
        (count, _) => {
            format!(
                "nothing to check in {files}: {count} documents are templates; render them first"
            )
        }
    }
}

/// Prints the Emissary release the input is checked for, if it comes from the input.
///
/// # Errors
/// A closed standard error.
fn tell_release(whose: &str, world: &World, console: &mut Console<'_>) -> Result<(), Failure> {
    if world.settings.profile_is_given {
        return Ok(());
    }
    let place = |place: Span| {
        let source = world.sources.get(place.source);
        let line = source.position(place.start).line;
        one_line(&format!("{}:{line}", source.name))
    };
    match &world.installation.releases[..] {
        [] => {
            if let Some(tag) = &world.installation.unknown_tag {
                writeln!(
                    console.err,
                    "{whose}judged for Emissary {}, since the image tag `{}` ({}) does not name a \
                     release; choose one with `--emissary`",
                    world.settings.profile,
                    one_line(tag),
                    place(tag.span)
                )?;
            }
        }
        [one] => {
            writeln!(
                console.err,
                "{whose}judged for Emissary {}{}, from {}",
                one.profile,
                if one.is_before_first { " (older releases count as 1.0)" } else { "" },
                place(one.place)
            )?;
        }
        several => {
            let named: Vec<String> = several
                .iter()
                .map(|one| format!("{} ({})", one.profile, place(one.place)))
                .collect();
            let judged = world.settings.profile;
            writeln!(
                console.err,
                "{whose}judged for Emissary {judged}, the newest of the releases in the input: \
                 {}; choose one with `--emissary` or `--ambassador-id`",
                named.join(", ")
            )?;
        }
    }
    Ok(())
}

/// Prints the configuration and rules of a run, and what it skipped.
///
/// # Errors
/// A closed standard error.
pub(super) fn details(
    world: &World,
    config: Option<&ConfigFile>,
    selection: &RuleSelection,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let name = config.and_then(ConfigFile::source).map_or("none", |source| source.name.as_str());
    let rules = selection.rules().len();
    let documents = counted(world.resources.documents, "document");
    let skipped = world.resources.skipped;
    writeln!(console.err, "configuration: {name}; {rules} of {} rules", ALL.len())?;
    writeln!(console.err, "{documents}; {skipped} that cannot matter here")?;
    Ok(())
}
