//! Joins the resources of several texts, also after a few of them changed.

use std::sync::Arc;

use crate::document::{Located, Text};
use crate::resource::kustomize::{Build, Kustomizations};
use crate::source::{Source, Sources};

use super::documents::Documents;
use super::file::FileResources;
use super::read::Manner;
use super::release::ReleaseFacts;
use super::resources::Resources;

/// The resources of some texts as they were joined earlier.
#[derive(Debug, Clone, Copy)]
pub struct Joined<'j> {
    /// The documents then.
    pub documents: &'j Documents,
    /// The joined texts.
    pub texts: &'j Sources,
    /// The release they were joined for.
    pub release: ReleaseFacts,
    /// The result.
    pub resources: &'j Resources,
}

/// Up to this many changed texts are exchanged one by one; with more, all are joined again.
const FEW: usize = 8;

impl Documents {
    /// The builds of kustomizations that share files, each with its texts in order; empty if no two
    /// builds share one.
    pub fn builds(&self, texts: &Sources) -> Vec<Build> {
        let kustomizations = texts.ids().iter().map(|id| &*self.files[id.index()].kustomizations);
        Kustomizations::of(kustomizations).builds(texts)
    }

    /// Joins the resources of these texts in order. Patches of a kustomization among them are left
    /// out as partial objects, and its namespace applies to the files that it lists.
    ///
    /// Files are read for the newest release of Emissary. For a release that treats documents
    /// differently, files with Ambassador objects are read again.
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

    /// Like [`Self::join`], but reuses an earlier result if only few texts changed. Not with
    /// kustomizations, which affect other files, nor with bare documents, which have the namespace
    /// of the Ambassador that read them then.
    pub fn join_after(
        &self,
        then: Joined<'_>,
        texts: &Sources,
        release: ReleaseFacts,
    ) -> Resources {
        self.exchanged(then, texts, release).unwrap_or_else(|| self.join(texts, release))
    }

    fn exchanged(
        &self,
        then: Joined<'_>,
        texts: &Sources,
        release: ReleaseFacts,
    ) -> Option<Resources> {
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

    /// Adds the resources of a text.
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
