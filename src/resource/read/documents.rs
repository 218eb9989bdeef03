//! Everything that was read, file by file: the ground that several worlds can stand on.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Arc;

use rayon::prelude::*;
use zeroize::Zeroizing;

use crate::document::{Glance, Located, Relevance, Text};
use crate::resource::kustomize::{Build, Kustomization, Kustomizations};
use crate::source::{
    Extract, FoundFile, Listing, SourceOrigin, Selection, Shelves, Source, SourceId, Sources, Span,
    Unreadable, list, read_each,
};

use super::file::{FileResources, Found};
use super::ingest::Ingest;
use super::keep::Keeper;
use super::read::Manner;
use super::release::ReleaseFacts;
use super::resources::Resources;

/// Texts, and what each of them holds. Copies share both, so that a changed copy costs no more
/// than what changed.
#[derive(Debug, Clone)]
pub struct Documents {
    sources: Arc<Sources>,
    /// By id.
    files: Shelves<File>,
    ingest: Ingest,
    relevance: Relevance,
    /// Whether documents that only matter where others call for them do.
    is_called: bool,
}

/// What some texts held together, by what was read of them then.
#[derive(Debug, Clone, Copy)]
pub struct Joined<'j> {
    /// What was read.
    pub documents: &'j Documents,
    /// The texts that were joined.
    pub texts: &'j Sources,
    /// For which release.
    pub release: ReleaseFacts,
    /// What they held.
    pub resources: &'j Resources,
}

/// How many texts that changed are exchanged one by one; with more, all are joined anew.
const FEW: usize = 8;

/// One text, read.
#[derive(Debug, Default)]
struct File {
    glance: Glance,
    kustomizations: Vec<Kustomization>,
    resources: FileResources,
}

/// How texts are read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// How manifests reach Ambassador.
    pub ingest: Ingest,
    /// Which documents can matter.
    pub relevance: Relevance,
    /// Whether long documents that cannot matter are held in memory too: fixes, hashes of lines and
    /// editors take whole texts.
    pub is_whole: bool,
    /// Tells texts that are no manifests, whatever they are called; asked only of files that a
    /// folder holds.
    pub passes_over: fn(&str) -> bool,
    /// What was read before: what is still the same text in the same place is taken from there.
    pub before: Option<Documents>,
}

impl Documents {
    /// Reads everything that a selection names; what cannot be read is told beside it.
    ///
    /// # Errors
    /// A sentence, when an exclude glob cannot be understood.
    pub fn gather(
        selection: &Selection,
        input: &mut dyn Read,
        reading: &Reading,
    ) -> Result<(Self, Vec<Unreadable>), String> {
        Self::gather_with(Vec::new(), selection, input, reading)
    }

