//! What is kept of the files: documents that can matter, and of the others what must be known.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;
use rayon::prelude::*;

use crate::document::{Bearing, Field, Relevance, Slice, SliceKind, Tree, split};
use crate::source::{Extract, Keep, Source, SourceId};

use super::kustomize::Kustomizations;

/// Documents that are not kept are cut out from this many bytes on, alone or together; snippets
/// show lines a little beyond the documents that they are about.
const MIN_CUT_BYTES: usize = 512;
/// And from this many lines on.
const MIN_CUT_LINES: usize = 12;

/// Secrets from this many bytes on are kept only where somebody may ask for them.
const LARGE_SECRET_BYTES: usize = 1024;

/// Keeps what can matter, by the words in it; files that hold something unusual are kept whole.
#[derive(Debug)]
pub struct Keeper {
    relevance: Relevance,
    /// Whether a document was seen that makes more of the others matter.
    is_called: AtomicBool,
    /// Whether a document was seen that may spell a name with escapes.
    is_spelt: AtomicBool,
    /// Names of large Secrets that stand in what is kept.
    wanted: HashSet<Box<str>>,
}

impl Keeper {
    /// Keeps documents that are relevant.
    pub fn new(relevance: Relevance) -> Self {
        Self {
            relevance,
            is_called: AtomicBool::new(false),
            is_spelt: AtomicBool::new(false),
            wanted: HashSet::new(),
        }
    }

    /// Whether a document is kept; what is to be known of it is noted if not.
    fn keeps(&self, body: &str, extract: &mut Extract) -> bool {
        match self.relevance.bearing(body) {
            Bearing::Relevant => {}
            Bearing::Deferred if self.is_called.load(Ordering::Relaxed) => return true,
            Bearing::Deferred => {
                extract.passed_over.is_deferred = true;
                return false;
            }
            Bearing::None => return false,
        }
        // The longest documents come first, since each look at them costs.
        if body.len() >= LARGE_SECRET_BYTES
            && let Some(name) = self.plain_secret(body)
        {
            let is_wanted = self.wanted.contains(&*name);
            extract.passed_over.names.extend((!is_wanted).then_some(name));
            return is_wanted;
        }
        if !self.is_called.load(Ordering::Relaxed) && self.relevance.calls(body) {
            self.is_called.store(true, Ordering::Relaxed);
        }
        if !self.is_spelt.load(Ordering::Relaxed) && Relevance::may_spell(body) {
            self.is_spelt.store(true, Ordering::Relaxed);
        }
        true
    }

    /// The name of a Secret that matters only where somebody names it: with a namespace, and without
    /// a certificate, a key, a copy of its data in an annotation, or a word of Ambassador's.
    fn plain_secret(&self, body: &str) -> Option<Box<str>> {
        const COPY: &[u8] = b"last-applied-configuration";
        if self.relevance.holds_beside("Secret", body)
            || memmem::find(body.as_bytes(), COPY).is_some()
        {
            return None;
        }
        let tree = Tree::parse_block(SourceId::default(), 0, body)?;
        let root = tree.root().filter(Field::is_mapping)?;
        let is =
            |key: &str, value: &str| root.set_at(key).is_some_and(|f| f.written() == Some(value));
        if !is("kind", "Secret") || !is("apiVersion", "v1") || !tree.duplicates.is_empty() {
            return None;
        }
        let sections = ["data", "stringData"].into_iter().filter_map(|name| root.set_at(name));
        let mut keys = sections.flat_map(|section| section.entries()).map(|entry| entry.key);
        let is_credential =
            |key: &str| [".crt", ".key", ".pem", ".crl"].iter().any(|ending| key.ends_with(ending));
        if keys.any(|key| is_credential(&key)) {
            return None;
        }
        let metadata = root.set_at("metadata")?;
        // Whether objects leave their namespace out matters for those that do not.
        metadata.set_at("namespace")?.text()?;
        let name = metadata.set_at("name")?.text()?;
        name.chars().all(is_name_part).then(|| name.value.into())
    }
}

