//! Mappings that share a route, and which of them get onto it (`ir*mappinggroup.py`).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::resource::{Mapping, MappingKind};

/// Mappings of one route.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Members that forward, in order.
    pub(crate) members: Vec<usize>,
    /// The member that only copies traffic.
    pub(crate) shadow: Option<usize>,
    /// Whether the route redirects instead.
    pub(crate) redirects: bool,
}

/// Groups Mappings that were not dropped; `refuse` is told which cannot join theirs, and why.
pub(crate) fn group<'n>(
    mappings: &'n [Arc<Mapping>],
    order: impl ExactSizeIterator<Item = (usize, Cow<'n, str>, &'n str)>,
    default_breakers: &[String],
    mut refuse: impl FnMut(usize, String),
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: HashMap<Cow<'n, str>, usize> = HashMap::with_capacity(order.len());
    let mut heads: Vec<(usize, &str)> = Vec::new();
    // The cache key stops at the name's first dot, so `a.b` keeps `a.c` out (`ir.py`).
    let cache_key = |at: usize, index: usize, name: &'n str| {
        (at, name.split('.').next().unwrap_or_default(), mappings[index].object.namespace())
    };
    let mut cached: HashSet<(usize, &str, &str)> = HashSet::new();
    for (index, key, name) in order {
        let mapping = &mappings[index];
        let at = *by_key.entry(key).or_insert_with(|| {
            groups.push(Group::default());
            heads.push((index, name));
            groups.len() - 1
        });
        let (head, head_name) = heads[at];
        if head != index {
            if let Some(mismatch) = mismatch(&mappings[head], mapping, default_breakers) {
                refuse(
                    index,
                    format!("cannot accept new mapping {name} with mismatched {mismatch}"),
                );
                continue;
            }
            cached.insert(cache_key(at, head, head_name));
            if !cached.insert(cache_key(at, index, name)) {
                refuse(
                    index,
                    format!("{name} is taken for a Mapping that is already in its group"),
                );
                continue;
            }
        }
        let group = &mut groups[at];
        let routing = &mapping.routing;
        if mapping.kind == MappingKind::Mapping && routing.shadows {
            match group.shadow {
                None => group.shadow = Some(index),
                Some(_) => refuse(index, format!("cannot accept {name} as second shadow")),
            }
        } else if mapping.kind == MappingKind::Mapping && routing.redirects {
            if group.members.is_empty() && !group.redirects {
                group.redirects = true;
            }
        } else if group.redirects {
            refuse(index, format!("cannot accept {name} without host_redirect"));
        } else {
            group.members.push(index);
        }
    }
    groups
}

/// The fields in which a new member differs from the first one, in Emissary's words. A field that the
/// new one lacks is not compared, but for circuit breakers: by then, the Module's have been filled in.
fn mismatch(first: &Mapping, new: &Mapping, default_breakers: &[String]) -> Option<String> {
    let value = |mapping: &Mapping, field: &str| {
        let mut core = mapping.routing.core.iter();
        core.find(|(name, _)| *name == field).map(|(_, value)| value.clone())
    };
    let breakers = |mapping: &Mapping| {
        let own = mapping.routing.breakers.as_deref().filter(|own| !own.is_empty());
        own.unwrap_or(default_breakers).to_owned()
    };
    let mut differing: Vec<String> = new
        .routing
        .core
        .iter()
        .filter(|(field, _)| *field != "circuit_breakers")
        .filter_map(|(field, new)| match value(first, field) {
            Some(old) if old == *new => None,
            Some(old) => Some(format!("{field}: {new} != {old}")),
            None => Some(format!("{field}: {new} != -unset-")),
        })
        .collect();
    let regexes = |mapping: &Mapping| mapping.routing.regex_headers.clone();
    if regexes(first) != regexes(new) {
        let words = |mapping| match regexes(mapping) {
            Some(names) => format!("regular expressions for{names}"),
            None => "exact values".to_owned(),
        };
        differing.push(format!("headers: {} != {}", words(new), words(first)));
    }
    if breakers(first) != breakers(new) {
        let words = |mapping| value(mapping, "circuit_breakers").unwrap_or_else(|| "None".into());
        differing.push(format!("circuit_breakers: {} != {}", words(new), words(first)));
    }
    (!differing.is_empty()).then(|| differing.join(", "))
}
