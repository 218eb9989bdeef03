//! Services that the input defines twice: `kubectl apply` replaces the first one, including its
//! annotation.

use std::collections::{BTreeSet, HashMap};

use crate::resource::{Object, ObjectOrigin, Resources};

/// The Services that a later manifest replaces.
#[derive(Debug, Default)]
pub(crate) struct Superseded<'r> {
    /// By namespace and name, the indices of all manifests of a Service; only those defined twice.
    twice: HashMap<(&'r str, &'r str), Vec<usize>>,
    resources: Option<&'r Resources>,
}

impl<'r> Superseded<'r> {
    /// Finds Services that are defined twice.
    pub(crate) fn of(resources: &'r Resources) -> Self {
        let mut twice: HashMap<(&str, &str), Vec<usize>> =
            HashMap::with_capacity(resources.services.len());
        for (index, service) in resources.services.iter().enumerate() {
            let name = (service.object.namespace(), service.object.name.as_str());
            twice.entry(name).or_default().push(index);
        }
        twice.retain(|_, same| same.len() > 1);
        Self { twice, resources: Some(resources) }
    }

    /// The Service whose annotation holds an object, and the Service that replaces it, as indices;
    /// `None` if it is not replaced.
    pub(crate) fn replaced(&self, object: &Object) -> Option<(usize, usize)> {
        let ObjectOrigin::Annotation(annotation) = &object.origin else { return None };
        let parent = &annotation.parent;
        if self.twice.is_empty() || parent.kind != "Service" {
            return None;
        }
        let same = self.twice.get(&(parent.namespace.as_str(), parent.name.as_str()))?;
        let services = &self.resources?.services;
        let last = *same.last()?;
        let own =
            same.iter().find(|&&index| services[index].object.place() == annotation.parent_place);
        own.map(|&own| (own, last)).filter(|(own, last)| own != last)
    }

    /// All Services whose annotation is lost, each with its replacement, as indices.
    pub(crate) fn pairs(&self, resources: &Resources) -> Vec<(usize, usize)> {
        if self.twice.is_empty() {
            return Vec::new();
        }
        let contexts = resources.contexts.iter().map(|one| &one.object);
        let mappings = resources.mappings.iter().map(|one| &one.object);
        let hosts = resources.hosts.iter().map(|one| &one.object);
        let modules = resources.modules.iter().map(|one| &one.object);
        let resolvers = resources.resolvers.iter().map(|one| &one.object);
        let all = contexts.chain(mappings).chain(hosts).chain(modules).chain(resolvers);
        let pairs: BTreeSet<(usize, usize)> =
            all.filter_map(|object| self.replaced(object)).collect();
        pairs.into_iter().collect()
    }
}
