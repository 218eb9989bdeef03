//! The text of a source as reports may show it: nothing secret, no endless lines.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use crate::world::World;

use super::wrap::{one_line, printable};

/// What a frame adds to a line beside its number: blanks and the border.
const FRAME: usize = 4;

/// What stands between the middle of a mark and its words.
const ARROW: usize = 4;

/// Lines are not cut shorter than this, in characters.
const MIN_LINE: usize = 20;

/// Runs of base64 of this length are taken for key material, wherever they stand.
const SECRET_RUN: usize = 48;

/// A source with secrets and long tails cut off its lines; places keep their lines.
#[derive(Debug)]
pub(crate) struct Excerpt {
    /// The text to show.
    pub(crate) text: String,
    lines: Vec<Line>,
    /// Columns beside the frame.
    room: usize,
}

#[derive(Debug)]
struct Line {
    /// Its number in the file, from 1.
    number: u32,
    start: u32,
    shown_start: u32,
    kept: u32,
    hidden: bool,
}

/// Which parts of which sources must not be shown.
#[derive(Debug)]
pub(crate) struct Discretion {
    hidden: Vec<Span>,
    unparsed: HashSet<SourceId>,
}

impl Discretion {
    /// Contents of Secrets and ConfigMaps; and in sources with a document that could not be read although it may
    /// be a Secret, all values.
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
    /// The lines of a source, cut so that they fit into `width` columns with their frame.
    pub(crate) fn of(source: &Source, discretion: &Discretion, width: usize) -> Self {
        let numbers = source.line_count().to_string().len();
        let room = width.saturating_sub(numbers + FRAME).max(MIN_LINE);
        let cautious = discretion.unparsed.contains(&source.id);
        let first = discretion.hidden.partition_point(|span| span.source < source.id);
        let hidden = discretion.hidden[first..].iter();
        let mut hidden = hidden.take_while(|span| span.source == source.id).peekable();
        let mut excerpt =
            Self { text: String::with_capacity(source.text.len()), lines: Vec::new(), room };
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
            let long = cut(&body[..keep], room);
            keep = long.unwrap_or(keep);
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
            match (whole, long) {
                (_, Some(_)) => excerpt.text.push('…'),
                (false, None) => excerpt.text.push_str("<hidden>"),
                (true, None) => {}
            }
            excerpt.text.push('\n');
            start = end;
        }
        excerpt
    }

    /// Offset and length of a span in the shown text; at least one character, on one line. Where
    /// words of this width below its middle would not fit, less of its end is marked.
    pub(crate) fn place(&self, span: Span, words: usize) -> (usize, usize) {
        let (start, length) = self.whole_place(span);
        let most = self.room_below(span).checked_sub(words).map_or(length, |half| half * 2 + 1);
        let marked = self.text[start..].char_indices().nth(most).map_or(length, |(at, _)| at);
        (start, length.min(marked))
    }

    /// How wide words can be that stand below the beginning of a span.
    pub(crate) fn room_below(&self, span: Span) -> usize {
        let (start, _) = self.whole_place(span);
        let before = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let column = self.text[before..start].chars().count();
        self.room.saturating_sub(column + ARROW)
    }

    fn whole_place(&self, span: Span) -> (usize, usize) {
        let Some(first) = self.line_of(span.start) else { return (0, 0) };
        let at = |byte: u32, line: &Line| {
            (line.shown_start + byte.saturating_sub(line.start).min(line.kept)) as usize
        };
        let start = at(span.start, first);
        let same_line = self.line_of(span.end).is_some_and(|last| last.start == first.start);
        let end =
            if same_line { at(span.end, first) } else { (first.shown_start + first.kept) as usize };
        (start, end.saturating_sub(start).max(1))
    }

    /// The lines around two offsets of the shown text: where they begin in it, how many lines of
    /// the file stand before them, and their text.
    pub(crate) fn around(&self, first: usize, last: usize, lines: usize) -> (usize, usize, &str) {
        let line_at = |offset: usize| {
            let after = self.lines.partition_point(|line| line.shown_start as usize <= offset);
            after.saturating_sub(1)
        };
        let begin = |line: usize| {
            self.lines.get(line).map_or(self.text.len(), |line| line.shown_start as usize)
        };
        let before = line_at(first).saturating_sub(lines);
        let (start, end) = (begin(before), begin(line_at(last) + 1 + lines));
        let number = self.lines.get(before).map_or(1, |line| line.number);
        (start, number as usize - 1, &self.text[start..end])
    }

    /// Whether a part of a line, counted from 0, must not be shown.
    pub(crate) fn hides(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.hidden)
    }

    fn line_of(&self, byte: u32) -> Option<&Line> {
        let after = self.lines.partition_point(|line| line.start <= byte);
        self.lines.get(after.checked_sub(1)?)
    }
}

/// Where a line that is too long is cut to make room for a mark.
fn cut(line: &str, room: usize) -> Option<usize> {
    line.char_indices().nth(room)?;
    line.char_indices().nth(room - 1).map(|(at, _)| at)
}

/// A character of a source as a terminal may get it, in as many bytes: places stay where they are.
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

/// Where a run of base64 begins that is long enough to be key material.
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
        // Paths are long runs of base64 letters, too, but their parts are short.
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
