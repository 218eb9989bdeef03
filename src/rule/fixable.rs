//! Which rules offer fixes; written by `UPDATE=1 cargo test --test fix` from their examples.

use crate::diagnostic::Applicability;

/// Rules with a fix in their examples, and whether the best of them is safe.
#[rustfmt::skip]
static FIXABLE: [(&str, Applicability); 0] = [
];

/// Whether a rule offers fixes, and whether any of them may be applied unseen.
pub fn fixable(rule: &str) -> Option<Applicability> {
    FIXABLE.iter().find(|(id, _)| *id == rule).map(|(_, applicability)| *applicability)
}
