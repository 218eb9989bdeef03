//! What the input is complete for: whether a missing object is absent, or only outside the input.

use crate::resource::Resources;

/// What is known about objects of a kind that are not in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// The input has all of them: a missing one does not exist.
    Complete,
    /// The API server refused to list them.
    Forbidden,
    /// The caller says that they exist elsewhere.
    Elsewhere,
    /// They may exist elsewhere, since the input has no object of that kind.
    Unknown,
}

/// What an input is complete for; by default, everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Horizon {
    /// Whether kinds without any object in the input may be kept elsewhere, as in a repository
    /// without Secrets.
    is_open: bool,
    /// Completeness by kind, in one namespace or in all; the last match wins.
    known: Vec<(String, Option<String>, Completeness)>,
}

impl Horizon {
    /// The horizon of files: kinds without any object may be kept elsewhere.
    pub fn of_files() -> Self {
        Self { is_open: true, known: Vec::new() }
    }

    /// Adds what is known about a kind, in one namespace or in all.
    #[must_use]
    pub fn knowing(mut self, kind: &str, namespace: Option<&str>, what: Completeness) -> Self {
        self.known.push((kind.to_owned(), namespace.map(str::to_owned), what));
        self
    }

    /// The horizon of a cluster: it is complete except for what is known otherwise.
    #[must_use]
    pub fn of_cluster(self) -> Self {
        Self { is_open: false, ..self }
    }

    /// The horizon of a part of an input: kinds that the whole input has are not kept elsewhere.
    #[must_use]
    pub fn of_part(self, whole: &Resources) -> Self {
        let kinds = ["Secret", "TLSContext", "Host", "ConsulResolver"];
        let held = kinds.into_iter().filter(|kind| self.is_open && holds_any(whole, kind));
        let held: Vec<&str> = held.collect();
        held.into_iter().rev().fold(self, |mut horizon, kind| {
            // Earlier statements take precedence.
            horizon.known.insert(0, (kind.to_owned(), None, Completeness::Complete));
            horizon
        })
    }

    /// Whether the resources have all objects of a kind in a namespace.
    pub(crate) fn completeness(
        &self,
        resources: &Resources,
        kind: &str,
        namespace: &str,
    ) -> Completeness {
        let fits = |(known, within, _): &&(String, Option<String>, Completeness)| {
            known == kind && within.as_ref().is_none_or(|within| within == namespace)
        };
        match self.known.iter().rev().find(fits) {
            Some((.., what)) => *what,
            None if self.is_open && !holds_any(resources, kind) => Completeness::Unknown,
            None => Completeness::Complete,
        }
    }
}

/// Whether the input has objects of a kind. For Secrets, only entries that contexts use count.
fn holds_any(resources: &Resources, kind: &str) -> bool {
    let refused = || resources.refusals.iter().any(|refusal| refusal.object.kind == kind);
    match kind {
        "Secret" => resources.holds_certificates() || refused(),
        "TLSContext" => {
            let modules = &resources.modules;
            let legacy = modules.iter().any(|module| !module.legacy_contexts.is_empty());
            !resources.contexts.is_empty() || legacy || refused()
        }
        "Host" => !resources.hosts.is_empty() || refused(),
        kind if kind.ends_with("Resolver") => !resources.resolvers.is_empty() || refused(),
        _ => true,
    }
}
