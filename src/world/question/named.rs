//! Finds the upstreams that an argument names, in the same way for every command.

use crate::diagnostic::ObjectName;
use crate::world::World;

use crate::world::upstream::{Upstream, is_same_host};

/// The result of looking up a name.
#[derive(Debug)]
pub enum Named<'w> {
    /// These upstreams; several if several objects have exactly that name or several share that
    /// address.
    Upstreams(Vec<&'w Upstream>),
    /// The name is a part of several names, so it is ambiguous.
    Several(Vec<ObjectName>),
    /// Nothing in the input matches.
    Nothing,
}

/// A way to match a name.
type Way = fn(&World, &Upstream, &str) -> bool;

/// The ways to match a name exactly, most specific first.
const WAYS: [Way; 4] = [
    |world, upstream, word| *world.mapping(upstream).object.name == word,
    |world, upstream, word| {
        let object = world.mapping(upstream).object.identity();
        let is_object = |word: &str| {
            word.split_once('/') == Some((object.namespace.as_str(), object.name.as_str()))
        };
        let has_kind = |kind: &str| kind.eq_ignore_ascii_case(&object.kind);
        is_object(word) || word.split_once('/').is_some_and(|(k, w)| has_kind(k) && is_object(w))
    },
    |world, upstream, word| {
        let Ok(address) = upstream.address.as_ref() else { return false };
        // A service without a port has the cluster's port.
        let cluster = upstream.cluster.map(|id| world.cluster(id));
        let port = address.port.or_else(|| cluster.and_then(|cluster| cluster.port));
        is_same_host(&address.host, word)
            || word.rsplit_once(':').is_some_and(|(host, at)| {
                is_same_host(&address.host, host) && at.parse().is_ok_and(|at| port == Some(at))
            })
    },
    |world, upstream, word| {
        let prefix = world.mapping(upstream).routing.prefix.as_ref();
        prefix.is_some_and(|prefix| *prefix == word)
    },
];

impl World {
    /// The upstreams that a word names: NAME, NAMESPACE/NAME, KIND/NAMESPACE/NAME, the service's
    /// host (with or without `:PORT`), a route's prefix, or a part of exactly one object's name.
    pub fn named(&self, word: &str) -> Named<'_> {
        let word = word.strip_prefix("https://").unwrap_or(word);
        for fits in WAYS {
            let found: Vec<&Upstream> =
                self.upstreams.iter().filter(|one| fits(self, one, word)).collect();
            if !found.is_empty() {
                return Named::Upstreams(found);
            }
        }
        let has_part = |upstream: &&Upstream| self.mapping(upstream).object.name.contains(word);
        let found: Vec<&Upstream> = self.upstreams.iter().filter(has_part).collect();
        let mut names: Vec<ObjectName> =
            found.iter().map(|upstream| self.mapping(upstream).object.identity()).collect();
        names.sort();
        names.dedup();
        match names.len() {
            0 => Named::Nothing,
            1 => Named::Upstreams(found),
            _ => Named::Several(names),
        }
    }
}
