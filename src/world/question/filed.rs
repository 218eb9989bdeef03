//! Which objects this Ambassador uses, and which are replaced or ignored.

use crate::resource::Service;
use crate::world::World;
use crate::world::installation::Storage;

impl World {
    /// Whether this Ambassador reads nothing in the input: there are no Ambassador resources, or
    /// all belong to another Ambassador ID.
    pub fn reads_nothing(&self) -> bool {
        let all = [
            &self.storages.contexts,
            &self.filed.mappings,
            &self.storages.hosts,
            &self.storages.modules,
            &self.storages.resolvers,
        ];
        self.resources.refusals.is_empty() && all.iter().all(|storage| storage.stored.is_empty())
    }

    /// Services whose annotation is lost because another manifest of the same Service replaces
    /// them, each with its replacement.
    pub fn replaced_services(&self) -> impl Iterator<Item = (&Service, &Service)> {
        let services = &self.resources.services;
        let pairs = self.filed.replaced_services.iter();
        pairs.map(|&(lost, kept)| (&*services[lost], &*services[kept]))
    }

    /// How TLSContexts were filed.
    pub fn filed_contexts(&self) -> &Storage {
        &self.storages.contexts
    }

    /// How Mappings and the related kinds were filed.
    pub fn filed_mappings(&self) -> &Storage {
        &self.filed.mappings
    }

    /// How Hosts were filed.
    pub fn filed_hosts(&self) -> &Storage {
        &self.storages.hosts
    }

    /// How Modules were filed.
    pub fn filed_modules(&self) -> &Storage {
        &self.storages.modules
    }
}
