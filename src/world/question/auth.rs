//! What keeps AuthServices from being asked.

use crate::resource::Mapping;
use crate::world::World;
use crate::world::upstream::AuthFault;

impl World {
    /// What is wrong with an AuthService, so that Emissary answers every request with 500.
    pub fn auth_fault(&self, mapping: &Mapping) -> Option<AuthFault> {
        AuthFault::of(mapping, self.settings.profile)
    }
}