impl Keep for Keeper {
    fn extract(&self, name: &str, text: &str) -> Option<Extract> {
        let slices = split(text);
        if !is_usual(text, &slices) || Kustomizations::may_stand_in(name, text) {
            return None;
        }
        let mut extract = Extract::default();
        // The documents since the last one that is kept, and where that ends.
        let mut gap: Vec<Slice> = Vec::new();
        let mut kept = 0;
        for slice in slices {
            let body = &text[slice.start..slice.end];
            if !body.trim_ascii().is_empty() && self.keeps(body, &mut extract) {
                kept = leave_out(text, kept, &gap, &mut extract);
                gap.clear();
            } else {
                gap.push(slice);
            }
        }
        kept = leave_out(text, kept, &gap, &mut extract);
        extract.keep(&text[kept..]);
        Some(extract.fitted())
    }

    fn reconsider(&mut self, read: &[Source]) -> Vec<usize> {
        let large: HashSet<&str> =
            read.iter().flat_map(|one| &one.passed_over.names).map(AsRef::as_ref).collect();
        if *self.is_spelt.get_mut() {
            self.wanted = large.into_iter().map(Box::from).collect();
        } else if !large.is_empty() {
            let named = read.par_iter().flat_map_iter(|source| {
                let words = source.text.split(|c| !is_name_part(c)).flat_map(and_its_beginnings);
                words.filter(|word| large.contains(word)).map(Box::from)
            });
            self.wanted = named.collect();
        }
        let is_called = *self.is_called.get_mut();
        let concerns = |source: &Source| {
            let passed_over = &source.passed_over;
            (is_called && passed_over.is_deferred)
                || passed_over.names.iter().any(|name| self.wanted.contains(name))
        };
        (0..read.len()).filter(|&index| concerns(&read[index])).collect()
    }
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.')
}

/// A word, and what stands before each of its dots: `NAME.NAMESPACE` names a Secret, too.
fn and_its_beginnings(word: &str) -> impl Iterator<Item = &str> {
    let dots = memchr::memchr_iter(b'.', word.as_bytes()).map(|dot| &word[..dot]);
    std::iter::once(word).chain(dots)
}

/// Whether a text is a plain stream of documents, which may be cut between them.
fn is_usual(text: &str, slices: &[Slice]) -> bool {
    !text.starts_with(['\u{feff}', '{'])
        && slices.iter().all(|slice| {
            let body = &text[slice.start..slice.end];
            slice.kind == SliceKind::Proper
                && !body.starts_with('\u{feff}')
                && directive_in(body).is_none()
        })
}

/// Cuts documents out of a text if they are long together, and keeps what stands before them; how
/// far the text has been dealt with.
fn leave_out(text: &str, from: usize, gap: &[Slice], extract: &mut Extract) -> usize {
    let (Some(first), Some(last)) = (gap.first(), gap.last()) else { return from };
    let lines = &text[first.start..last.end];
    let breaks = memchr::memchr_iter(b'\n', lines.as_bytes());
    if lines.len() < MIN_CUT_BYTES || breaks.take(MIN_CUT_LINES).count() < MIN_CUT_LINES {
        return from;
    }
    extract.keep(&text[from..first.start]);
    for slice in gap {
        let body = &text[slice.start..slice.end];
        if body.trim_ascii().is_empty() {
            continue;
        }
        let passed_over = &mut extract.passed_over;
        passed_over.documents += 1;
        for namespace in namespaces_in(body) {
            if !passed_over.namespaces.iter().any(|known| &**known == namespace) {
                passed_over.namespaces.push(namespace.into());
            }
        }
    }
    extract.cut(lines);
    last.end
}

/// Where a directive begins (`%YAML`), with which a document that is cut off at `---` may start.
pub(super) fn directive_in(text: &str) -> Option<usize> {
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
pub(super) fn namespaces_in(body: &str) -> impl Iterator<Item = &str> {
    const KEY: &str = "namespace";
    memmem::find_iter(body.as_bytes(), KEY).filter_map(|at| {
        let rest = body[at + KEY.len()..].trim_start_matches(['"', '\'', ' ']);
        let value = rest.strip_prefix(':')?.trim_start_matches([' ', '"', '\'']);
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name = &value[..value.find(|c| !is_part(c)).unwrap_or(value.len())];
        (!name.is_empty()).then_some(name)
    })
}
