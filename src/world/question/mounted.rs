//! The files that contexts name, followed into the pod.

use crate::world::World;
use crate::world::context::{ContextId, Material};
use crate::world::mount::{MountTrail, Mounts};

impl World {
    /// The files of a context with a relative path: Ambassador finds them only if it is started in
    /// the right folder.
    pub fn relative_files(&self, id: ContextId) -> impl Iterator<Item = &str> {
        self.context(id).materials().filter_map(|(_, material)| match material {
            Material::File(path) if !path.starts_with('/') => Some(path.as_str()),
            _ => None,
        })
    }

    /// Where a file of Ambassador's container comes from.
    pub fn trail(&self, path: &str) -> MountTrail<'_> {
        let mounts = Mounts {
            resources: &self.resources,
            installation: &self.installation,
            secret: Box::new(|namespace, name| self.objects_by_name().secret(namespace, name)),
            is_promised: Box::new(|namespace, name| self.is_promised(namespace, name)),
        };
        mounts.follow(path)
    }
}
