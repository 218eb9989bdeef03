//! What of a world is as it was in an earlier one.

use crate::world::World;
use crate::world::premise::FilePolicy;
use crate::world::upstream::{Changed, Routes};

impl World {
    /// Whether two worlds of the same files differ in nothing but their texts, their Mappings, and what
    /// is made of those: what was made without a look at any of these is the same in both.
    pub fn differs_in_traffic_only(&self, other: &Self) -> bool {
        // Files of the pod that are on the disk may have changed.
        self.settings.files == FilePolicy::Assume
            && self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.differ_in_mappings_only(&other.resources)
    }

    /// Whether there are as many contexts as in a world that differs in its traffic only: that may have
    /// called for the context of TLS without a certificate.
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

    /// Which upstreams and Mappings differ from those of an earlier world, where that differs in its
    /// traffic only.
    pub fn changed_since(&self, earlier: &Self) -> Changed {
        Changed::between(self.routes(), earlier.routes())
    }

    /// Whether two worlds of the same files hold objects of the same names in the same places, and the
    /// same workloads. What kustomizations do to objects is not followed, so with any the answer is no.
    pub fn has_the_objects_of(&self, other: &Self) -> bool {
        self.settings == other.settings
            && self.sources.unnoted().ids() == other.sources.unnoted().ids()
            && self.resources.are_named_like(&other.resources)
    }
}
