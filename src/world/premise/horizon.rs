//! What the input is complete about: whether an object that it lacks is absent, or only unseen.

use crate::resource::Resources;

/// What is known about objects of a kind that the input does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// The input holds all there are: what it lacks is not there.
    Complete,
    /// Nobody was allowed to look.
    Forbidden,
    /// The caller says that it lives elsewhere.
    Elsewhere,
    /// They may be kept elsewhere, since the input holds none of that kind at all.
    Unknown,
}

/// What an input is complete about. By default, about everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Horizon {
    /// Whether kinds of which the input holds no object are kept elsewhere, as in a repository
    /// without Secrets.
    is_open: bool,
    /// What is known of a kind, in one namespace or in all; the last that fits counts.
    known: Vec<(String, Option<String>, Completeness)>,
}

impl Horizon {
    /// That of files: kinds of which they hold no object may be kept elsewhere.
    pub fn of_files() -> Self {
        Self { is_open: true, known: Vec::new() }
    }

    /// With what is known about a kind, in one namespace or in all.
    #[must_use]
    pub fn knowing(mut self, kind: &str, namespace: Option<&str>, what: Completeness) -> Self {
        self.known.push((kind.to_owned(), namespace.map(str::to_owned), what));
        self
    }

    /// That of a cluster: it holds all there are, but for what is known otherwise.
    #[must_use]
    pub fn of_cluster(self) -> Self {
        Self { is_open: false, ..self }
    }

    /// The same for a part of an input: a kind that the whole holds objects of is not kept elsewhere.
    #[must_use]
    pub fn of_part(self, whole: &Resources) -> Self {
        let kinds = ["Secret", "TLSContext", "Host", "ConsulResolver"];
        let held = kinds.into_iter().filter(|kind| self.is_open && holds_any(whole, kind));
        let held: Vec<&str> = held.collect();
        held.into_iter().rev().fold(self, |mut horizon, kind| {
            // What was said before goes first.
            horizon.known.insert(0, (kind.to_owned(), None, Completeness::Complete));
            horizon
        })
    }

    /// Whether the resources hold all objects of a kind in a namespace.
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

/// Whether the input holds objects of a kind; Secrets count by what contexts need of them.
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
