//! Why AuthServices are not asked.

use crate::resource::Mapping;
use crate::world::World;
use crate::world::upstream::AuthFault;

impl World {
    /// The fault of an AuthService that makes Emissary answer every request with status 500.
    pub fn auth_fault(&self, mapping: &Mapping) -> Option<AuthFault> {
        AuthFault::of(mapping, self.settings.profile)
    }
}
