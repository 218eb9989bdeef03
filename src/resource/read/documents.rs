//! Everything that was read, file by file; several worlds can be built from it.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Arc;

use rayon::prelude::*;
use zeroize::Zeroizing;

use crate::document::{Glance, Relevance};
use crate::resource::kustomize::Kustomization;
use crate::source::{
    Extract, FoundFile, Listing, Selection, Shelves, Source, SourceId, SourceOrigin, Sources, Span,
    Unreadable, list, read_each,
};

use super::file::{FileResources, Found};
use super::ingest::Ingest;
use super::keep::Keeper;
use super::read::Manner;
use super::release::ReleaseFacts;

/// Texts and what was read from them. Clones share both, so changing a clone costs only what
/// changes.
#[derive(Debug, Clone)]
pub struct Documents {
    sources: Arc<Sources>,
    /// By id.
    pub(super) files: Shelves<File>,
    ingest: Ingest,
    relevance: Relevance,
    /// Whether deferred documents are read, because another document calls for them.
    is_called: bool,
}

/// One text with what was read from it.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) glance: Glance,
    pub(super) kustomizations: Vec<Kustomization>,
    pub(super) resources: FileResources,
}

/// How texts are read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// How manifests reach Ambassador.
    pub ingest: Ingest,
    /// Which documents are relevant.
    pub relevance: Relevance,
    /// Whether irrelevant long documents are also kept in memory: fixes, line hashes and editors
    /// need whole texts.
    pub is_whole: bool,
    /// Recognises texts that are not manifests, whatever their name; only called for files found in
    /// a folder.
    pub passes_over: fn(&str) -> bool,
    /// An earlier reading; unchanged texts are taken from it.
    pub before: Option<Documents>,
}

impl Documents {
    /// Reads everything that a selection names; files that cannot be read are reported in the
    /// result.
    ///
    /// # Errors
    /// If an exclude glob is invalid.
    pub fn gather(
        selection: &Selection,
        input: &mut dyn Read,
        reading: &Reading,
    ) -> Result<(Self, Vec<Unreadable>), String> {
        Self::gather_with(Vec::new(), selection, input, reading)
    }

    /// Like [`Self::gather`], with additional texts such as the objects of a cluster.
    ///
    /// # Errors
    /// As [`Self::gather`].
    pub fn gather_with(
        texts: Vec<(SourceOrigin, Zeroizing<String>)>,
        selection: &Selection,
        input: &mut dyn Read,
        reading: &Reading,
    ) -> Result<(Self, Vec<Unreadable>), String> {
        let Listing { files, stdin, mut unreadable } = list(selection, input)?;
        let mut keeper = Keeper::new(&reading.relevance);
        let files: Vec<&FoundFile> = files.iter().collect();
        let taken = read_each(&files, |file, text, again| reading.take(&keeper, file, text, again));
        let mut sources = Sources::default();
        let mut glances = Vec::new();
        // The file of each text; `None` for standard input.
        let mut behind = Vec::new();
        if let Some((origin, text)) = stdin {
            let (extract, glance) = keeper.whole(&text);
            sources.add_extract(origin, extract);
            glances.push(glance);
            behind.push(None);
        }
        for (file, taken) in files.iter().zip(taken) {
            match taken {
                Ok(Some((extract, glance))) => {
                    sources.add_extract(SourceOrigin::File(file.path.clone()), extract);
                    glances.push(glance);
                    behind.push(Some(*file));
                }
                Ok(None) => {}
                Err(reason) => unreadable.push(reason),
            }
        }
        for (origin, text) in texts {
            let (extract, glance) = keeper.whole(&text);
            sources.add_extract(origin, extract);
            glances.push(glance);
            behind.push(None);
        }
        let read: Vec<&Source> = sources.iter().collect();
        let again = keeper.reconsider(&read).into_iter();
        let again: Vec<(usize, &FoundFile)> =
            again.filter_map(|index| Some((index, behind[index]?))).collect();
        let ids = sources.ids().to_vec();
        let files: Vec<&FoundFile> = again.iter().map(|(_, file)| *file).collect();
        let taken = read_each(&files, |file, text, again| reading.take(&keeper, file, text, again));
        for ((index, _), taken) in again.into_iter().zip(taken) {
            match taken {
                Ok(Some((extract, glance))) => {
                    sources.replace(ids[index], extract);
                    glances[index] = glance;
                }
                // The file changed meanwhile; the first reading is used.
                Ok(None) => {}
                Err(reason) => unreadable.push(reason),
            }
        }
        Ok((Self::of(sources, glances, reading), unreadable))
    }

