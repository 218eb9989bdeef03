//! YAML as libyaml reads it, as a tree comparable to ours.

use std::collections::HashMap;
use std::mem::MaybeUninit;
use std::slice;

use libyaml_rs as sys;

/// A value; aliases are replaced by their targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// The decoded text, and whether it was written without quotes.
    Scalar(String, bool),
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

/// Larger documents are skipped; aliases can multiply their nodes.
const MOST_NODES: usize = 2_000;

/// A collection being built.
struct Open {
    mapping: bool,
    anchor: Option<Vec<u8>>,
    children: Vec<Node>,
}

/// The first document of a text. `None` if libyaml rejects it, if it is empty, if it has tags
/// (whose meaning differs), recursion or too many nodes, or if more text follows.
pub fn read(text: &str) -> Option<Node> {
    let mut parser = Parser::new(text);
    let mut anchors: HashMap<Vec<u8>, Node> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut count = 0;
    let mut documents = 0;
    loop {
        let (node, anchor) = match parser.next()? {
            Event::End => return root,
            Event::Document => {
                documents += 1;
                if documents > 1 {
                    return None;
                }
                continue;
            }
            Event::Other => continue,
            Event::Tagged => return None,
            Event::Open { mapping, anchor } => {
                open.push(Open { mapping, anchor, children: Vec::new() });
                continue;
            }
            Event::Close => {
                let Open { mapping, anchor, children } = open.pop()?;
                let node = if mapping {
                    let mut children = children.into_iter();
                    let mut pairs = Vec::new();
                    while let (Some(key), Some(value)) = (children.next(), children.next()) {
                        pairs.push((key, value));
                    }
                    Node::Mapping(pairs)
                } else {
                    Node::Sequence(children)
                };
                (node, anchor)
            }
            Event::Scalar { text, plain, anchor } => (Node::Scalar(text, plain), anchor),
            Event::Alias(name) => (anchors.get(&name)?.clone(), None),
        };
        count += size(&node);
        if count > MOST_NODES {
            return None;
        }
        if let Some(name) = anchor {
            anchors.insert(name, node.clone());
        }
        match open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => root = Some(node),
        }
    }
}

fn size(node: &Node) -> usize {
    match node {
        Node::Scalar(..) => 1,
        Node::Sequence(items) => 1 + items.iter().map(size).sum::<usize>(),
        Node::Mapping(pairs) => 1 + pairs.iter().map(|(k, v)| size(k) + size(v)).sum::<usize>(),
    }
}

enum Event {
    Document,
    Open { mapping: bool, anchor: Option<Vec<u8>> },
    Close,
    Scalar { text: String, plain: bool, anchor: Option<Vec<u8>> },
    Alias(Vec<u8>),
    Tagged,
    Other,
    End,
}

/// libyaml's parser, which has a C interface: the buffer must outlive it, and events are freed
/// manually.
struct Parser<'t> {
    parser: Box<MaybeUninit<sys::yaml_parser_t>>,
    _text: &'t str,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let mut parser = Box::new(MaybeUninit::<sys::yaml_parser_t>::uninit());
        // SAFETY: the parser is initialized before use, is boxed and so never moves, and the text
        // is borrowed for as long as the parser lives.
        unsafe {
            let raw = parser.as_mut_ptr();
            assert!(!sys::yaml_parser_initialize(raw).fail);
            sys::yaml_parser_set_encoding(raw, sys::YAML_UTF8_ENCODING);
            sys::yaml_parser_set_input_string(raw, text.as_ptr(), text.len() as u64);
        }
        Self { parser, _text: text }
    }

    fn next(&mut self) -> Option<Event> {
        let mut event = MaybeUninit::<sys::yaml_event_t>::uninit();
        // SAFETY: the parser is initialized; the event is written if parsing succeeds, read only as
        // the kind that its type names, and deleted once.
        unsafe {
            if sys::yaml_parser_parse(self.parser.as_mut_ptr(), event.as_mut_ptr()).fail {
                return None;
            }
            let raw = event.as_mut_ptr();
            let name = |text: *const u8| {
                (!text.is_null()).then(|| std::ffi::CStr::from_ptr(text.cast()).to_bytes().to_vec())
            };
            let data = &(*raw).data;
            let found = match (*raw).type_ {
                sys::YAML_DOCUMENT_START_EVENT => Event::Document,
                sys::YAML_STREAM_END_EVENT | sys::YAML_NO_EVENT => Event::End,
                sys::YAML_ALIAS_EVENT => Event::Alias(name(data.alias.anchor).unwrap_or_default()),
                sys::YAML_SCALAR_EVENT if !data.scalar.tag.is_null() => Event::Tagged,
                sys::YAML_SCALAR_EVENT => {
                    let bytes =
                        slice::from_raw_parts(data.scalar.value, data.scalar.length as usize);
                    Event::Scalar {
                        text: String::from_utf8_lossy(bytes).into_owned(),
                        plain: data.scalar.style == sys::YAML_PLAIN_SCALAR_STYLE,
                        anchor: name(data.scalar.anchor),
                    }
                }
                sys::YAML_SEQUENCE_START_EVENT if !data.sequence_start.tag.is_null() => {
                    Event::Tagged
                }
                sys::YAML_SEQUENCE_START_EVENT => {
                    Event::Open { mapping: false, anchor: name(data.sequence_start.anchor) }
                }
                sys::YAML_MAPPING_START_EVENT if !data.mapping_start.tag.is_null() => Event::Tagged,
                sys::YAML_MAPPING_START_EVENT => {
                    Event::Open { mapping: true, anchor: name(data.mapping_start.anchor) }
                }
                sys::YAML_SEQUENCE_END_EVENT | sys::YAML_MAPPING_END_EVENT => Event::Close,
                _ => Event::Other,
            };
            sys::yaml_event_delete(raw);
            Some(found)
        }
    }
}

impl Drop for Parser<'_> {
    fn drop(&mut self) {
        // SAFETY: initialized in `new`, deleted once.
        unsafe { sys::yaml_parser_delete(self.parser.as_mut_ptr()) }
    }
}
