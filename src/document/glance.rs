//! A scan of a text without parsing it: its documents, and which of them are relevant.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::relevance::{Bearing, Relevance, Signs};
use super::split::{Slice, SliceKind, split};

/// The documents of a text, split and searched once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// The documents that are not empty, in order.
    pub documents: Vec<Glanced>,
    /// Whether one of them makes [`Bearing::Deferred`] documents of any text relevant.
    pub calls: bool,
    /// Whether one of them may contain the mark ([`Signs::is_marked`]).
    pub is_marked: bool,
}

/// A scanned document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glanced {
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
    /// The kind of separator before it.
    pub kind: SliceKind,
    /// Whether it is relevant.
    pub bearing: Bearing,
    /// Whether only the plain word makes it relevant ([`Signs::is_plain`]).
    pub is_plain: bool,
}

impl Glance {
    /// Scans a text.
    pub fn at(text: &str, relevance: &Relevance) -> Self {
        let mut glance = Self::default();
        for Slice { start, end, kind } in split(text) {
            let body = &text[start..end];
            if body.trim().is_empty() {
                continue;
            }
            let Signs { bearing, calls, is_plain, is_marked } = relevance.signs(body);
            glance.calls |= calls;
            glance.is_marked |= is_marked;
            let (start, end) = (start as u32, end as u32);
            glance.documents.push(Glanced { start, end, kind, bearing, is_plain });
        }
        glance.documents.shrink_to_fit();
        glance
    }

    /// Whether a document is relevant only if another one calls for it.
    pub fn defers(&self) -> bool {
        self.documents.iter().any(|document| document.bearing == Bearing::Deferred)
    }
}

impl Glanced {
    /// The text of the document.
    pub fn body<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// The same document in a text that lacks this many bytes before it.
    #[must_use]
    pub fn moved(self, missing: usize) -> Self {
        let missing = missing as u32;
        Self { start: self.start - missing, end: self.end - missing, ..self }
    }
}

/// The position of a directive (`%YAML`) with which a document that ends at `---` may start.
pub fn directive_in(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        match content.chars().next() {
            None | Some('#') => at += line.len(),
            Some('%') => return Some(at + line.len() - content.len()),
            Some(_) => return None,
        }
    }
    None
}

/// The namespaces in a document that is not parsed. They distinguish names in the cluster from
/// external ones.
pub fn namespaces_in(body: &str) -> impl Iterator<Item = &str> {
    const KEY: &str = "namespace";
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(KEY));
    FINDER.find_iter(body.as_bytes()).filter_map(|at| {
        let rest = body[at + KEY.len()..].trim_start_matches(['"', '\'', ' ']);
        let value = rest.strip_prefix(':')?.trim_start_matches([' ', '"', '\'']);
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name = &value[..value.find(|c| !is_part(c)).unwrap_or(value.len())];
        (!name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::super::relevance::Vocabulary;
    use super::*;

    #[test]
    fn empty_documents_are_skipped_and_only_relevant_ones_call() {
        let relevance = Relevance::of(&Vocabulary {
            always: &["Secret"],
            deferred: &["Pod"],
            calls: &["Policy"],
            ..Vocabulary::default()
        });
        let glance = |text: &str| {
            let glance = Glance::at(text, &relevance);
            let bodies: Vec<_> = glance.documents.iter().map(|one| one.body(text)).collect();
            (bodies.join("|"), glance.calls, glance.defers())
        };
        assert_eq!(glance("---\n---\nk: Pod\n---\n\n"), ("k: Pod\n".to_owned(), false, true));
        assert_eq!(
            glance("k: Policy\n---\nk: X\n"),
            ("k: Policy\n|k: X\n".to_owned(), true, false)
        );
    }
}
