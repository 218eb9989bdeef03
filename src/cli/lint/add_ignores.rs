//! `lint --add-ignores`: adds comments above findings where they take effect.

use crate::diagnostic::{Diagnostic, counted};
use crate::failure::Failure;
use crate::fix::{Limits, ignores};
use crate::lint::Judged;
use crate::source::{SourceId, Sources};

use super::done::Done;

/// Adds ignores; a file in which they do not suppress the findings is left unchanged.
pub(super) fn add_ignores(
    judged: &Judged,
    reason: &str,
    limits: Limits<'_>,
    mut judge: impl FnMut(Sources) -> Result<Judged, Failure>,
) -> Result<Done, Failure> {
    let sources = &judged.world.sources;
    let source = |found: &Diagnostic| sources.get(found.primary.span.source);
    let found = || {
        let findings = judged.outcome.findings.iter();
        findings.filter(|found| (limits.concerns)(found) && (limits.may_change)(source(found)))
    };
    let mut added = ignores(found(), sources, reason);
    let mut done =
        Done { judged: None, count: 0, verb: ("ignored", "ignore"), warnings: Vec::new() };
    if !added.edits.is_empty() {
        let mut after = judge(added.applied(sources))?;
        let left = |after: &Judged, id| {
            let findings = after.outcome.findings.iter();
            findings.filter(|found| found.primary.span.source == id).count()
        };
        let was = |id| {
            let findings = judged.outcome.findings.iter();
            findings.filter(|found| found.primary.span.source == id).count()
        };
        let failed: Vec<SourceId> = added
            .placed
            .iter()
            .filter(|(id, placed)| left(&after, **id) + **placed > was(**id))
            .map(|(id, _)| *id)
            .collect();
        if !failed.is_empty() {
            added.leave_out(&failed);
            after = judge(added.applied(sources))?;
        }
        done.judged = Some(after);
        done.count = added.placed.values().sum();
    }
    if added.unplaced > 0 {
        done.warnings.push(format!(
            "no comment can be added for {}: they are in JSON, in quoted text, or in something \
             unreadable",
            counted(added.unplaced, "finding")
        ));
    }
    Ok(done)
}
