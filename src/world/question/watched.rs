//! Whether this Ambassador watches an object or a Secret.

use crate::resource::Object;
use crate::world::World;
use crate::world::installation::Watched;
use crate::world::secret::SecretReference;

impl World {
    /// Whether this Ambassador watches an object of the input.
    pub fn watches(&self, object: &Object) -> Watched {
        self.installation.watches(object)
    }

    /// Whether this Ambassador watches the Secret that a reference means; if not, the Secret does
    /// not exist for it.
    pub fn watches_secret(&self, reference: &SecretReference) -> Watched {
        let (namespace, name) = (&reference.namespace, &reference.name);
        let own = self.secret(namespace, name).map(|secret| &secret.object);
        let mut makers = self.resources.promises.iter();
        let made = makers.find(|one| one.covers(namespace, name)).map(|one| &**one);
        self.installation.watches_secret(namespace, name, own, made)
    }
}
