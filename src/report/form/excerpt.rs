//! Source text as reports may show it: without secrets and overlong lines.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use crate::world::World;

use super::wrap::{one_line, printable};

/// Runs of base64 of this length are treated as key material everywhere.
const SECRET_RUN: usize = 48;

/// A source with secrets hidden; line numbers are kept.
#[derive(Debug)]
pub(crate) struct Excerpt {
    /// The text to show.
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    /// How wide the largest line number is.
    pub(super) numbers: usize,
}

#[derive(Debug)]
pub(super) struct Line {
    /// Its line number in the file, from 1.
    pub(super) number: u32,
    start: u32,
    pub(super) shown_start: u32,
    kept: u32,
    hidden: bool,
}

/// Which parts of which sources must not be shown.
#[derive(Debug, Default)]
pub(crate) struct Discretion {
    hidden: Vec<Span>,
    unparsed: HashSet<SourceId>,
}

impl Discretion {
    /// Contents of Secrets and ConfigMaps; and all values of sources with an unreadable document
    /// that may be a Secret.
    pub(crate) fn of(world: &World) -> Self {
        let secrets = world.resources.secrets.iter().flat_map(|secret| &secret.entries);
        let maps = world.resources.config_maps.iter().flat_map(|map| &map.entries);
        let mut hidden: Vec<Span> = secrets.chain(maps).map(|entry| entry.hidden).collect();
        hidden.extend(world.resources.secrets.iter().filter_map(|secret| {
            let place = secret.last_applied?;
            Some(Span::new(place.source, place.end, place.end + 1))
        }));
        hidden.sort();
        let problems = world.resources.problems.iter().map(|problem| problem.span.source);
        let broken: HashSet<SourceId> = problems.collect();
        let unparsed = broken
            .into_iter()
            .filter(|&id| {
                let text = &world.sources.get(id).text;
                text.contains("Secret") || text.contains("PRIVATE KEY")
            })
            .collect();
        Self { hidden, unparsed }
    }
}

impl Excerpt {
    /// The lines of a source.
    pub(crate) fn of(source: &Source, discretion: &Discretion) -> Self {
        let numbers = source.line_count().to_string().len();
        let cautious = discretion.unparsed.contains(&source.id);
        let first = discretion.hidden.partition_point(|span| span.source < source.id);
        let hidden = discretion.hidden[first..].iter();
        let mut hidden = hidden.take_while(|span| span.source == source.id).peekable();
        let mut excerpt =
            Self { text: String::with_capacity(source.text.len()), lines: Vec::new(), numbers };
        let mut start = 0_usize;
        let mut in_key = false;
        for line in source.text.split_inclusive('\n') {
            let end = start + line.len();
            let body = line.trim_end_matches(['\n', '\r']);
            while hidden.peek().is_some_and(|span| span.end as usize <= start) {
                hidden.next();
            }
            let mut keep = body.len();
            if let Some(span) = hidden.peek()
                && (span.start as usize) < end
            {
                keep = keep.min((span.start as usize).saturating_sub(start));
            }
            in_key |= body.contains("-----BEGIN") && body.contains("PRIVATE KEY");
            if in_key {
                keep = keep.min(body.find("-----BEGIN").unwrap_or(0));
            }
            in_key &= !body.contains("-----END");
            if cautious {
                keep = keep.min(body.find(':').map_or(indentation(body), |colon| colon + 1));
            }
            keep = keep.min(secret_run(body).unwrap_or(body.len()));
            let whole = keep == body.len();
            while !body.is_char_boundary(keep) {
                keep -= 1;
            }
            let shown_start = excerpt.text.len() as u32;
            let (from, kept) = (start as u32, keep as u32);
            let number = match source.is_cut() {
                true => source.line(from),
                false => excerpt.lines.len() as u32 + 1,
            };
            excerpt.lines.push(Line { number, start: from, shown_start, kept, hidden: !whole });
            excerpt.text.extend(body[..keep].chars().map(shown));
            if !whole {
                excerpt.text.push_str("<hidden>");
            }
            excerpt.text.push('\n');
            start = end;
        }
        excerpt
    }

    /// The line and the bytes of the shown text that a span marks: at most one line.
    pub(super) fn marked(&self, span: Span) -> Option<(usize, Range<usize>)> {
        let at = self.line_at(span.start)?;
        let line = &self.lines[at];
        let shown = |byte: u32| {
            (line.shown_start + byte.saturating_sub(line.start).min(line.kept)) as usize
        };
        let end = match self.line_at(span.end) == Some(at) {
            true => shown(span.end),
            false => (line.shown_start + line.kept) as usize,
        };
        Some((at, shown(span.start)..end))
    }

    /// The visible part of a line, without its line break.
    pub(super) fn shown_line(&self, at: usize) -> Range<usize> {
        let start = self.lines[at].shown_start as usize;
        let end = self.lines.get(at + 1).map_or(self.text.len(), |next| next.shown_start as usize);
        start..end.saturating_sub(1).max(start)
    }

    /// Whether a part of a line, counted from 0, must not be shown.
    pub(crate) fn hides(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.hidden)
    }

    /// Whether the next shown line, counted from 0, is also the next line of the file.
    pub(super) fn follows(&self, line: usize) -> bool {
        let number = |line: usize| self.lines.get(line).map(|line| line.number);
        number(line).is_some_and(|own| number(line + 1) == Some(own + 1))
    }

    /// Whether the lines between two locations are consecutive in the file.
    pub(crate) fn is_run(&self, one: Span, other: Span) -> bool {
        let (Some(one), Some(other)) = (self.line_at(one.start), self.line_at(other.start)) else {
            return false;
        };
        (one.min(other)..one.max(other)).all(|line| self.follows(line))
    }

    fn line_at(&self, byte: u32) -> Option<usize> {
        self.lines.partition_point(|line| line.start <= byte).checked_sub(1)
    }
}

/// A character of a source made safe for a terminal, with the same number of bytes so that
/// positions do not change.
fn shown(character: char) -> char {
    match (printable(character) == character, character.len_utf8()) {
        (true, _) => character,
        _ if character == '\t' => character,
        (false, 1) => '?',
        (false, 2) => '\u{b7}',
        (false, _) => char::REPLACEMENT_CHARACTER,
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The start of a run of base64 that is long enough to be key material.
fn secret_run(line: &str) -> Option<usize> {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let (mut start, mut part, mut longest) = (0, 0, 0);
    for (at, byte) in line.bytes().enumerate() {
        if !is_base64(byte) {
            (start, part, longest) = (at + 1, 0, 0);
            continue;
        }
        part = if byte == b'/' { 0 } else { part + 1 };
        longest = longest.max(part);
        // Paths are also long runs of base64 characters, but their parts are short.
        if at - start >= SECRET_RUN && longest >= SECRET_RUN / 2 {
            return Some(start);
        }
    }
    None
}

/// Where findings point, as `path:line:column`.
pub(crate) fn location(world: &World, span: Span) -> String {
    let source = world.sources.get(span.source);
    let position = source.position(span.start);
    format!("{}:{}:{}", one_line(&source.name), position.line, position.column)
}

/// Sources that findings point into.
pub(crate) fn sources_of(findings: &[Diagnostic]) -> HashSet<SourceId> {
    let labels = findings.iter().flat_map(|found| {
        std::iter::once(&found.primary).chain(&found.related).map(|label| label.span.source)
    });
    labels.collect()
}
