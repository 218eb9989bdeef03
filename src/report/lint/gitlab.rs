//! `lint -o gitlab`: GitLab's Code Quality report.

use std::io::Write;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::fingerprints;
use crate::report::form::Streamed;

use super::checked::{Checked, whole_text};

#[derive(Serialize)]
struct Finding<'c> {
    description: String,
    check_name: &'c str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes an array of findings; the widget merges equal fingerprints, so they all differ.
///
/// # Errors
/// The writer's errors.
pub fn lint_gitlab(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    let findings = Streamed::of(|| {
        let names = fingerprints(checked.findings(), &checked.world.sources);
        let findings = checked.findings().iter().zip(names);
        findings.map(|(found, name)| Finding::of(checked, found, name))
    });
    serde_json::to_writer_pretty(out, &findings)
}

impl<'c> Finding<'c> {
    fn of(checked: &Checked<'_>, found: &'c Diagnostic, fingerprint: String) -> Self {
        let region = checked.region(found.primary.span);
        Self {
            description: whole_text(found),
            check_name: found.rule,
            fingerprint,
            severity: match found.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location {
                path: checked.path(checked.source(found)),
                lines: Lines { begin: region.line, end: region.end_line },
            },
        }
    }
}
