//! The input of machine-readable `lint` reports.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::LintOutcome;
use crate::source::Source;
use crate::world::World;

use crate::report::form::one_line;

/// A checked world and its findings.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'c> {
    /// The world.
    pub world: &'c World,
    /// What was found in it.
    pub outcome: &'c LintOutcome,
    /// Whether suppressed findings are shown, too.
    pub show_suppressed: bool,
    /// The lowest severity that makes the run fail, if any.
    pub fails_from: Option<Severity>,
    /// The path from the repository's root to the working directory, with a `/` at its end; empty
    /// if they are the same or there is no repository.
    pub prefix: &'c str,
}

/// A location as most formats expect it: from 1, columns in Unicode scalar values, the end
/// exclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Region {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
}

impl<'c> Checked<'c> {
    /// Findings that are not suppressed.
    pub(crate) fn findings(&self) -> &'c [Diagnostic] {
        &self.outcome.findings
    }

    /// The file of a finding.
    pub(crate) fn source(&self, found: &Diagnostic) -> &'c Source {
        self.world.sources.get(found.primary.span.source)
    }

    /// A file's path from the repository's root, as code scanning and merge requests expect it.
    pub(crate) fn path(&self, source: &Source) -> String {
        let name = source.path_in_tree();
        let is_below = source.origin.path().is_some_and(Path::is_relative);
        if self.prefix.is_empty() || !is_below {
            return name.into_owned();
        }
        let mut parts: Vec<&str> = self.prefix.split('/').filter(|part| !part.is_empty()).collect();
        for part in name.split('/') {
            match part {
                "." | "" => {}
                ".." if !parts.is_empty() => _ = parts.pop(),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    pub(crate) fn region(&self, span: crate::source::Span) -> Region {
        let source = self.world.sources.get(span.source);
        let (start, end) = (source.position(span.start), source.position(span.end));
        let (line, column) = (start.line, start.column);
        Region { line, column, end_line: end.line, end_column: end.column }
    }

    /// Whether a finding makes the run fail.
    pub(crate) fn fails(&self, found: &Diagnostic) -> bool {
        self.fails_from.is_some_and(|from| found.severity >= from)
    }
}

/// Message, notes and help as one text, for formats with a single field; one line each.
pub(crate) fn whole_text(found: &Diagnostic) -> String {
    let mut text = one_line(&found.headline());
    for (word, sentences) in [("note", &found.notes), ("help", &found.help)] {
        for sentence in sentences {
            text.push_str(&format!("\n{word}: {}", one_line(sentence)));
        }
    }
    text
}
