//! Where a comment about a place can be written: above its line, unless the line is part of a text.

use crate::source::Source;

use super::embedded::embedded_documents;
use super::field::Field;
use super::split::{Slice, split};
use super::tape::{Style, Value};
use super::tree::Tree;

/// The only text whose comments are read.
const EMBEDDED: &str = "getambassador.io/config";

/// The lines of a source above which comments can be written.
#[derive(Debug)]
pub struct CommentLines<'s> {
    source: &'s Source,
    slices: Vec<Slice>,
    /// The last document that was asked about, by the number of its slice.
    last: Option<(usize, Option<Tree<'s>>)>,
}

impl<'s> CommentLines<'s> {
    /// Splits a source into its documents; ask about places in source order.
    pub fn new(source: &'s Source) -> Self {
        // `kubectl` reads a text that starts with a brace as JSON, which has no comments.
        let json = source.text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        let slices = if json { Vec::new() } else { split(&source.text) };
        Self { source, slices, last: None }
    }

    /// The line (from 1) above which a comment applies to the byte `at`.
    ///
    /// `None` where no comment is read: in JSON, in invalid YAML, and inside quoted text.
    pub fn line(&mut self, at: u32) -> Option<u32> {
        let after = self.slices.partition_point(|slice| slice.start <= at as usize);
        let number = after.checked_sub(1)?;
        if self.last.as_ref().is_none_or(|(last, _)| *last != number) {
            let slice = self.slices[number];
            let text = &self.source.text[slice.start..slice.end];
            let tree = Tree::parse(self.source.id, slice.start as u32, text);
            self.last = Some((number, tree.ok().map(|(tree, _)| tree)));
        }
        line_in(self.source, self.last.as_ref()?.1.as_ref()?, at)
    }
}

fn line_in(source: &Source, tree: &Tree<'_>, at: u32) -> Option<u32> {
    let line = source.line(at);
    // Nodes are ordered by their starts, and scalars do not overlap.
    let index = tree.nodes.partition_point(|node| node.start <= at).checked_sub(1)?;
    let node = &tree.nodes[index];
    let block = match node.value {
        Value::Scalar { style, .. } if at < node.end => {
            matches!(style, Style::Literal | Style::Folded)
        }
        _ => return Some(line),
    };
    if !block {
        return (source.line(node.start) == line).then_some(line);
    }
    let key = key_of(tree, index as u32)?;
    let above = || Some(source.line(tree.nodes[key as usize].start));
    match &tree.nodes[key as usize].value {
        Value::Scalar { text, .. } if text == EMBEDDED => {
            inside(source, tree, index as u32, at).or_else(above)
        }
        _ => above(),
    }
}

/// The line within a block of documents, if all of them can be parsed.
fn inside(source: &Source, tree: &Tree<'_>, node: u32, at: u32) -> Option<u32> {
    let mut readable = true;
    let mut line = None;
    embedded_documents(source, &Field::of_node(tree, node), |document| match document {
        Ok((inner, _)) => {
            let within = inner.nodes.first().is_some_and(|root| root.start <= at && at <= root.end);
            if within {
                line = line_in(source, &inner, at);
            }
        }
        Err(_) => readable = false,
    });
    line.filter(|_| readable)
}

fn key_of(tree: &Tree<'_>, value: u32) -> Option<u32> {
    let mappings = tree.nodes.iter().enumerate();
    mappings.filter(|(_, node)| matches!(node.value, Value::Mapping)).find_map(|(at, node)| {
        let mut key = at as u32 + 1;
        while key < node.next {
            let own = tree.nodes[key as usize].next;
            if own == value {
                return Some(key);
            }
            key = tree.nodes[own as usize].next;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn line(text: &str, what: &str) -> Option<u32> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".into(), text.into());
        CommentLines::new(sources.get(id)).line(text.find(what).unwrap() as u32)
    }

    #[test]
    fn comments_go_above_lines_but_not_inside_texts() {
        assert_eq!(line("a: 1\nb: here\n", "here"), Some(2));
        assert_eq!(line("a: {b: 1,\n c: here}\n", "here"), Some(2));
        assert_eq!(line("a: 1\nb: |\n  x\n  here\nc: 1\n", "here"), Some(2));
        assert_eq!(line("a: 1\n---\nb: |\n  x\nc: here\n", "here"), Some(5));
        assert_eq!(line("a: 'x\n  here'\n", "here"), None);
        assert_eq!(line("{\"a\":\n \"here\"}\n", "here"), None);
        assert_eq!(line("a: here: x\n", "here"), None);
    }

    #[test]
    fn comments_inside_annotations_are_read() {
        let text = "getambassador.io/config: |\n  ---\n  a: 1\n  b: here\n  c: |\n    there\n";
        assert_eq!(line(text, "here"), Some(4));
        assert_eq!(line(text, "there"), Some(5));
        assert_eq!(line(&text.replace("a: 1", "a: 'x"), "here"), Some(1));
        assert_eq!(line(&text.replace("getambassador.io/config", "other"), "here"), Some(1));
    }
}
