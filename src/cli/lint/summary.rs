//! What is said at the end of a call, on standard error.

use crate::console::Console;
use crate::diagnostic::counted;
use crate::failure::Failure;
use crate::lint::{Outcome, Tally};
use crate::world::World;

/// Says how much was found in how much; or that there was nothing to look at.
///
/// # Errors
/// A closed standard error.
pub(super) fn summary(
    world: &World,
    outcome: &Outcome,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let resources = &world.resources;
    let files = counted(world.sources.len(), "file");
    if world.has_nothing_of_ours() {
        let documents = counted(resources.documents, "document");
        writeln!(console.err, "nothing of this Ambassador's in {files} ({documents})")?;
        return Ok(());
    }
    let upstreams = counted(world.upstreams.len(), "upstream");
    let tally = Tally::of(&outcome.findings);
    let counts = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let suppressed = outcome.suppressed.len();
    let found = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    let aside = if suppressed > 0 { format!(", {suppressed} suppressed") } else { String::new() };
    writeln!(console.err, "{found}{aside} ({upstreams} in {files})")?;
    Ok(())
}
