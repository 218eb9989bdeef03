//! What a text holds, before anything is parsed: its documents, and which of them can matter.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::relevance::{Bearing, Relevance, Signs};
use super::split::{Slice, SliceKind, split};

/// The documents of a text, split and searched once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// Those that are not empty, in order.
    pub documents: Vec<Glanced>,
    /// Whether one of them makes [`Bearing::Deferred`] ones matter, in whatever text those stand.
    pub calls: bool,
    /// Whether one of them may hold the mark ([`Signs::is_marked`]).
    pub is_marked: bool,
}

/// A document that was glanced at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glanced {
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
    /// What kind of border precedes it.
    pub kind: SliceKind,
    /// Whether it can matter.
    pub bearing: Bearing,
    /// Whether it matters only by the word that matters least ([`Signs::is_plain`]).
    pub is_plain: bool,
}

impl Glance {
    /// Glances at a text.
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

    /// Whether a document matters only where another one calls for it.
    pub fn defers(&self) -> bool {
        self.documents.iter().any(|document| document.bearing == Bearing::Deferred)
    }
}

impl Glanced {
    /// The document's own text.
    pub fn body<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// The same document in a text in which so many bytes before it are missing.
    #[must_use]
    pub fn moved(self, missing: usize) -> Self {
        let missing = missing as u32;
        Self { start: self.start - missing, end: self.end - missing, ..self }
    }
}

/// Where a directive begins (`%YAML`), with which a document that is cut off at `---` may start.
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

/// The namespaces in a document that is not parsed, since they tell names of the cluster from
/// those of the world outside.
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
    fn empty_documents_are_none_and_calls_come_from_what_matters() {
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
