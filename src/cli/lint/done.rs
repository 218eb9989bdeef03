//! What fixes or ignores did.

use crate::lint::Judged;

/// What was done to the sources, before any of it is written.
pub(super) struct Done {
    /// The last judgement; `None` where nothing changed.
    pub(super) judged: Option<Judged>,
    pub(super) count: usize,
    /// `fixed` and `fix`, or their kin.
    pub(super) verb: (&'static str, &'static str),
    pub(super) warnings: Vec<String>,
}
