//! Mount trails: from a file path through the mount of Ambassador's container and its volume to the
//! Secret key that becomes the file.
//!
//! Each step has its place in the input. A trail that fails says why, and so does one that the
//! input cannot decide.

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