    /// Reads texts in memory.
    pub fn read(sources: Sources, ingest: Ingest, relevance: &Relevance) -> Self {
        let relevance = relevance.clone();
        let passes_over = |_: &str| false;
        let reading = Reading { ingest, relevance, is_whole: true, passes_over, before: None };
        let ids = sources.ids().par_iter();
        let glances = ids.map(|id| Glance::at(&sources.get(*id).text, &reading.relevance));
        let glances = glances.collect();
        Self::of(sources, glances, &reading)
    }

    /// Texts in order, each with the result of its scan.
    fn of(sources: Sources, glances: Vec<Glance>, reading: &Reading) -> Self {
        let is_called = glances.iter().any(|glance| glance.calls);
        let manner = manner(reading.ingest, &reading.relevance, is_called);
        let before = reading.before.as_ref().filter(|before| before.manner() == manner);
        let texts = sources.ids().par_iter().zip(glances);
        let read: Vec<Arc<File>> = texts
            .map(|(id, glance)| {
                let source = sources.get(*id);
                let known = before.and_then(|before| before.file_of(source, &glance));
                known.unwrap_or_else(|| Arc::new(File::read(source, glance, manner)))
            })
            .collect();
        let mut files = vec![Arc::default(); sources.ids_ever()];
        for (id, file) in sources.ids().iter().zip(read) {
            files[id.index()] = file;
        }
        Self {
            sources: Arc::new(sources),
            files: files.into_iter().collect(),
            ingest: reading.ingest,
            relevance: reading.relevance.clone(),
            is_called,
        }
    }

    /// What was read from a text, if it is here with the same id.
    fn file_of(&self, source: &Source, glance: &Glance) -> Option<Arc<File>> {
        if source.id.index() >= self.sources.ids_ever() || !self.sources.counts(source.id) {
            return None;
        }
        let file = &self.files[source.id.index()];
        let is_same = self.sources.get(source.id).reads_like(source) && file.glance == *glance;
        is_same.then(|| Arc::clone(file))
    }

    /// Replaces the text of an origin, or adds it. Only this text is read, unless it is the first
    /// one that calls for deferred documents, or was the last one.
    pub fn put(&mut self, origin: SourceOrigin, text: String) -> SourceId {
        let glance = Glance::at(&text, &self.relevance);
        let called = self.sources.find(&origin).is_some_and(|id| self.calls(id));
        let id = Arc::make_mut(&mut self.sources).put(origin, Extract::whole(text));
        let file = Arc::new(File::read(self.sources.get(id), glance, self.manner()));
        match id.index() < self.files.len() {
            true => self.files.set(id.index(), file),
            false => self.files.push(file),
        }
        if self.calls(id) != called {
            self.settle_calls();
        }
        id
    }

    /// Removes a text. Its id stays reserved for its origin.
    pub fn remove(&mut self, id: SourceId) {
        Arc::make_mut(&mut self.sources).remove(id);
        if self.calls(id) {
            self.settle_calls();
        }
    }

    /// Whether a text calls for deferred documents.
    fn calls(&self, id: SourceId) -> bool {
        self.files[id.index()].glance.calls
    }

