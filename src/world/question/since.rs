//! Which parts of a world are the same as in an earlier one.

use crate::world::World;
use crate::world::premise::FilePolicy;
use crate::world::upstream::{Changed, Routes};

impl World {
    /// Whether two worlds of the same files differ only in their texts, Mappings, and what depends
    /// on Mappings. Anything computed without looking at these is the same in both.
    pub fn differs_in_traffic_only(&self, other: &Self) -> bool {
        // The pod's files on disk may have changed.
        self.settings.files == FilePolicy::Assume
            && self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.differ_in_mappings_only(&other.resources)
    }

    /// Whether the number of contexts is the same as in a world that differs only in traffic:
    /// traffic may have added the null context.
    pub fn has_the_contexts_of(&self, other: &Self) -> bool {
        self.contexts.unnoted().len() == other.contexts.unnoted().len()
    }

    pub(in crate::world) fn routes(&self) -> Routes<'_> {
        Routes {
            mappings: self.resources.mappings.unnoted(),
            upstreams: self.upstreams.unnoted(),
            clusters: self.clusters.unnoted(),
        }
    }

    /// The upstreams and Mappings that differ from those of an earlier world, if only traffic
    /// differs.
    pub fn changed_since(&self, earlier: &Self) -> Changed {
        Changed::between(self.routes(), earlier.routes())
    }

    /// Whether two worlds of the same files have objects with the same names in the same places,
    /// and the same workloads. Always false if there are kustomizations, whose effect is not
    /// followed.
    pub fn has_the_objects_of(&self, other: &Self) -> bool {
        self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.are_named_like(&other.resources)
    }
}
