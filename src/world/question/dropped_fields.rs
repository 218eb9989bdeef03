//! Which fields of an object are unknown to the CRDs of the Emissary release in use.

use crate::resource::schema::Release;
use crate::resource::{Object, UnknownField};
use crate::world::World;

impl World {
    /// The fields that the API server prunes: unknown in every release, or in the one in use.
    pub fn dropped_fields<'w>(
        &'w self,
        object: &'w Object,
    ) -> impl Iterator<Item = &'w UnknownField> {
        let emissary = self.settings.profile;
        let has = move |Release { major, minor, patch }| emissary.is_at_least(major, minor, patch);
        object
            .unknown_fields
            .iter()
            .filter(move |unknown| unknown.lifetime.is_none_or(|lifetime| !lifetime.covers(has)))
    }
}
