//! Groups Mappings that share a route, and decides which of them are accepted
//! (`ir*mappinggroup.py`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::mapping_fault::{FieldMismatch, MappingFault};
use crate::resource::{Mapping, MappingKind};
use crate::world::Stored;

/// The Mappings of a route.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Members that forward traffic, in order.
    pub(crate) members: Vec<usize>,
    /// The member that only receives a copy of the traffic.
    pub(crate) shadow: Option<usize>,
    /// Whether the route redirects instead.
    pub(crate) redirects: bool,
}

/// Groups Mappings that were not dropped, by their keys. `refuse` is called with those that cannot join
/// their group, and why.
pub(crate) fn group<'n>(
    mappings: &'n [Arc<Mapping>],
    order: &[&'n Stored],
    key: impl Fn(&Mapping) -> String,
    default_breakers: &[String],
    mut refuse: impl FnMut(usize, MappingFault),
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(order.len());
    let mut by_key: HashMap<String, usize> = HashMap::with_capacity(order.len());
    let mut heads: Vec<&Stored> = Vec::with_capacity(order.len());
    // The cache key ends at the name's first dot, so `a.b` keeps `a.c` out (`ir.py`).
    let cache_key = |at: usize, one: &'n Stored| {
        let name = one.name.split('.').next().unwrap_or_default();
        (at, name, mappings[one.index].object.namespace())
    };
    let mut cached: HashSet<(usize, &str, &str)> = HashSet::new();
    for &own in order {
        let Stored { name, index } = own;
        let (mapping, index) = (&mappings[*index], *index);
        let at = *by_key.entry(key(mapping)).or_insert_with(|| {
            groups.push(Group::default());
            heads.push(own);
            groups.len() - 1
        });
        let head = heads[at];
        if head.index != index {
            let fields = mismatches(&mappings[head.index], mapping, default_breakers);
            if !fields.is_empty() {
                refuse(index, MappingFault::Mismatch { name: name.to_string(), fields });
                continue;
            }
            cached.insert(cache_key(at, head));
            if !cached.insert(cache_key(at, own)) {
                refuse(index, MappingFault::NameTaken(name.to_string()));
                continue;
            }
        }
        let group = &mut groups[at];
        let routing = &mapping.routing;
        if mapping.kind == MappingKind::Mapping && routing.shadows {
            match group.shadow {
                None => group.shadow = Some(index),
                Some(_) => refuse(index, MappingFault::SecondShadow(name.to_string())),
            }
        } else if mapping.kind == MappingKind::Mapping && routing.redirects {
            if group.members.is_empty() && !group.redirects {
                group.redirects = true;
            }
        } else if group.redirects {
            refuse(index, MappingFault::RedirectMissing(name.to_string()));
        } else {
            // Most groups have a single member.
            group.members.reserve_exact(usize::from(group.members.is_empty()));
            group.members.push(index);
        }
    }
    groups
}

/// The fields in which a new member differs from the first one. A field that the new one lacks is not
/// compared, but for circuit breakers: by then, the Module's have been filled in.
fn mismatches(first: &Mapping, new: &Mapping, default_breakers: &[String]) -> Vec<FieldMismatch> {
    let value = |mapping: &Mapping, field: &str| {
        let mut core = mapping.routing.core.iter();
        core.find(|(name, _)| *name == field).map(|(_, value)| value.clone())
    };
    let breakers = |mapping: &Mapping| {
        let own = &mapping.routing.breakers;
        if own.is_empty() { default_breakers } else { own }.to_owned()
    };
    let core = new.routing.core.iter().filter(|(field, _)| *field != "circuit_breakers");
    let core = core.map(|&(field, ref new)| FieldMismatch {
        field,
        new: new.clone(),
        first: value(first, field).unwrap_or_else(|| "-unset-".to_owned()),
    });
    let mut differing: Vec<FieldMismatch> = core.filter(|one| one.new != one.first).collect();
    let regexes = |mapping: &Mapping| mapping.routing.regex_headers.clone();
    if regexes(first) != regexes(new) {
        let words = |mapping| match regexes(mapping) {
            Some(names) => format!("regular expressions for{names}"),
            None => "exact values".to_owned(),
        };
        differing.push(FieldMismatch { field: "headers", new: words(new), first: words(first) });
    }
    if breakers(first) != breakers(new) {
        let words = |mapping| value(mapping, "circuit_breakers").unwrap_or_else(|| "None".into());
        let (new, first) = (words(new), words(first));
        differing.push(FieldMismatch { field: "circuit_breakers", new, first });
    }
    differing
}
