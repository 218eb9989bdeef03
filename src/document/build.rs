//! Builds a [`Tree`] from parser events.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use granit_parser::{Event, Options, Parser, ScalarStyle, Tag};
use memchr::memmem::Finder;

use crate::source::{SourceId, Span};

use super::align::Placement;
use super::block::read_block;
use super::explain::explain;
use super::problem::{Problem, ProblemKind};
use super::tape::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, Style, Tape, Value};
use super::tree::{Comment, Tree};

/// The start of a comment for mtlsctl.
const ADDRESS: &str = "mtlsctl:";

impl<'s> Tree<'s> {
    /// Parses a document that starts at byte `base` of a source.
    ///
    /// # Errors
    /// The first problem, with its place in the source. Text after a `...` is also a problem, but
    /// is returned with the tree, since `kubectl` reads what precedes it.
    pub fn parse(
        source: SourceId,
        base: u32,
        text: &'s str,
    ) -> Result<(Self, Option<Problem>), Problem> {
        match Self::parse_block(source, base, text) {
            Some(tree) => Ok((tree, None)),
            None => Self::parse_fully(source, base, text),
        }
    }

    /// Like [`Self::parse`], always using the full parser.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_fully(
        source: SourceId,
        base: u32,
        text: &'s str,
    ) -> Result<(Self, Option<Problem>), Problem> {
        Self::parse_placed(source, &Placement::At(base), text)
    }

    /// Like [`Self::parse`], using the quick reader of plain block YAML; `None` if that gives up.
    pub fn parse_block(source: SourceId, base: u32, text: &'s str) -> Option<Self> {
        static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(ADDRESS));
        if FINDER.find(text.as_bytes()).is_some() {
            return None;
        }
        read_block(base, text).map(|tape| Self::of(source, tape, Vec::new()))
    }

    pub(super) fn parse_placed(
        source: SourceId,
        placement: &Placement,
        text: &'s str,
    ) -> Result<(Self, Option<Problem>), Problem> {
        if text.len() > MAX_BYTES {
            let span = placement.span(source, 0, 0);
            return Err(Problem { kind: ProblemKind::TooLong { limit: MAX_BYTES }, span });
        }
        let mut options = Options::default();
        // Comments cost time, and more than 96 in a row would be an error.
        options.set_emit_comments(text.contains(ADDRESS));
        options.max_buffered_comment_events = usize::MAX;
        options.disallow_directives = true;
        options.flow_nesting_limit = MAX_DEPTH;
        options.block_nesting_limit = MAX_DEPTH;
        let mut builder = Builder::new(source, placement);
        let mut parser = Parser::new_from_str_with_options(text, options);
        let mut after_end = None;
        while let Some(event) = parser.next_event() {
            let (event, span) = match event {
                Ok(event) => event,
                // Without `...` the rest is not text after an end, but a syntax error.
                Err(_) if builder.ended && text.lines().any(|line| line.starts_with("...")) => {
                    after_end = Some(text.len());
                    break;
                }
                Err(error) => return Err(explain(source, placement, text, &error)),
            };
            let range = span.byte_range().unwrap_or(text.len()..text.len());
            if builder.ended && !matches!(event, Event::Comment(..)) {
                if !matches!(event, Event::StreamEnd) {
                    after_end = Some(range.start);
                }
                break;
            }
            builder.take(event, range.clone());
            if builder.tape.nodes.len() > MAX_VALUES {
                let span = placement.span(source, range.start, range.end);
                return Err(Problem {
                    kind: ProblemKind::TooManyValues { limit: MAX_VALUES },
                    span,
                });
            }
        }
        if let Some(node) = builder.tape.complex_key()
            && text.contains("{{")
        {
            let span = Span::new(source, node.start, node.end);
            return Err(Problem { kind: ProblemKind::Template, span });
        }
        let problem = after_end.map(|at| Problem {
            kind: ProblemKind::AfterEnd,
            span: placement.span(source, at, at),
        });
        Ok((Self::of(source, builder.tape, builder.comments), problem))
    }
}

struct Builder<'s, 'p> {
    source: SourceId,
    placement: &'p Placement,
    tape: Tape<'s>,
    anchors: HashMap<usize, u32>,
    comments: Vec<Comment>,
    ended: bool,
}

impl<'s, 'p> Builder<'s, 'p> {
    fn new(source: SourceId, placement: &'p Placement) -> Self {
        Self {
            source,
            placement,
            tape: Tape::default(),
            anchors: HashMap::new(),
            comments: Vec::new(),
            ended: false,
        }
    }

    fn take(&mut self, event: Event<'s>, range: std::ops::Range<usize>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                    _ => Style::Quoted,
                };
                let tag = tag.as_deref().map(tag_name);
                // The parser writes `~` for an omitted value.
                let text = if range.is_empty() && text == "~" { Cow::Borrowed("") } else { text };
                let text = match self.placement {
                    Placement::At(_) => text,
                    Placement::Mapped(_) => Cow::Owned(text.into_owned()),
                };
                let value = Value::Scalar { text, style, tag };
                self.push(value, anchor, &range);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.push(Value::Sequence, anchor, &range);
            }
            Event::MappingStart(_, anchor, _) => {
                self.push(Value::Mapping, anchor, &range);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&range),
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor).copied().unwrap_or_default();
                self.push(Value::Alias(target), 0, &range);
            }
            Event::Comment(text, _) if text.contains(ADDRESS) => {
                let span = self.placement.span(self.source, range.start, range.end);
                self.comments.push(Comment { text: text.into_owned(), span });
            }
            Event::DocumentEnd => self.ended = true,
            _ => {}
        }
    }

    fn push(&mut self, value: Value<'s>, anchor: usize, range: &std::ops::Range<usize>) {
        let span = self.placement.span(self.source, range.start, range.end);
        let at = self.tape.push(value, span.start, span.end);
        if anchor != 0 {
            self.anchors.insert(anchor, at as u32);
        }
    }

    fn close(&mut self, range: &std::ops::Range<usize>) {
        // A block ends with its last child; only a flow collection ends later, at its bracket.
        let end = (!range.is_empty())
            .then(|| self.placement.span(self.source, range.start, range.end).end);
        self.tape.close(end);
    }
}

/// `int` for `!!int`; other tags keep their name.
fn tag_name(tag: &Tag) -> Box<str> {
    tag.core_suffix().map_or_else(|| tag.original().into(), Into::into)
}
