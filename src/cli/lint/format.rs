//! The formats of `lint`, and the reports they stand for.

use std::str::FromStr;

use crate::diagnostic::nearest;
use crate::report::{
    Checked, Look, lint_checkstyle, lint_concise, lint_github, lint_gitlab, lint_json, lint_jsonl,
    lint_junit, lint_rdjson, lint_sarif, lint_tap, lint_text,
};

/// Formats of `lint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
    Tap,
}

const NAMES: [(&str, Format); 11] = [
    ("text", Format::Text),
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("junit", Format::Junit),
    ("checkstyle", Format::Checkstyle),
    ("rdjson", Format::Rdjson),
    ("tap", Format::Tap),
];

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = NAMES.iter().map(|(name, _)| *name);
        if let Some((_, format)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Ok(*format);
        }
        Err(match nearest(text, names.clone()) {
            Some(near) => format!("`{text}` is not a format; did you mean `{near}`?"),
            None => {
                let names: Vec<&str> = names.collect();
                format!("`{text}` is not a format of this command: {}", names.join(", "))
            }
        })
    }
}

impl Format {
    /// The whole report.
    pub(super) fn render(self, checked: &Checked<'_>, look: Look) -> String {
        let findings = &checked.outcome.findings;
        match self {
            Self::Text => lint_text(checked.world, findings, look),
            Self::Concise => lint_concise(checked.world, findings),
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
