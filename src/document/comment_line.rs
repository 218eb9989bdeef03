//! Where a comment about a place can stand: above its line, unless the line is part of a text.

use crate::source::Source;

use super::embedded::embedded_documents;
use super::field::Field;
use super::split::split;
use super::tree::{Style, Tree, Value};

/// The only text whose own comments are read.
const EMBEDDED: &str = "getambassador.io/config";

/// The line (from 1) above which a comment speaks of the byte at `at`.
///
/// `None` where no comment is read: in JSON, in what is not YAML, and inside quoted text.
pub fn comment_line(source: &Source, at: u32) -> Option<u32> {
    // `kubectl` reads a text that begins with a brace as JSON, which has no comments.
    if source.text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return None;
    }
    let slices = split(&source.text);
    let after = slices.partition_point(|slice| slice.start <= at as usize);
    let slice = slices[after.checked_sub(1)?];
    let text = &source.text[slice.start..slice.end];
    let (tree, _) = Tree::parse(source.id, slice.start as u32, text).ok()?;
    line_in(source, &tree, at)
}

fn line_in(source: &Source, tree: &Tree<'_>, at: u32) -> Option<u32> {
    let line = source.line(at);
    let around = tree.nodes.iter().enumerate().find_map(|(index, node)| match node.value {
        Value::Scalar { style, .. } if node.start <= at && at < node.end => {
            let block = matches!(style, Style::Literal | Style::Folded);
            (block || source.line(node.start) < line).then_some((index as u32, block))
        }
        _ => None,
    });
    match around {
        None => Some(line),
        Some((_, false)) => None,
        Some((node, true)) => {
            let key = key_of(tree, node)?;
            let above = || Some(source.line(tree.nodes[key as usize].start));
            match &tree.nodes[key as usize].value {
                Value::Scalar { text, .. } if text == EMBEDDED => {
                    inside(source, tree, node, at).or_else(above)
                }
                _ => above(),
            }
        }
    }
}

/// The line inside a block of documents, if all of them can be read.
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
        comment_line(sources.get(id), text.find(what).unwrap() as u32)
    }

    #[test]
    fn comments_stand_above_lines_but_not_inside_texts() {
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
