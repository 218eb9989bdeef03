//! The formats of `lint`, and the reports they stand for.

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
    /// The whole report.
    pub(super) fn render(self, checked: &Checked<'_>, look: Look) -> String {
        let findings = &checked.outcome.findings;
        match self {
            Self::Text => {
                lint_text(checked.world, findings, look) + &suppressed_text(checked, look)
            }
            Self::Concise => lint_concise(checked.world, findings) + &suppressed_concise(checked),
            Self::Json => format!("{:#}\n", lint_json(checked)),
            Self::Jsonl => lint_jsonl(checked),
            Self::Sarif => lint_sarif(checked),
            Self::Github => lint_github(checked),
            Self::Gitlab => lint_gitlab(checked),
            Self::Junit => lint_junit(checked),
            Self::Checkstyle => lint_checkstyle(checked),
            Self::Rdjson => lint_rdjson(checked),
            Self::Tap => lint_tap(checked),
        }
    }
}