    /// The same with texts that are there already, such as the objects of a cluster.
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
        // The file behind each text; standard input has none.
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
                // It is another file by now; the first reading stands.
                Ok(None) => {}
                Err(reason) => unreadable.push(reason),
            }
        }
        Ok((Self::of(sources, glances, reading), unreadable))
    }

    /// Reads texts that are there already.
    pub fn read(sources: Sources, ingest: Ingest, relevance: &Relevance) -> Self {
        let relevance = relevance.clone();
        let passes_over = |_: &str| false;
        let reading = Reading { ingest, relevance, is_whole: true, passes_over, before: None };
        let ids = sources.ids().par_iter();
        let glances = ids.map(|id| Glance::at(&sources.get(*id).text, &reading.relevance));
        let glances = glances.collect();
        Self::of(sources, glances, &reading)
    }

    /// Texts in order, each with what was seen at a glance.
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

    /// What was read of a text, if it is here with the same id.
    fn file_of(&self, source: &Source, glance: &Glance) -> Option<Arc<File>> {
        if source.id.index() >= self.sources.ids_ever() || !self.sources.counts(source.id) {
            return None;
        }
        let file = &self.files[source.id.index()];
        let is_same = self.sources.get(source.id).reads_like(source) && file.glance == *glance;
        is_same.then(|| Arc::clone(file))
    }

    /// Puts a text in the place of what its origin gave before, or among the others. Only this text
    /// is read, unless it is the first that makes others matter, or was the last.
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

    /// Takes a text out. Its id stays its own, should it come back.
    pub fn remove(&mut self, id: SourceId) {
        Arc::make_mut(&mut self.sources).remove(id);
        if self.calls(id) {
            self.settle_calls();
        }
    }

    /// Whether a text calls for others.
    fn calls(&self, id: SourceId) -> bool {
        self.files[id.index()].glance.calls
    }

    /// Takes objects of a cluster out that a file defines: as if the file were applied.
    pub fn lay_files_over(&mut self) {
        let sources = Arc::clone(&self.sources);
        let of_cluster = |id: SourceId| match &sources.get(id).origin {
            SourceOrigin::Cluster { object, .. } => Some(object.as_str()),
            _ => None,
        };
        let all = self.join(&sources, ReleaseFacts::default());
        let defined: HashSet<String> = all
            .objects()
            .filter(|object| of_cluster(object.name.span.source).is_none())
            .map(|object| {
                format!("{}/{}/{}", object.kind.value, object.namespace(), object.name.value)
            })
            .collect();
        for &id in sources.ids() {
            if of_cluster(id).is_some_and(|object| defined.contains(object)) {
                self.remove(id);
            }
        }
    }

    /// Reads again what matters no longer, or now, because of what another text calls for.
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

    /// The same reading over other texts with the same ids: those that did not change are not read
    /// again.
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

    /// The builds of kustomizations that share files, each with its texts in order; empty where no
    /// two of them do.
    pub fn builds(&self, texts: &Sources) -> Vec<Build> {
        let kustomizations = texts.ids().iter().map(|id| &*self.files[id.index()].kustomizations);
        Kustomizations::of(kustomizations).builds(texts)
    }

    /// Where reading a text breaks off, so that a part of it counts for nothing: by byte.
    ///
    /// Templates do not count: nobody will fix them.
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

    fn manner(&self) -> Manner {
        manner(self.ingest, &self.relevance, self.is_called)
    }

    /// How manifests reach Ambassador.
    pub fn ingest(&self) -> Ingest {
        self.ingest
    }

    /// Everything that these texts hold together, in their order: patches of a kustomization among
    /// them are parts of objects, and its namespace holds for what it lists.
    ///
    /// Files are read for the newest release of Emissary. For one that takes documents otherwise, what
    /// holds some of Ambassador's is read again.
    pub fn join(&self, texts: &Sources, release: ReleaseFacts) -> Resources {
        let kustomizations = texts.ids().iter().map(|id| &*self.files[id.index()].kustomizations);
        let kustomizations = Kustomizations::of(kustomizations);
        let mut all = Resources {
            promises: kustomizations.promises().into_iter().map(Arc::new).collect(),
            is_kustomized: kustomizations.are_any(),
            may_relabel: kustomizations.may_relabel(),
            image_tags: kustomizations.image_tags(),
            unapplied_patches: kustomizations.unapplied(texts),
            renamings: kustomizations.renamings(),
            ..Resources::default()
        };
        for source in texts.iter() {
            let is_patch = kustomizations.is_patch(source);
            let namespace = kustomizations.namespace(source);
            self.add(source, release, &mut all, is_patch, namespace.as_ref());
        }
        all
    }

    /// The same as [`Self::join`], with what was joined before where only few of the texts changed. Not
    /// with kustomizations, which reach into other files, nor with bare documents, which have the
    /// namespace of the Ambassador that read them then.
    pub fn join_after(&self, then: Joined<'_>, texts: &Sources, release: ReleaseFacts) -> Resources {
        self.exchanged(then, texts, release).unwrap_or_else(|| self.join(texts, release))
    }

    fn exchanged(&self, then: Joined<'_>, texts: &Sources, release: ReleaseFacts) -> Option<Resources> {
        let Joined { documents, texts: old_texts, resources: old, release: old_release } = then;
        if old_release != release
            || old.is_kustomized
            || old.is_settled
            || texts.ids() != old_texts.ids()
        {
            return None;
        }
        let changed = self.files.changed_since(&documents.files).take(FEW + 1);
        let changed: Vec<usize> = changed.collect();
        if changed.len() > FEW {
            return None;
        }
        let mut all = old.clone();
        let counted = changed.into_iter().filter(|at| texts.counts(texts.by_index(*at).id));
        for at in counted {
            let source = texts.by_index(at);
            let (file, old_file) = (&self.files[at], &documents.files[at]);
            if !file.kustomizations.is_empty()
                || file.resources.unread_namespaces != old_file.resources.unread_namespaces
            {
                return None;
            }
            let mut part = Resources::default();
            self.add(source, release, &mut part, false, None);
            let gone = &old_file.resources;
            all.documents = all.documents - gone.documents + part.documents;
            all.skipped = all.skipped - gone.skipped + part.skipped;
            all.broken = all.broken - gone.broken + part.broken;
            all.exchange(source.id, part, texts);
        }
        Some(all)
    }

    /// Adds what a text holds.
    fn add(
        &self,
        source: &Source,
        release: ReleaseFacts,
        all: &mut Resources,
        is_patch: bool,
        namespace: Option<&Located<Text>>,
    ) {
        let file = &self.files[source.id.index()];
        if release == ReleaseFacts::default() || !file.resources.depends_on_release() {
            return file.resources.join(all, is_patch, namespace);
        }
        let manner = Manner { release, ..self.manner() };
        FileResources::read(source, &file.glance, manner).join(all, is_patch, namespace);
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

/// How files are read at first: for the newest release.
fn manner(ingest: Ingest, relevance: &Relevance, is_called: bool) -> Manner {
    let is_strict = relevance.is_everything();
    Manner { ingest, release: ReleaseFacts::default(), is_called, is_strict }
}

impl Reading {
    /// What is kept of a file, and what it holds at a glance; nothing, if it is no manifest.
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
        // What can be read once only is kept whole.
        let is_cut = again && !self.is_whole;
        Some(if is_cut { keeper.cut(&file.path, text) } else { keeper.whole(text) })
    }
}
