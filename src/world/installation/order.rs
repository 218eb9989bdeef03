//! Which objects are used, in which order, and under which name.

use std::collections::{HashMap, HashSet};

use crate::document::Text;
use crate::resource::{AmbassadorId, Ingest, Object, ObjectOrigin};

use super::installation::Installation;
use super::superseded::Superseded;
use super::watched::Watched;

/// An object and the name that Emissary files it under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The bare name, or `name.namespace` if an object of another namespace already has it.
    pub name: Text,
    /// Its index among the resources of its kind.
    pub index: usize,
}

/// An object replaced by another one of the same kind, namespace and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shadowed {
    /// Index of the replaced object.
    pub loser: usize,
    /// Index of the one that is kept.
    pub winner: usize,
    /// Whether both are manifests, so that `kubectl apply` itself replaces the first.
    pub by_kubectl: bool,
}

/// Objects of one kind in Emissary's order.
#[derive(Debug, Clone, Default)]
pub struct Storage {
    /// Objects under the names that Emissary files them by.
    pub stored: Vec<Stored>,
    /// Objects that another one replaces.
    pub shadowed: Vec<Shadowed>,
    /// Indices of objects with another `ambassador_id`.
    pub foreign: Vec<usize>,
    /// Indices of objects that Ambassador does not watch.
    pub unwatched: Vec<usize>,
    /// Indices of objects in the annotation of a Service that another manifest replaces.
    pub superseded: Vec<usize>,
}

impl Storage {
    /// Indices of objects that Ambassador ignores.
    pub(crate) fn left_out(&self) -> HashSet<usize> {
        let superseded = self.superseded.iter();
        self.foreign.iter().chain(&self.unwatched).chain(superseded).copied().collect()
    }
}

/// How the objects of each kind except Mappings were filed.
#[derive(Debug, Default)]
pub(crate) struct Storages {
    pub(crate) contexts: Storage,
    pub(crate) hosts: Storage,
    pub(crate) modules: Storage,
    pub(crate) resolvers: Storage,
}

/// How Mappings and the related kinds were filed, and what depends on them.
#[derive(Debug, Default)]
pub(crate) struct Filed {
    pub(crate) mappings: Storage,
    /// Services whose annotation is lost, and the Services that replace them, as indices.
    pub(crate) replaced_services: Vec<(usize, usize)>,
}

/// Files the objects of one kind as `fetcher.sorted` and `Config.safe_store` do.
pub(crate) fn store<'r>(
    objects: impl Iterator<Item = &'r Object>,
    installation: &Installation,
    ingest: Ingest,
    superseded: &Superseded<'_>,
) -> Storage {
    let objects: Vec<&'r Object> = objects.collect();
    let mut storage = Storage::default();
    let mut order: Vec<usize> = Vec::with_capacity(objects.len());
    let mut replaced: HashSet<usize> = HashSet::new();
    let mut applied: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for (index, object) in objects.iter().enumerate() {
        if !is_own(object, installation, ingest) {
            storage.foreign.push(index);
            continue;
        }
        if matches!(installation.watches(object), Watched::No(_)) {
            storage.unwatched.push(index);
            continue;
        }
        if superseded.replaced(object).is_some() {
            storage.superseded.push(index);
            continue;
        }
        if object.origin == ObjectOrigin::Manifest {
            let key = (object.kind.as_str(), object.namespace(), object.name.as_str());
            if let Some(earlier) = applied.insert(key, index) {
                storage.shadowed.push(Shadowed { loser: earlier, winner: index, by_kubectl: true });
                replaced.insert(earlier);
            }
        }
        order.push(index);
    }
    drop(applied);
    order.retain(|index| !replaced.contains(index));
    // Annotations are unfolded with their Service, before any CRD; the sort is stable.
    order.sort_by_cached_key(|&index| {
        let object = objects[index];
        (object.sort_key(), object.origin == ObjectOrigin::Manifest)
    });
    let mut positions: HashMap<Text, usize> = HashMap::with_capacity(order.len());
    storage.stored.reserve_exact(order.len());
    for index in order {
        let object = objects[index];
        let mut name = object.name.value.clone();
        if let Some(&position) = positions.get(&name) {
            let first = storage.stored[position].index;
            if objects[first].namespace() == object.namespace() {
                storage.shadowed.push(Shadowed { loser: first, winner: index, by_kubectl: false });
                storage.stored[position].index = index;
                continue;
            }
            name = format!("{name}.{}", object.namespace()).into();
        }
        match positions.get(&name) {
            Some(&position) => storage.stored[position].index = index,
            None => {
                positions.insert(name.clone(), storage.stored.len());
                storage.stored.push(Stored { name, index });
            }
        }
    }
    storage
}

/// `Config.good_ambassador_id`; for applied objects also Go's `AmbassadorID.Matches`.
fn is_own(object: &Object, installation: &Installation, ingest: Ingest) -> bool {
    let id = installation.id.as_str();
    match object.ambassador_id.as_ref().map(|id| &id.value) {
        None => id == "default",
        Some(AmbassadorId::One(one)) => one == id,
        // Go's typed structs drop an empty list; Python alone matches it against nothing.
        Some(AmbassadorId::Many(many)) if many.is_empty() => {
            ingest == Ingest::Snapshot && id == "default"
        }
        Some(AmbassadorId::Many(many)) => {
            matches!(&many[..], [only] if only == "_automatic_") || many.iter().any(|one| one == id)
        }
    }
}
