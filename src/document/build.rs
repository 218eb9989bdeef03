//! Parser events become a [`Tree`].

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, Tag};

use crate::source::{SourceId, Span};

use super::align::Placement;
use super::explain::explain;
use super::problem::{Problem, ProblemKind};
use super::scalar::resolve;
use super::tree::{Comment, DuplicateKey, Node, Style, Tree, Value};

/// Levels of nesting that are read; Kubernetes objects stay far below.
pub(super) const MAX_DEPTH: usize = 100;

/// Keys, values and items that are read of one document; each takes some 60 bytes. The API server
/// takes objects of 3 MiB, so only a long `List` comes near.
const MAX_VALUES: usize = 5_000_000;

/// Bytes that are read of one document.
const MAX_BYTES: usize = 256 << 20;

/// What a comment for mtlsctl begins with.
const ADDRESS: &str = "mtlsctl:";

/// Mappings up to this many keys are compared key by key, larger ones through a set.
const FEW_KEYS: usize = 12;

impl<'s> Tree<'s> {
    /// Parses one document that stands in a source from byte `base` on.
    ///
    /// # Errors
    /// The first problem, with its place in the source. Text after a `...` is a problem too, but
    /// comes beside the tree, since `kubectl` reads what stands before it.
    pub fn parse(
        source: SourceId,
        base: u32,
        text: &'s str,
    ) -> Result<(Self, Option<Problem>), Problem> {
        Self::parse_placed(source, &Placement::At(base), text)
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
        // Comments cost time, and a run of more than 96 would be an error.
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
                Err(_) if builder.ended => {
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
            if builder.nodes.len() > MAX_VALUES {
                let span = placement.span(source, range.start, range.end);
                return Err(Problem {
                    kind: ProblemKind::TooManyValues { limit: MAX_VALUES },
                    span,
                });
            }
        }
        if let Some(key) = builder.complex_key
            && text[..].contains("{{")
        {
            let span = builder.nodes.get(key).map_or(placement.span(source, 0, 0), |node| {
                Span::new(source, node.start, node.end)
            });
            return Err(Problem { kind: ProblemKind::Template, span });
        }
        let problem = after_end.map(|at| Problem {
            kind: ProblemKind::AfterEnd,
            span: placement.span(source, at, at),
        });
        let duplicates = builder.duplicates();
        let (nodes, comments) = (builder.nodes, builder.comments);
        Ok((Self { source, nodes, duplicates, comments, alias_steps: Cell::new(0) }, problem))
    }
}

struct Builder<'s, 'p> {
    source: SourceId,
    placement: &'p Placement,
    nodes: Vec<Node<'s>>,
    open: Vec<Open>,
    anchors: HashMap<usize, u32>,
    mappings: Vec<usize>,
    complex_key: Option<usize>,
    comments: Vec<Comment>,
    ended: bool,
}

/// A collection whose end has not come yet.
struct Open {
    node: usize,
    children: usize,
    last_end: u32,
}

impl<'s, 'p> Builder<'s, 'p> {
    fn new(source: SourceId, placement: &'p Placement) -> Self {
        Self {
            source,
            placement,
            nodes: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            mappings: Vec::new(),
            complex_key: None,
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
                // The parser writes `~` for a value that was left out.
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
                let at = self.push(Value::Mapping, anchor, &range);
                self.mappings.push(at);
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

    fn push(&mut self, value: Value<'s>, anchor: usize, range: &std::ops::Range<usize>) -> usize {
        let at = self.nodes.len();
        let span = self.placement.span(self.source, range.start, range.end);
        let collection = matches!(value, Value::Sequence | Value::Mapping);
        if let Some(parent) = self.open.last_mut() {
            let mapping = matches!(self.nodes[parent.node].value, Value::Mapping);
            if collection && mapping && parent.children % 2 == 0 {
                self.complex_key.get_or_insert(at);
            }
            parent.children += 1;
            parent.last_end = span.end;
        }
        let next = at as u32 + 1;
        self.nodes.push(Node { start: span.start, end: span.end, next, value });
        if anchor != 0 {
            self.anchors.insert(anchor, at as u32);
        }
        if collection {
            self.open.push(Open { node: at, children: 0, last_end: span.end });
        }
        at
    }

    fn close(&mut self, range: &std::ops::Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        // A block ends with its last child; only a bracket's own end lies behind it.
        let end = if range.is_empty() {
            open.last_end
        } else {
            self.placement.span(self.source, range.start, range.end).end
        };
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[open.node];
        node.next = next;
        node.end = end;
        if let Some(parent) = self.open.last_mut() {
            parent.last_end = end;
        }
    }

    fn keys(&self, mapping: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[mapping].next;
        let mut at = mapping as u32 + 1;
        std::iter::from_fn(move || {
            let key = at;
            (key < end).then(|| {
                let value = self.nodes[key as usize].next;
                at = self.nodes.get(value as usize).map_or(end, |node| node.next);
                key as usize
            })
        })
    }

    fn duplicates(&self) -> Vec<DuplicateKey> {
        let mut found = Vec::new();
        for &mapping in &self.mappings {
            let keys: Vec<usize> = self.keys(mapping).collect();
            if keys.len() < 2 {
                continue;
            }
            let mut seen = Seen::new(keys.len());
            for at in keys {
                let node = &self.nodes[at];
                let Value::Scalar { text, style, tag } = &node.value else { continue };
                let key = resolve(text, *style == Style::Plain, tag.as_deref()).into_key();
                if key == "<<" && *style == Style::Plain {
                    continue;
                }
                let span = Span::new(self.source, node.start, node.end);
                if let Some(first) = seen.insert(key.clone(), span) {
                    found.push(DuplicateKey { key, first, second: span });
                }
            }
        }
        found
    }
}

/// The keys of one mapping seen so far.
enum Seen {
    Few(Vec<(String, Span)>),
    Many(HashMap<String, Span>),
}

impl Seen {
    fn new(size: usize) -> Self {
        if size <= FEW_KEYS {
            Self::Few(Vec::with_capacity(size))
        } else {
            Self::Many(HashMap::new())
        }
    }

    /// Remembers a key; returns where it stood first, if it did.
    fn insert(&mut self, key: String, span: Span) -> Option<Span> {
        match self {
            Self::Few(keys) => match keys.iter().find(|(seen, _)| *seen == key) {
                Some((_, first)) => Some(*first),
                None => {
                    keys.push((key, span));
                    None
                }
            },
            Self::Many(keys) => match keys.get(&key) {
                Some(first) => Some(*first),
                None => {
                    keys.insert(key, span);
                    None
                }
            },
        }
    }
}

/// `int` for `!!int`; anything else keeps its own name.
fn tag_name(tag: &Tag) -> Box<str> {
    tag.core_suffix().map_or_else(|| tag.original().into(), Into::into)
}
