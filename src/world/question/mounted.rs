//! The files that contexts name, followed into the pod.

use crate::world::World;
use crate::world::context::{ContextId, Material};
use crate::world::mount::{MountTrail, Mounts};

impl World {
    /// The files of a context that only a relative path leads to: whether Ambassador finds them depends
    /// on the folder that it is started in.
    pub fn relative_files(&self, id: ContextId) -> impl Iterator<Item = &str> {
        self.context(id).materials().filter_map(|(_, material)| match material {
            Material::File(path) if !path.starts_with('/') => Some(path.as_str()),
            _ => None,
        })
    }

    /// How a file of Ambassador's container comes about.
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
