//! Which upstreams a word means, in every command.

use crate::diagnostic::ObjectName;
use crate::world::World;

use crate::world::upstream::{Upstream, is_same_host};

/// What a word means.
#[derive(Debug)]
pub enum Named<'w> {
    /// These upstreams: several where objects of that very name, or behind that very address, are
    /// several.
    Upstreams(Vec<&'w Upstream>),
    /// A part of several names; none of them is meant more than the others.
    Several(Vec<ObjectName>),
    /// Nothing in the input.
    Nothing,
}

/// One way in which a word may mean an upstream.
type Way = fn(&World, &Upstream, &str) -> bool;

/// The ways in which a word means an upstream exactly, the closest first.
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
        // A service without a port has that of the cluster.
        let cluster = upstream.cluster.map(|id| world.cluster(id));
        let port = address.port.or_else(|| cluster.and_then(|cluster| cluster.port));
        is_same_host(&address.host, word)
            || word.rsplit_once(':').is_some_and(|(host, at)| {
                is_same_host(&address.host, host) && at.parse().is_ok_and(|at| port == Some(at))
            })
    },
    |world, upstream, word| {
        let prefix = world.mapping(upstream).routing.prefix.as_ref();
        prefix.is_some_and(|prefix| **prefix == word)
    },
];

impl World {
    /// The upstreams that a word means: a name, NAMESPACE/NAME, KIND/NAMESPACE/NAME, the service's
    /// host (with `:PORT` or not), a route's prefix, or a part of one object's name only.
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
