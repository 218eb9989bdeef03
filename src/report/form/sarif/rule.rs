//! Rule descriptions for SARIF and GitHub code scanning.

use std::fmt::Write;

use crate::diagnostic::Severity;
use crate::rule::Rule;

use super::log::{Configuration, Descriptor, Help, Properties, Text};
use super::text::{pascal_case, sentence};
use crate::report::form::example::example_lines;
use crate::report::rule_url;

/// The longest description that GitHub accepts, in characters.
const MAX_DESCRIPTION: usize = 1024;

/// A rule as a `reportingDescriptor`.
pub(crate) fn descriptor(rule: &Rule) -> Descriptor {
    Descriptor {
        id: rule.id.to_owned(),
        name: pascal_case(rule.id),
        short_description: Text::plain(&plain(&sentence(rule.summary))),
        full_description: Text::plain(&clip(&section(rule.explain, "What it finds"))),
        help: Help { text: rule.explain, markdown: Some(markdown(rule)) },
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

/// The text under one heading, one line per paragraph.
fn section(explain: &str, heading: &str) -> String {
    let body = explain.split_once(heading).map_or(explain, |(_, rest)| rest);
    let end = body.find("\nWhy it matters").or_else(|| body.find("\nHow to fix it"));
    let body = &body[..end.unwrap_or(body.len())];
    let paragraphs = body.trim().split("\n\n");
    paragraphs.map(|lines| plain(&lines.replace('\n', " "))).collect::<Vec<_>>().join(" ")
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_DESCRIPTION) {
        None => text.to_owned(),
        Some(_) => text.chars().take(MAX_DESCRIPTION - 1).chain(['…']).collect(),
    }
}

fn markdown(rule: &Rule) -> String {
    let mut page = String::new();
    for line in rule.explain.lines() {
        let heading = matches!(line, "What it finds" | "Why it matters" | "How to fix it");
        let _ = writeln!(page, "{}{line}", if heading { "## " } else { "" });
        if heading {
            page.push('\n');
        }
    }
    for (title, example) in [("Wrong", rule.bad), ("Right", rule.good)] {
        let lines: String = example_lines(example).map(|line| format!("{line}\n")).collect();
        let _ = write!(page, "\n## {title}\n\n```yaml\n{lines}```\n");
    }
    page
}
