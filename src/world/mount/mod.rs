//! Mount proof: from the path of a file to the Ambassador container's mount, its volume, and the key
//! of the Secret that becomes the file.
//!
//! Each step knows its place. Where a step fails it says how; where the input does not decide it, it
//! says why not.

mod follow;
mod path;
mod recipe;
mod source;
mod steps;
mod trail;
mod words;
mod writer;

pub(super) use follow::Mounts;
pub use path::PathFault;
pub use recipe::Recipe;
pub use steps::TrailStep;
pub use trail::{MountFault, PartFault, Trail, TrailEnd, Unjudged};

use super::World;
use crate::world::context::{ContextId, Material};

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
    pub fn trail(&self, path: &str) -> Trail<'_> {
        let mounts = Mounts {
            resources: &self.resources,
            installation: &self.installation,
            secret: Box::new(|namespace, name| self.index().secret(namespace, name)),
            is_promised: Box::new(|namespace, name| self.is_promised(namespace, name)),
        };
        mounts.follow(path)
    }
}
