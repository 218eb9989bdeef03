//! The formats of `lint`, and their reports.

use std::io::{self, Write};

use crate::cli::shared::formats;
use crate::report::{
    Arrangement, Checked, Look, lint_checkstyle, lint_concise_arranged, lint_github, lint_gitlab,
    lint_json, lint_jsonl, lint_junit, lint_rdjson, lint_sarif, lint_statistics, lint_tap,
    lint_text_arranged, suppressed_concise, suppressed_text,
};

/// The layout of reports for people; reports for programs have their own order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Order, headings and limits.
    pub(super) arrangement: Arrangement,
    /// Whether counts are shown instead of findings.
    pub(super) statistics: bool,
}

formats! {
    /// Formats of `lint`.
    pub(super) enum Format {
        Text = "text",
        Concise = "concise",
        Json = "json",
        Jsonl = "jsonl",
        Sarif = "sarif",
        Github = "github",
        Gitlab = "gitlab",
        Junit = "junit",
        Checkstyle = "checkstyle",
        Rdjson = "rdjson",
        Tap = "tap",
    }
}

impl Format {
    /// Writes the whole report.
    ///
    /// # Errors
    /// The writer's errors.
    pub(super) fn write(
        self,
        checked: &Checked<'_>,
        layout: Layout,
        look: Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let findings = &checked.outcome.findings;
        let Layout { arrangement, statistics } = layout;
        let report = match self {
            Self::Json | Self::Sarif | Self::Gitlab | Self::Rdjson => {
                match self {
                    Self::Sarif => lint_sarif(checked, out),
                    Self::Gitlab => lint_gitlab(checked, out),
                    Self::Rdjson => lint_rdjson(checked, out),
                    _ => lint_json(checked, out),
                }?;
                return out.write_all(b"\n");
            }
            Self::Jsonl => return Ok(lint_jsonl(checked, out)?),
            Self::Text | Self::Concise if statistics => {
                lint_statistics(findings, arrangement, look)
            }
            Self::Text => {
                // Suppressed findings do not come first.
                let aside = suppressed_text(checked, look);
                let text = lint_text_arranged(checked.world, findings, arrangement, look);
                if arrangement.worst_last { aside + &text } else { text + &aside }
            }
            Self::Concise => {
                lint_concise_arranged(checked.world, findings, arrangement)
                    + &suppressed_concise(checked)
            }
            Self::Github => lint_github(checked),
            Self::Junit => lint_junit(checked),
            Self::Checkstyle => lint_checkstyle(checked),
            Self::Tap => lint_tap(checked),
        };
        out.write_all(report.as_bytes())
    }
}
