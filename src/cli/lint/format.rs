//! The formats of `lint`, and the reports they stand for.

use std::io::{self, Write};

use crate::cli::shared::formats;
use crate::report::{
    Checked, Look, lint_checkstyle, lint_concise, lint_github, lint_gitlab, lint_json, lint_jsonl,
    lint_junit, lint_rdjson, lint_sarif, lint_tap, lint_text, suppressed_concise, suppressed_text,
};

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
    /// What the writer says.
    pub(super) fn write(
        self,
        checked: &Checked<'_>,
        look: Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let findings = &checked.outcome.findings;
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
            Self::Text => {
                lint_text(checked.world, findings, look) + &suppressed_text(checked, look)
            }
            Self::Concise => lint_concise(checked.world, findings) + &suppressed_concise(checked),
            Self::Github => lint_github(checked),
            Self::Junit => lint_junit(checked),
            Self::Checkstyle => lint_checkstyle(checked),
            Self::Tap => lint_tap(checked),
        };
        out.write_all(report.as_bytes())
    }
}
