//! Whether Ambassador watches an object.

use crate::resource::{DEFAULT_NAMESPACE, Labels, Object, ObjectOrigin, Promise};

use super::installation::Installation;

/// What keeps an object from being watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restriction {
    /// `AMBASSADOR_SINGLE_NAMESPACE`.
    Namespace,
    /// `AMBASSADOR_LABEL_SELECTOR`.
    Labels,
    /// `AMBASSADOR_FIELD_SELECTOR`.
    Fields,
}

/// Whether an object is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// It is watched, as far as the input shows.
    Yes,
    /// It is not watched: it does not exist for this Ambassador.
    No(Restriction),
    /// The restriction may exclude it, but the input does not state a namespace.
    Unknown(Restriction),
}

impl Installation {
    /// Whether Ambassador watches an object of the input; for an object in an annotation, the
    /// annotated object.
    pub(crate) fn watches(&self, object: &Object) -> Watched {
        match &object.origin {
            ObjectOrigin::Manifest => {
                let said = object.namespace.is_some();
                self.judge(object.namespace(), &object.name, said, Some(&object.labels))
            }
            ObjectOrigin::Annotation(annotation) => {
                let parent = &annotation.parent;
                let said = self.is_said(&parent.namespace);
                self.judge(&parent.namespace, &parent.name, said, None)
            }
            ObjectOrigin::File(_) => Watched::Yes,
        }
    }

    /// Whether Ambassador watches a Secret, given the Secret in the input or the labels that its
    /// creator will set.
    pub(crate) fn watches_secret(
        &self,
        namespace: &str,
        name: &str,
        own: Option<&Object>,
        made: Option<&Promise>,
    ) -> Watched {
        let said = own.map_or(self.is_said(namespace), |own| own.namespace.is_some());
        let of_maker = || made.and_then(|made| made.labels.as_ref());
        self.judge(namespace, name, said, own.map(|own| &own.labels).or_else(of_maker))
    }

    fn is_said(&self, namespace: &str) -> bool {
        namespace != DEFAULT_NAMESPACE || !self.watch.leaves_namespaces_out
    }

    fn judge(&self, namespace: &str, name: &str, said: bool, labels: Option<&Labels>) -> Watched {
        if !self.watch.is_there {
            return Watched::Yes;
        }
        let elsewhere = self.single_namespace && namespace != self.namespace;
        if elsewhere && said && self.watch.namespace_is_stated {
            return Watched::No(Restriction::Namespace);
        }
        let otherwise = match elsewhere {
            true => Watched::Unknown(Restriction::Namespace),
            false => Watched::Yes,
        };
        // For custom resources the API server supports no other field.
        let field = |key: &str| match key {
            "metadata.namespace" => said.then_some(Some(namespace)),
            "metadata.name" => Some(Some(name)),
            _ => None,
        };
        if self.watch.fields.as_ref().and_then(|fields| fields.fits(field)) == Some(false) {
            return Watched::No(Restriction::Fields);
        }
        let (Some(selector), Some(labels)) = (&self.watch.labels, labels) else {
            return otherwise;
        };
        let label = |key: &str| {
            let own = labels.iter().find(|(own, _)| *own == key);
            (!self.watch.may_relabel).then(|| own.map(|(_, value)| value))
        };
        match selector.fits(label) {
            Some(false) => Watched::No(Restriction::Labels),
            _ => otherwise,
        }
    }
}
