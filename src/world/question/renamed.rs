//! Objects that a kustomization of the input renames.

use std::borrow::Cow;

use crate::resource::Renaming;
use crate::source::Span;
use crate::world::{SecretReference, World};

impl World {
    /// The kustomization that renames both the object at `place` and the TLSContext of that name.
    pub fn context_renaming(&self, place: Span, name: &str) -> Option<&Renaming> {
        self.renaming(place, |renaming| {
            self.resources.contexts.iter().any(|context| {
                context.object.name.value == name
                    && renaming.covers(&self.file(context.object.name.span))
            })
        })
    }

    /// The kustomization that renames both the object at `place` and the Secret it refers to,
    /// whether that comes from a manifest or a generator.
    pub fn secret_renaming(&self, place: Span, reference: &SecretReference) -> Option<&Renaming> {
        let (namespace, name) = (&reference.namespace, &reference.name);
        self.renaming(place, |renaming| {
            let covered = |place: Span| renaming.covers(&self.file(place));
            let manifest = self.secret(namespace, name);
            let mut made = self.resources.promises.iter().filter(|one| one.covers(namespace, name));
            manifest.is_some_and(|secret| covered(secret.object.name.span))
                || made.any(|one| covered(one.secret.span))
        })
    }

    /// Whether a kustomization turns another TLSContext into one of that name.
    pub fn makes_context(&self, name: &str) -> bool {
        self.resources.renamings.iter().any(|renaming| {
            let mut contexts = self.resources.contexts.iter();
            !renaming.may_be_followed
                && contexts.any(|context| {
                    renaming.covers(&self.file(context.object.name.span))
                        && renaming.renamed(&context.object.name.value) == name
                })
        })
    }

    /// The name that kustomizations give the object at `place`.
    pub fn name_built(&self, place: Span, name: &str) -> String {
        let file = self.file(place);
        let renamings = self.resources.renamings.iter().filter(|one| one.covers(&file));
        renamings.fold(name.to_owned(), |name, renaming| renaming.renamed(&name))
    }

    fn renaming(&self, place: Span, renames: impl Fn(&Renaming) -> bool) -> Option<&Renaming> {
        let file = self.file(place);
        let mut renamings = self.resources.renamings.iter();
        renamings.find(|one| !one.may_be_followed && one.covers(&file) && renames(one))
    }

    fn file(&self, place: Span) -> Cow<'_, str> {
        self.sources.get(place.source).path_in_tree()
    }
}
