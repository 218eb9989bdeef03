//! Kustomizations: which files are patches, the final namespace of objects, and generated Secrets.
//!
//! Nothing is built here. If several overlays share a base, each is a build of its own, and what
//! differs between them stays undecided.

mod generator;
mod kustomization;
mod patch;
mod renaming;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::document::{Located, Text};
use crate::source::{Source, SourceId, Sources, Span};

use super::object::Object;
use crate::resource::others::Promise;
pub use kustomization::ImageTag;
pub(super) use kustomization::{GROUP, Kustomization};
pub use renaming::Renaming;

/// Maximum nesting of overlays.
const MAX_DEPTH: usize = 32;

/// Patches that change objects Ambassador reads, and that mtlsctl does not apply.
#[derive(Debug, Clone)]
pub struct UnappliedPatches {
    /// The kustomization, by its folder.
    pub by: Object,
    /// The list with the first of them.
    pub place: Span,
    /// How many there are.
    pub count: usize,
}

/// The build of a kustomization that no other one lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Its folder.
    pub folder: String,
    /// Every text that it reads, including its own, in source order.
    pub texts: Vec<SourceId>,
}

/// What the kustomizations of the input mean for its files.
#[derive(Debug, Default)]
pub(super) struct Kustomizations<'k> {
    all: Vec<&'k Kustomization>,
    patches: HashSet<&'k str>,
    /// The kustomizations that list a file or folder.
    listed_by: HashMap<&'k str, Vec<usize>>,
}

impl<'k> Kustomizations<'k> {
    /// Collects the kustomizations of some files.
    pub(super) fn of(files: impl Iterator<Item = &'k [Kustomization]>) -> Self {
        let mut read = Self { all: files.flatten().collect(), ..Self::default() };
        for (index, kustomization) in read.all.iter().enumerate() {
            read.patches.extend(kustomization.patches.iter().filter_map(|one| one.path.as_deref()));
            for path in &kustomization.resources {
                let listed = read.listed_by.entry(path).or_default();
                // A folder counts once even if two documents of a file list it.
                if !listed.contains(&index) {
                    listed.push(index);
                }
            }
        }
        read
    }

