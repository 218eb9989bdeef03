//! Decides which parts of a file are kept in memory: relevant documents, and the facts needed about
//! the others.

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::document::{
    Bearing, Field, Glance, Glanced, Relevance, SliceKind, Tree, directive_in, namespaces_in, split,
};
use crate::source::{Extract, Source, SourceId};

use crate::resource::Object;
use crate::resource::kustomize::Kustomization;

/// Irrelevant documents are cut out if they have at least this many bytes together.
const MIN_CUT_BYTES: usize = 512;
/// And at least this many lines: a report frame shows places up to five lines apart together and
/// must not span a cut. The shortest large Secret has seven lines.
const MIN_CUT_LINES: usize = 7;

/// Secrets of at least this size are kept only if another document may name them.
const LARGE_SECRET_BYTES: usize = 1024;

/// Selects the documents to keep by their words; unusual files are kept whole.
#[derive(Debug)]
pub(super) struct Keeper<'r> {
    relevance: &'r Relevance,
    /// Whether a document was seen that calls for deferred documents.
    is_called: AtomicBool,
    /// Names of large Secrets that occur in the kept texts.
    wanted: HashSet<Box<str>>,
}

impl<'r> Keeper<'r> {
    /// Keeps the documents that are relevant.
    pub(super) fn new(relevance: &'r Relevance) -> Self {
        Self { relevance, is_called: AtomicBool::new(false), wanted: HashSet::new() }
    }

    /// Decides whether a document is kept.
    fn judge(&self, document: &Glanced, body: &str, extract: &mut Extract) -> Fate {
        match document.bearing {
            Bearing::Relevant => {}
            Bearing::Deferred if self.is_called.load(Ordering::Relaxed) => return Fate::Kept,
            Bearing::Deferred => {
                extract.passed_over.is_deferred = true;
                return Fate::Irrelevant;
            }
            Bearing::None => return Fate::Irrelevant,
        }
        // Deferred documents are checked first: Secrets are the longest documents, and each scan of
        // one costs time.
        if document.is_plain
            && body.len() >= LARGE_SECRET_BYTES
            && let Some((name, namespace)) = plain_secret(body)
        {
            return match self.wanted.contains(&*name) {
                true => Fate::Kept,
                false => Fate::Unnamed { name, namespace },
            };
        }
        Fate::Kept
    }
}

/// What happens to a document.
enum Fate {
    Kept,
    /// Skipped because it has no relevant words.
    Irrelevant,
    /// A large Secret, left out unless a document names it.
    Unnamed {
        name: Box<str>,
        namespace: Box<str>,
    },
}

impl Keeper<'_> {
    /// Keeps the whole text; returns it with its documents.
    pub(super) fn whole(&self, text: &str) -> (Extract, Glance) {
        (Extract::whole(text.to_owned()), self.glance(text))
    }

    fn glance(&self, text: &str) -> Glance {
        let glance = Glance::at(text, self.relevance);
        if glance.calls {
            self.is_called.store(true, Ordering::Relaxed);
        }
        glance
    }

    /// The kept part of a file's text, with the documents in it.
    pub(super) fn cut(&self, path: &Path, text: &str) -> (Extract, Glance) {
        let mut glance = self.glance(text);
        if !is_usual(text, &glance.documents)
            || Kustomization::may_hold(path, text, glance.is_marked)
        {
            return (Extract::whole(text.to_owned()), glance);
        }
        let mut cutting = Cutting { text, done: 0, missing: 0, gap: Vec::new(), kept: Vec::new() };
        let mut extract = Extract::default();
        for document in std::mem::take(&mut glance.documents) {
            match self.judge(&document, document.body(text), &mut extract) {
                Fate::Kept => {
                    cutting.leave_out(&mut extract);
                    cutting.keep(document);
                }
                fate => cutting.gap.push((document, fate)),
            }
        }
        cutting.leave_out(&mut extract);
        extract.keep(&text[cutting.done..]);
        cutting.kept.shrink_to_fit();
        (extract.fitted(), Glance { documents: cutting.kept, ..glance })
    }

    /// The indices of sources that must be read again because other sources make more of their
    /// documents relevant. Called once, after all were read.
    pub(super) fn reconsider(&mut self, read: &[&Source]) -> Vec<usize> {
        let large: HashSet<&str> =
            read.iter().flat_map(|one| &one.passed_over.names).map(AsRef::as_ref).collect();
        if !large.is_empty() {
            self.wanted = wanted(&large, read);
        }
        let is_called = *self.is_called.get_mut();
        let concerns = |source: &Source| {
            let passed_over = &source.passed_over;
            (is_called && passed_over.is_deferred)
                || passed_over.names.iter().any(|name| self.wanted.contains(name))
        };
        (0..read.len()).filter(|&index| concerns(read[index])).collect()
    }
}

