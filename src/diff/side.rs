//! One side of a comparison: a world, and an upstream in it.

use crate::diagnostic::Diagnostic;
use crate::world::{Upstream, World};

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'w> {
    /// Its world.
    pub world: &'w World,
    /// What `lint` finds in it.
    pub findings: &'w [Diagnostic],
    /// Where its files are; the same file of the other side is at the same path below its own root.
    pub root: &'w str,
}

/// An upstream in its world.
#[derive(Clone, Copy)]
pub(super) struct Side<'w> {
    pub(super) world: &'w World,
    pub(super) upstream: &'w Upstream,
}
