//! What is kept of the files: documents that can matter, and of the others what must be known.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;
use rayon::prelude::*;

use crate::document::{Bearing, Field, Relevance, Slice, SliceKind, Tree, split};
use crate::source::{Extract, Keep, Source, SourceId};

use crate::resource::Object;
use crate::resource::kustomize::Kustomizations;

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
    /// Names of large Secrets that stand in what is kept.
    wanted: HashSet<Box<str>>,
}

impl Keeper {
    /// Keeps documents that are relevant.
    pub fn new(relevance: Relevance) -> Self {
        Self { relevance, is_called: AtomicBool::new(false), wanted: HashSet::new() }
    }

    /// What becomes of a document; what is to be known of a Secret that is not kept is noted.
    fn judge(&self, body: &str, extract: &mut Extract) -> Fate {
        match self.relevance.bearing(body) {
            Bearing::Relevant => {}
            Bearing::Deferred if self.is_called.load(Ordering::Relaxed) => return Fate::Kept,
            Bearing::Deferred => {
                extract.passed_over.is_deferred = true;
                return Fate::Unread;
            }
            Bearing::None => return Fate::Unread,
        }
        // The longest documents come first, since each look at them costs.
        if body.len() >= LARGE_SECRET_BYTES
            && let Some((name, namespace)) = self.plain_secret(body)
        {
            if self.wanted.contains(&*name) {
                return Fate::Kept;
            }
            extract.passed_over.names.push(name);
            note(&mut extract.passed_over.namespaces, &namespace);
            return Fate::Read;
        }
        if !self.is_called.load(Ordering::Relaxed) && self.relevance.calls(body) {
            self.is_called.store(true, Ordering::Relaxed);
        }
        Fate::Kept
    }

    /// Name and namespace of a Secret that matters only where somebody names it: both written as
    /// Kubernetes wants them, and without a certificate, a key, a copy of its data in an annotation,
    /// or a word that is about Ambassador or mtlsctl.
    fn plain_secret(&self, body: &str) -> Option<(Box<str>, Box<str>)> {
        const TOLD: [&[u8]; 2] = [b"last-applied-configuration", b"mtlsctl"];
        if self.relevance.holds_beside("Secret", body)
            || TOLD.iter().any(|word| memmem::find(body.as_bytes(), word).is_some())
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
        let namespace = metadata.set_at("namespace")?.text()?;
        let name = metadata.set_at("name")?.text()?;
        let is_plain = Object::is_allowed_name(&name) && Object::is_allowed_name(&namespace);
        is_plain.then(|| (name.value.into(), namespace.value.into()))
    }
}

/// What becomes of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Nothing stands in it.
    Empty,
    /// It is passed over by its words.
    Unread,
    /// It is a Secret that nobody names.
    Read,
}

impl Keep for Keeper {
    fn extract(&self, name: &str, text: &str) -> Option<Extract> {
        let slices = split(text);
        if !is_usual(text, &slices) || Kustomizations::may_stand_in(name, text) {
            return None;
        }
        let mut extract = Extract::default();
        // The documents since the last one that is kept, and where that ends.
        let mut gap: Vec<(Slice, Fate)> = Vec::new();
        let mut kept = 0;
        for slice in slices {
            let body = &text[slice.start..slice.end];
            let is_empty = body.trim_ascii().is_empty();
            let fate = if is_empty { Fate::Empty } else { self.judge(body, &mut extract) };
            if fate == Fate::Kept {
                kept = leave_out(text, kept, &gap, &mut extract);
                gap.clear();
            } else {
                gap.push((slice, fate));
            }
        }
        kept = leave_out(text, kept, &gap, &mut extract);
        extract.keep(&text[kept..]);
        Some(extract.fitted())
    }

    fn reconsider(&mut self, read: &[Source]) -> Vec<usize> {
        let large: HashSet<&str> =
            read.iter().flat_map(|one| &one.passed_over.names).map(AsRef::as_ref).collect();
        if !large.is_empty() {
            self.wanted = wanted(&large, read);
        }
        // Texts that are kept whole were not looked at before.
        let is_called = *self.is_called.get_mut()
            || read.par_iter().any(|source| self.relevance.calls(&source.text));
        *self.is_called.get_mut() = is_called;
        let concerns = |source: &Source| {
            let passed_over = &source.passed_over;
            (is_called && passed_over.is_deferred)
                || passed_over.names.iter().any(|name| self.wanted.contains(name))
        };
        (0..read.len()).filter(|&index| concerns(&read[index])).collect()
    }
}