/// Name and namespace of a plain Secret that matters only if something names it: both are valid
/// Kubernetes names, and it has no certificate or key.
fn plain_secret(body: &str) -> Option<(Box<str>, Box<str>)> {
    let tree = Tree::parse_block(SourceId::default(), 0, body)?;
    let root = tree.root().filter(Field::is_mapping)?;
    let is = |key: &str, value: &str| root.set_at(key).is_some_and(|f| f.written() == Some(value));
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
    // It matters to objects without a namespace whether others omit theirs.
    let namespace = metadata.set_at("namespace")?.text()?;
    let name = metadata.set_at("name")?.text()?;
    let is_plain = Object::is_allowed_name(&name) && Object::is_allowed_name(&namespace);
    is_plain.then(|| (name.as_str().into(), namespace.as_str().into()))
}

/// A text while parts of it are cut out.
struct Cutting<'t> {
    text: &'t str,
    /// The position up to which it was processed.
    done: usize,
    /// The number of bytes cut out so far.
    missing: usize,
    /// The documents since the last kept one.
    gap: Vec<(Glanced, Fate)>,
    /// The documents of the kept text, by their position in it.
    kept: Vec<Glanced>,
}

impl Cutting<'_> {
    fn keep(&mut self, document: Glanced) {
        self.kept.push(document.moved(self.missing));
    }

    /// Cuts out the documents of the gap if they are long enough together, and keeps the text
    /// before them.
    fn leave_out(&mut self, extract: &mut Extract) {
        let gap = std::mem::take(&mut self.gap);
        let (Some((first, _)), Some((last, _))) = (gap.first(), gap.last()) else { return };
        let (start, end) = (first.start as usize, last.end as usize);
        let lines = &self.text[start..end];
        let breaks = memchr::memchr_iter(b'\n', lines.as_bytes());
        if lines.len() < MIN_CUT_BYTES || breaks.take(MIN_CUT_LINES).count() < MIN_CUT_LINES {
            gap.into_iter().for_each(|(document, _)| self.keep(document));
            return;
        }
        extract.keep(&self.text[self.done..start]);
        let passed_over = &mut extract.passed_over;
        passed_over.documents += gap.len();
        for (document, fate) in gap {
            match fate {
                // Only here: a Secret kept with its neighbours must not count as naming itself.
                Fate::Unnamed { name, namespace } => {
                    note(&mut passed_over.namespaces, &namespace);
                    passed_over.names.push(name);
                }
                _ => {
                    for namespace in namespaces_in(document.body(self.text)) {
                        note(&mut passed_over.namespaces, namespace);
                    }
                }
            }
        }
        extract.cut(lines);
        self.missing += lines.len();
        self.done = end;
    }
}

/// The names that occur in the kept texts; all of them, if names may be spelt differently.
fn wanted(names: &HashSet<&str>, read: &[&Source]) -> HashSet<Box<str>> {
    if read.par_iter().any(|source| may_spell_name(&source.text)) {
        return names.iter().copied().map(Box::from).collect();
    }
    let form = Form::of(names);
    let named = read.par_iter().flat_map_iter(|source| {
        let words = words_of(&source.text, form.shortest);
        words.filter(|word| form.fits(word) && names.contains(word)).map(Box::from)
    });
    named.collect()
}

/// Common properties of some names, so that most words need no lookup.
struct Form {
    shortest: usize,
    longest: usize,
    /// The bytes that they may start with.
    first: [bool; 256],
}

impl Form {
    fn of(names: &HashSet<&str>) -> Self {
        let mut form = Self { shortest: usize::MAX, longest: 0, first: [false; 256] };
        #[expect(clippy::iter_over_hash_type, reason = "no order comes of it")]
        for name in names {
            form.shortest = form.shortest.min(name.len());
            form.longest = form.longest.max(name.len());
            form.first[usize::from(name.as_bytes().first().copied().unwrap_or_default())] = true;
        }
        form
    }

