//! Findings that only one of two worlds has, told apart as a baseline tells them: not by lines.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::lint::FindingKey;
use crate::source::Sources;

/// The findings of `of` that `others` lack; of equal ones, those that are too many.
pub(super) fn lacking<'f>(
    of: &'f [Diagnostic],
    sources: &Sources,
    others: &[Diagnostic],
    other_sources: &Sources,
) -> Vec<&'f Diagnostic> {
    let mut known: HashMap<FindingKey, usize> = HashMap::new();
    for found in others {
        *known.entry(FindingKey::of(found, other_sources)).or_default() += 1;
    }
    let is_new = |found: &&Diagnostic| match known.get_mut(&FindingKey::of(found, sources)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    of.iter().filter(is_new).collect()
}
