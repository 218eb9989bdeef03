//! Findings that only one of two worlds has, compared as in a baseline: not by line.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::lint::FindingKey;

use super::side::JudgedSide;

/// The findings in `of` that are not in `others`; of equal ones, the surplus.
pub(super) fn lacking<'w>(of: JudgedSide<'w>, others: JudgedSide<'w>) -> Vec<&'w Diagnostic> {
    let mut known: HashMap<FindingKey, usize> = HashMap::new();
    for found in others.findings {
        *known.entry(key(found, others)).or_default() += 1;
    }
    let is_new = |found: &&Diagnostic| match known.get_mut(&key(found, of)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    of.findings.iter().filter(is_new).collect()
}

/// The identity of a finding on either side: files and kustomizations are identified by their path
/// below the side's root.
fn key(found: &Diagnostic, side: JudgedSide<'_>) -> FindingKey {
    let mut key = FindingKey::of(found, &side.world.sources);
    let below = |path: &str| {
        let rest = path.strip_prefix(side.root).map(|rest| rest.trim_start_matches('/'));
        rest.unwrap_or(path).to_owned()
    };
    match &found.object {
        None => {
            let source = side.world.sources.get(found.primary.span.source);
            key.object = below(&source.path_in_tree());
        }
        Some(object) if object.name.contains('/') => {
            key.object = format!("{} {}/{}", object.kind, object.namespace, below(&object.name));
        }
        Some(_) => {}
    }
    key
}
