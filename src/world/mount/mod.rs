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
pub use trail::{MountFault, MountTrail, PartFault, TrailEnd, Unjudged};
