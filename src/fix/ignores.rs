//! Adds `# mtlsctl: ignore[RULE] REASON` above every line with a finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit};
use crate::document::CommentLines;
use crate::source::{SourceId, Sources, Span};

use super::choice::Choice;

/// Comments for findings.
#[derive(Debug, Default)]
pub struct Ignores {
    /// The insertions.
    pub edits: Vec<Edit>,
    /// How many findings of each source the comments cover.
    pub placed: BTreeMap<SourceId, usize>,
    /// Findings in JSON, in quoted text, or in unreadable text.
    pub unplaced: usize,
}

/// Comments that ignore findings, one per line, with the line's indentation and line break.
pub fn ignores<'f>(
    findings: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &Sources,
    reason: &str,
) -> Ignores {
    let mut lines: BTreeMap<(SourceId, u32), BTreeSet<&str>> = BTreeMap::new();
    let mut ignores = Ignores::default();
    let mut asked: BTreeMap<SourceId, CommentLines<'_>> = BTreeMap::new();
    for found in findings {
        let span = found.primary.span;
        // Findings about ignores cannot be ignored.
        let meta = found.rule.starts_with("ignore-");
        let source = sources.get(span.source);
        let lines_of = asked.entry(span.source).or_insert_with(|| CommentLines::new(source));
        match lines_of.line(span.start).filter(|_| !meta) {
            Some(line) => {
                *ignores.placed.entry(span.source).or_default() += 1;
                lines.entry((span.source, line)).or_default().insert(found.rule);
            }
            None => ignores.unplaced += 1,
        }
    }
    ignores.edits = lines
        .into_iter()
        .map(|((id, line), rules)| {
            let source = sources.get(id);
            let span = source.line_span(line);
            let text = sources.text(span);
            let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let text = &text[mark..];
            let indentation = &text[..text.len() - text.trim_start().len()];
            let rest = &source.text[span.end as usize..];
            let crlf = rest.starts_with('\r') || (rest.is_empty() && source.text.contains("\r\n"));
            let rules: Vec<&str> = rules.into_iter().collect();
            let at = span.start + mark as u32;
            Edit {
                span: Span::new(id, at, at),
                replacement: format!(
                    "{indentation}# mtlsctl: ignore[{}] {reason}{}",
                    rules.join(", "),
                    if crlf { "\r\n" } else { "\n" }
                ),
            }
        })
        .collect();
    ignores
}

impl Ignores {
    /// Removes the comments of some sources.
    pub fn leave_out(&mut self, sources: &[SourceId]) {
        self.edits.retain(|edit| !sources.contains(&edit.span.source));
        for id in sources {
            self.unplaced += self.placed.remove(id).unwrap_or_default();
        }
    }

    /// All sources with the comments.
    pub fn applied(&self, sources: &Sources) -> Sources {
        Choice::of_edits(&self.edits).applied(sources)
    }
}
