//! Rule descriptions for SARIF and GitHub code scanning.

use std::fmt::Write;

use crate::diagnostic::Severity;
use crate::rule::Rule;

use super::log::{Configuration, Descriptor, Help, Properties, Text};
use super::text::{pascal_case, sentence};
use crate::report::form::example::example_lines;
use crate::report::form::wrap;
use crate::report::rule_url;

/// The longest description that GitHub accepts, in characters.
const MAX_DESCRIPTION: usize = 1024;

/// Columns of the help.
const WIDTH: usize = 100;

/// A rule as a `reportingDescriptor`.
pub(crate) fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.id.to_owned(),
        name: pascal_case(rule.id),
        short_description: Text::plain(&plain(&sentence(rule.summary))),
        full_description: Text::plain(&clip(&plain(&rule.finds.replace("\n\n", " ")))),
        help: Help { text: explained(rule, "", "\n"), markdown: Some(markdown(rule)) },
        help_uri: rule_url(rule.id),
        default_configuration: Configuration { level: rule.severity.to_string() },
        properties: Properties {
            tags: &["security", "mtls", "kubernetes", "emissary-ingress"],
            precision: "high",
            problem_severity: None,
            // Its presence makes the rule a security rule; the ranges are GitHub's.
            security_severity: Some(match rule.severity {
                Severity::Error => "7.5",
                Severity::Warning => "5.0",
                Severity::Note => "2.0",
            }),
        },
    }
}

/// Titles are shown verbatim, so backticks would be visible.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The whole explanation; `before` and `after` stand around each title.
fn explained(rule: &Rule, before: &str, after: &str) -> String {
    let parts = rule.explanation().map(|(title, text)| {
        let paragraphs: Vec<String> = text.split("\n\n").map(|one| wrap(one, WIDTH, 0)).collect();
        format!("{before}{title}{after}{}\n", paragraphs.join("\n\n"))
    });
    parts.join("\n")
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_DESCRIPTION) {
        None => text.to_owned(),
        Some(_) => text.chars().take(MAX_DESCRIPTION - 1).chain(['…']).collect(),
    }
}

fn markdown(rule: &Rule) -> String {
    let mut page = explained(rule, "## ", "\n\n");
    for (title, example) in [("Wrong", rule.bad), ("Right", rule.good)] {
        let lines: String = example_lines(example).map(|line| format!("{line}\n")).collect();
        let _ = write!(page, "\n## {title}\n\n```yaml\n{lines}```\n");
    }
    page
}