    /// The builds that share a file with another one.
    pub(super) fn builds(&self, texts: &Sources) -> Vec<Build> {
        if self.all.len() < 2 {
            return Vec::new();
        }
        let by_path: HashMap<Cow<'_, str>, SourceId> =
            texts.iter().map(|source| (source.path_in_tree(), source.id)).collect();
        let mut by_folder: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, one) in self.all.iter().enumerate() {
            by_folder.entry(&one.folder).or_default().push(index);
        }
        let outermost = by_folder
            .keys()
            .copied()
            .filter(|folder| self.listed_by.get(folder).is_none_or(Vec::is_empty));
        let mut builds: Vec<(&str, HashSet<SourceId>)> =
            outermost.map(|folder| (folder, self.reach(folder, &by_folder, &by_path))).collect();
        builds.sort_by_key(|(folder, _)| *folder);
        let mut readers: HashMap<SourceId, usize> = HashMap::new();
        for id in builds.iter().flat_map(|(_, reached)| reached) {
            *readers.entry(*id).or_default() += 1;
        }
        builds.retain(|(_, reached)| reached.iter().any(|id| readers[id] > 1));
        let build = |(folder, reached): (&str, HashSet<SourceId>)| Build {
            folder: if folder.is_empty() { "." } else { folder }.to_owned(),
            texts: texts.ids().iter().filter(|id| reached.contains(id)).copied().collect(),
        };
        builds.into_iter().map(build).collect()
    }

    /// Every text that a build of this folder reads.
    fn reach(
        &self,
        folder: &'k str,
        by_folder: &HashMap<&'k str, Vec<usize>>,
        by_path: &HashMap<Cow<'_, str>, SourceId>,
    ) -> HashSet<SourceId> {
        let mut reached = HashSet::new();
        let (mut open, mut seen) = (vec![folder], HashSet::from([folder]));
        while let Some(folder) = open.pop() {
            for own in by_folder.get(folder).into_iter().flatten().map(|&at| self.all[at]) {
                reached.insert(own.object.name.span.source);
                let patches = own.patches.iter().filter_map(|patch| patch.path.as_deref());
                for path in own.resources.iter().map(String::as_str).chain(patches) {
                    reached.extend(by_path.get(path));
                    if by_folder.contains_key(path) && seen.insert(path) {
                        open.push(path);
                    }
                }
            }
        }
        reached
    }

    /// Whether a file is a patch: partial objects to be merged into others.
    pub(super) fn is_patch(&self, source: &Source) -> bool {
        !self.patches.is_empty() && self.patches.contains(&*source.path_in_tree())
    }

    /// The image tags that they set.
    pub(super) fn image_tags(&self) -> Vec<ImageTag> {
        self.all.iter().flat_map(|one| one.images.iter().cloned()).collect()
    }

    /// Whether there is any.
    pub(super) fn are_any(&self) -> bool {
        !self.all.is_empty()
    }

    /// Whether any of them may add labels to objects.
    pub(super) fn may_relabel(&self) -> bool {
        self.all.iter().any(|one| one.may_relabel)
    }

    /// The namespace that a build gives all objects of a file; `None` if no kustomization sets one
    /// or several builds may differ.
    pub(super) fn namespace(&self, source: &Source) -> Option<Located<Text>> {
        if self.listed_by.is_empty() {
            return None;
        }
        let [index] = self.listed_by.get(&*source.path_in_tree())?[..] else { return None };
        self.climb(index, 0).ok().flatten()
    }

    /// The namespace of the outermost kustomization that names one.
    fn climb(&self, index: usize, depth: usize) -> Result<Option<Located<Text>>, ()> {
        let own = self.all[index];
        if depth > MAX_DEPTH {
            return Err(());
        }
        let outer = match self.listed_by.get(own.folder.as_str()).map(Vec::as_slice) {
            None | Some([]) => None,
            Some(&[outer]) => self.climb(outer, depth + 1)?,
            Some(_) => return Err(()),
        };
        Ok(outer.or_else(|| own.namespace.clone()))
    }

    /// The unapplied patches that concern Ambassador, one item per kustomization.
    pub(super) fn unapplied(&self, sources: &Sources) -> Vec<UnappliedPatches> {
        let in_files: HashSet<Cow<'_, str>> = sources
            .iter()
            .filter(|source| self.is_patch(source) && is_about_ours(source))
            .map(Source::path_in_tree)
            .collect();
        let of_one = |kustomization: &&Kustomization| {
            let ours: Vec<Span> = kustomization
                .patches
                .iter()
                .filter(|one| {
                    one.is_ours
                        || one.path.as_ref().is_some_and(|path| in_files.contains(path.as_str()))
                })
                .map(|one| one.place)
                .collect();
            let by = kustomization.object.clone();
            Some(UnappliedPatches { by, place: *ours.first()?, count: ours.len() })
        };
        self.all.iter().filter_map(of_one).collect()
    }

    /// The kustomizations that rename their objects.
    pub(super) fn renamings(&self) -> Vec<Renaming> {
        let may_be_followed = self.all.iter().any(|one| one.follows_names);
        let renaming = |one: &&Kustomization| {
            let place = one.prefix.as_ref().or(one.suffix.as_ref())?.span;
            let text = |field: &Option<Located<Text>>| {
                field.as_ref().map(|field| field.value.clone()).unwrap_or_default()
            };
            let (prefix, suffix) = (text(&one.prefix), text(&one.suffix));
            let (by, files) = (one.object.clone(), self.below(one));
            let (prefix, suffix) = (prefix.to_string(), suffix.to_string());
            Some(Renaming { by, place, prefix, suffix, may_be_followed, files })
        };
        self.all.iter().filter_map(renaming).collect()
    }

    /// The files that a kustomization reads directly or through others, including the
    /// kustomizations themselves.
    fn below(&self, top: &Kustomization) -> HashSet<String> {
        let mut files = HashSet::from([top.file.clone()]);
        let mut open: Vec<&String> = top.resources.iter().collect();
        while let Some(path) = open.pop() {
            if files.insert(path.clone()) {
                for inner in self.all.iter().filter(|one| one.folder == *path) {
                    files.insert(inner.file.clone());
                    open.extend(&inner.resources);
                }
            }
        }
        files
    }

    /// The Secrets that generators create.
    pub(super) fn promises(&self) -> Vec<Promise> {
        let mut promises = Vec::new();
        let follows_names = self.all.iter().any(|one| one.follows_names);
        for (index, kustomization) in self.all.iter().enumerate() {
            for generator in &kustomization.secrets {
                let namespace = match (&generator.namespace, self.climb(index, 0)) {
                    (_, Ok(Some(outer))) => Some(outer.value),
                    (Some(own), _) => Some(own.value.clone()),
                    (None, Ok(None)) => Some(super::DEFAULT_NAMESPACE.into()),
                    (None, Err(())) => None,
                };
                let mut promise =
                    generator.promise(&kustomization.object, namespace.map(String::from));
                promise.is_hashed &= !follows_names;
                promises.push(promise);
            }
        }
        promises
    }
}

/// Whether a patch file changes objects that affect TLS; true for a Secret whose text was not kept.
fn is_about_ours(source: &Source) -> bool {
    !source.passed_over.names.is_empty() || patch::is_about_ours(source.id, &source.text)
}