    fn fits(&self, word: &str) -> bool {
        (self.shortest..=self.longest).contains(&word.len())
            && word.as_bytes().first().is_some_and(|&first| self.first[usize::from(first)])
    }
}

/// The bytes that names consist of.
const IS_NAME_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.');
        byte += 1;
    }
    table
};

/// All potential names in a text of at least `shortest` bytes: words, without the letter of an
/// escape before them (`\tname`), and the part before each of their dots, since `NAME.NAMESPACE`
/// also names a Secret.
fn words_of(text: &str, shortest: usize) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| IS_NAME_PART[usize::from(*byte)];
    let step = shortest.max(1);
    let mut at = 0;
    let words = std::iter::from_fn(move || {
        loop {
            // A word of that length starting here or later includes this byte or a later one.
            let probe = at + step - 1;
            if !is_part(bytes.get(probe)?) {
                at = probe + 1;
                continue;
            }
            let before = bytes[at..probe].iter().rev().position(|byte| !is_part(byte));
            let start = before.map_or(at, |length| probe - length);
            let length = bytes[probe..].iter().position(|byte| !is_part(byte));
            at = length.map_or(bytes.len(), |length| probe + length);
            if at - start >= step {
                let word = &text[start..at];
                let is_escaped = start > 0 && bytes[start - 1] == b'\\';
                return Some([Some(word), is_escaped.then(|| &word[1..])]);
            }
        }
    });
    words.flatten().flatten().flat_map(|word| {
        let dots = memchr::memchr_iter(b'.', word.as_bytes()).map(|dot| &word[..dot]);
        std::iter::once(word).chain(dots)
    })
}

/// Whether a text may name a Secret without spelling its name: by escapes, or by a variable in an
/// object that can name one.
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

/// Whether a text is a plain stream of documents, which can be cut between documents.
fn is_usual(text: &str, documents: &[Glanced]) -> bool {
    !text.trim_start().starts_with(['\u{feff}', '{'])
        && documents.iter().all(|document| {
            let body = document.body(text);
            document.kind == SliceKind::Proper
                && !body.starts_with('\u{feff}')
                && directive_in(body).is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceOrigin, Sources};

    #[test]
    fn a_file_with_only_a_large_secret_is_left_out_and_not_read_again() {
        let head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: blob\n  namespace: shop\n";
        let text = format!("{head}type: Opaque\ndata:\n  blob: {}\n", "QUJD".repeat(1000));
        let relevance = crate::resource::relevance();
        let mut keeper = Keeper::new(&relevance);
        let (extract, _) = keeper.cut(Path::new("blob.yaml"), &text);
        let mut sources = Sources::default();
        let id = sources.add_extract(SourceOrigin::File("blob.yaml".into()), extract);
        let source = sources.get(id);
        assert_eq!(source.text, "");
        assert_eq!(*source.passed_over.names, ["blob".into()]);
        assert!(keeper.reconsider(&[source]).is_empty());
    }

    /// The words of a text, found byte by byte.
    fn all_words(text: &str) -> Vec<&str> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let mut words = Vec::new();
        let mut rest = 0;
        while let Some(start) = text[rest..].find(is_part).map(|at| rest + at) {
            let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |at| start + at);
            let escaped = text[..start].ends_with('\\').then(|| &text[start + 1..end]);
            for word in std::iter::once(&text[start..end]).chain(escaped) {
                words.push(word);
                words.extend(word.match_indices('.').map(|(dot, _)| &word[..dot]));
            }
            rest = end;
        }
        words
    }

    #[test]
    fn every_word_that_is_long_enough_is_found() {
        let pieces = ["a", "bc", "x-y", ".", " ", "\n", "\\", ":", "long-enough", "ä", "9"];
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..20_000 {
            let count = random.usize(0..12);
            let text: String = (0..count).map(|_| pieces[random.usize(0..pieces.len())]).collect();
            for shortest in 0..7 {
                let long = |words: Vec<&str>| -> Vec<String> {
                    let long = words.into_iter().filter(|word| word.len() >= shortest);
                    let mut long: Vec<String> = long.map(str::to_owned).collect();
                    long.sort();
                    long
                };
                let found = long(words_of(&text, shortest).collect());
                assert_eq!(found, long(all_words(&text)), "{text:?} {shortest}");
            }
        }
    }
}