/// Which of these names stand in what is held; all of them, where names may be spelt otherwise.
fn wanted(names: &HashSet<&str>, read: &[Source]) -> HashSet<Box<str>> {
    if read.par_iter().any(|source| may_spell_name(&source.text)) {
        return names.iter().copied().map(Box::from).collect();
    }
    let named = read.par_iter().flat_map_iter(|source| {
        words_of(&source.text).filter(|word| names.contains(word)).map(Box::from)
    });
    named.collect()
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.')
}

/// Everything in a text that may be a name: words, without the letter of an escape before them
/// (`\tname`), and what stands before each of their dots, since `NAME.NAMESPACE` names a Secret, too.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    let words = text.split(|c| !is_name_part(c)).flat_map(move |word| {
        let start = at;
        at += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let escaped = text[..start].ends_with('\\').then(|| word.get(1..)).flatten();
        [Some(word), escaped]
    });
    words.flatten().flat_map(|word| {
        let dots = memchr::memchr_iter(b'.', word.as_bytes()).map(|dot| &word[..dot]);
        std::iter::once(word).chain(dots)
    })
}

/// Whether a text may name a Secret in other letters than its own: by escapes, or by a variable in
/// an object that can name one.
fn may_spell_name(text: &str) -> bool {
    let names_secrets = |body: &str| {
        ["TLSContext", "Host", "Module"].iter().any(|kind| body.contains(kind))
            && body.contains('$')
    };
    Relevance::may_spell(text)
        || (text.contains('$')
            && split(text).iter().any(|slice| names_secrets(&text[slice.start..slice.end])))
}

fn note(known: &mut Vec<Box<str>>, name: &str) {
    if !known.iter().any(|known| &**known == name) {
        known.push(name.into());
    }
}

/// Whether a text is a plain stream of documents, which may be cut between them.
fn is_usual(text: &str, slices: &[Slice]) -> bool {
    !text.trim_start().starts_with(['\u{feff}', '{'])
        && slices.iter().all(|slice| {
            let body = &text[slice.start..slice.end];
            slice.kind == SliceKind::Proper
                && !body.starts_with('\u{feff}')
                && directive_in(body).is_none()
        })
}

/// Cuts documents out of a text if they are long together, and keeps what stands before them; how
/// far the text has been dealt with.
fn leave_out(text: &str, from: usize, gap: &[(Slice, Fate)], extract: &mut Extract) -> usize {
    let (Some((first, _)), Some((last, _))) = (gap.first(), gap.last()) else { return from };
    let lines = &text[first.start..last.end];
    let breaks = memchr::memchr_iter(b'\n', lines.as_bytes());
    if lines.len() < MIN_CUT_BYTES || breaks.take(MIN_CUT_LINES).count() < MIN_CUT_LINES {
        return from;
    }
    extract.keep(&text[from..first.start]);
    let passed_over = &mut extract.passed_over;
    for (slice, fate) in gap {
        passed_over.documents += usize::from(*fate != Fate::Empty);
        if *fate == Fate::Unread {
            for namespace in namespaces_in(&text[slice.start..slice.end]) {
                note(&mut passed_over.namespaces, namespace);
            }
        }
    }
    extract.cut(lines);
    last.end
}

/// Where a directive begins (`%YAML`), with which a document that is cut off at `---` may start.
pub(crate) fn directive_in(text: &str) -> Option<usize> {
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
pub(crate) fn namespaces_in(body: &str) -> impl Iterator<Item = &str> {
    const KEY: &str = "namespace";
    memmem::find_iter(body.as_bytes(), KEY).filter_map(|at| {
        let rest = body[at + KEY.len()..].trim_start_matches(['"', '\'', ' ']);
        let value = rest.strip_prefix(':')?.trim_start_matches([' ', '"', '\'']);
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name = &value[..value.find(|c| !is_part(c)).unwrap_or(value.len())];
        (!name.is_empty()).then_some(name)
    })
}
