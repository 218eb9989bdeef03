//! The result of fixes or ignores.

use crate::lint::Judged;

/// Changes to the sources, before they are written.
pub(super) struct Done {
    /// The findings after the last change; `None` if nothing changed.
    pub(super) judged: Option<Judged>,
    pub(super) count: usize,
    /// `fixed` and `fix`, or similar words.
    pub(super) verb: (&'static str, &'static str),
    pub(super) warnings: Vec<String>,
}
