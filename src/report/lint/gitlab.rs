//! `lint -o gitlab`: GitLab's Code Quality report.

use serde_json::{Value, json};

use crate::diagnostic::Severity;
use crate::lint::fingerprints;

use super::checked::{Checked, whole_text};

/// An array of findings; equal fingerprints would become one in the widget, so all differ.
pub fn lint_gitlab(checked: &Checked<'_>) -> String {
    let names = fingerprints(checked.findings(), &checked.world.sources);
    let findings = checked.findings().iter().zip(names).map(|(found, fingerprint)| {
        let region = checked.region(found.primary.span);
        json!({
            "description": whole_text(found),
            "check_name": found.rule,
            "fingerprint": fingerprint,
            "severity": match found.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            "location": {
                "path": checked.path(checked.source(found)),
                "lines": { "begin": region.line, "end": region.end_line },
            },
        })
    });
    format!("{:#}\n", findings.collect::<Value>())
}