    /// Removes cluster objects that a file defines, as if the file were applied.
    pub fn overlay_files(&mut self) {
        let sources = Arc::clone(&self.sources);
        let of_cluster = |id: SourceId| match &sources.get(id).origin {
            SourceOrigin::Cluster { object, .. } => Some(object.as_str()),
            _ => None,
        };
        let all = self.join(&sources, ReleaseFacts::default());
        let defined: HashSet<String> = all
            .objects()
            .filter(|object| of_cluster(object.name.span.source).is_none())
            .map(|object| format!("{}/{}/{}", object.kind, object.namespace(), object.name.value))
            .collect();
        for &id in sources.ids() {
            if of_cluster(id).is_some_and(|object| defined.contains(object)) {
                self.remove(id);
            }
        }
    }

    /// Reads deferred documents again if whether they are called for has changed.
    fn settle_calls(&mut self) {
        let ids = self.sources.ids();
        let is_called = ids.iter().any(|id| self.files[id.index()].glance.calls);
        if is_called == self.is_called {
            return;
        }
        self.is_called = is_called;
        let manner = self.manner();
        for index in 0..self.files.len() {
            let glance = &self.files[index].glance;
            if glance.defers() {
                let file = File::read(self.sources.by_index(index), glance.clone(), manner);
                self.files.set(index, Arc::new(file));
            }
        }
    }

    /// Applies the reading to other texts with the same ids; only changed texts are read again.
    #[must_use]
    pub fn over(&self, texts: Sources) -> Self {
        let mut other = Self { sources: Arc::new(texts), ..self.clone() };
        while other.files.len() < other.sources.ids_ever() {
            other.files.push(Arc::default());
        }
        let changed = |id: &&SourceId| {
            let known = self.sources.ids().contains(id);
            !known || self.sources.get(**id).text != other.sources.get(**id).text
        };
        let changed: Vec<SourceId> = other.sources.ids().iter().filter(changed).copied().collect();
        for id in changed {
            let source = other.sources.get(id);
            let glance = Glance::at(&source.text, &other.relevance);
            let file = File::read(source, glance, other.manner());
            other.files.set(id.index(), Arc::new(file));
        }
        other.settle_calls();
        other
    }

    /// The byte positions at which reading a text stops, so that a part of it is ignored.
    ///
    /// Templates are not included, since nobody will fix them.
    pub fn breaks(&self, id: SourceId) -> Vec<Span> {
        let file = self.files.get(id.index());
        let found = file.map_or(&[][..], |file| &file.resources.found);
        let mut breaks: Vec<Span> = found.iter().filter_map(Found::breaks_at).collect();
        breaks.sort_unstable();
        breaks
    }

    /// The texts, in order.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    pub(super) fn manner(&self) -> Manner {
        manner(self.ingest, &self.relevance, self.is_called)
    }

    /// How manifests reach Ambassador.
    pub fn ingest(&self) -> Ingest {
        self.ingest
    }
}

impl File {
    fn read(source: &Source, glance: Glance, manner: Manner) -> Self {
        Self {
            kustomizations: Kustomization::all_in(source, glance.is_marked),
            resources: FileResources::read(source, &glance, manner),
            glance,
        }
    }
}

/// How files are first read: for the newest release.
fn manner(ingest: Ingest, relevance: &Relevance, is_called: bool) -> Manner {
    let is_strict = relevance.is_everything();
    Manner { ingest, release: ReleaseFacts::default(), is_called, is_strict }
}

impl Reading {
    /// The extract of a file and its scan; `None` if it is not a manifest.
    fn take(
        &self,
        keeper: &Keeper<'_>,
        file: &FoundFile,
        text: &str,
        again: bool,
    ) -> Option<(Extract, Glance)> {
        if !file.named && (self.passes_over)(text) {
            return None;
        }
        // Files that can only be read once are kept whole.
        let is_cut = again && !self.is_whole;
        Some(if is_cut { keeper.cut(&file.path, text) } else { keeper.whole(text) })
    }
}
