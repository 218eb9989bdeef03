//! What an earlier world made of the same Mappings: most of them are the same after a keystroke.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::cluster::Cluster;
use super::upstream::Upstream;
use crate::resource::Mapping;
use crate::world::context::{ContextId, ContextTable};

/// The upstreams of an earlier world that stands on ground that routes alike.
pub(crate) struct Remembered<'w> {
    mappings: &'w [Arc<Mapping>],
    upstreams: &'w [Upstream],
    /// The whole of it, where Mappings are filed as they were, on the same ground.
    steady: Option<Steady<'w>>,
    /// Position among `upstreams` of each Mapping.
    positions: Vec<Option<usize>>,
    /// How many upstreams each group has.
    sizes: Vec<usize>,
    /// Whether a Mapping may belong to a group without a number.
    crashed: bool,
    /// Mappings that are not where they were, by address.
    elsewhere: OnceCell<HashMap<*const Mapping, usize>>,
}

impl<'w> Remembered<'w> {
    /// The upstreams of a world, with the contexts that it has where it is steady.
    pub(crate) fn new(
        routes: Routes<'w>,
        contexts: Option<(&'w Arc<ContextTable>, &'w [ContextId])>,
        crashed: bool,
    ) -> Self {
        let steady = contexts.map(|(table, tcp_contexts)| Steady { routes, table, tcp_contexts });
        let Routes { mappings, upstreams, .. } = routes;
        let mut positions = vec![None; mappings.len()];
        let mut sizes = Vec::new();
        for (at, upstream) in upstreams.iter().enumerate() {
            positions[upstream.mapping] = Some(at);
            if let Some(group) = upstream.group {
                sizes.resize(sizes.len().max(group + 1), 0);
                sizes[group] += 1;
            }
        }
        Self { mappings, upstreams, steady, positions, sizes, crashed, elsewhere: OnceCell::new() }
    }

    /// The upstream of the very same Mapping, which most likely has the same index.
    pub(crate) fn of(&self, mapping: &Arc<Mapping>, index: usize) -> Option<&'w Upstream> {
        let is_there = self.mappings.get(index).is_some_and(|known| Arc::ptr_eq(known, mapping));
        let at = if is_there { index } else { self.find(mapping)? };
        self.positions[at].map(|at| &self.upstreams[at])
    }

    /// The whole of it, where nothing but Mappings differs, and those have no other names; not where
    /// Emissary crashed.
    pub(super) fn steady(&self) -> Option<Steady<'w>> {
        self.steady.filter(|_| !self.crashed)
    }

    /// The position of the upstream of a Mapping.
    pub(super) fn position(&self, index: usize) -> Option<usize> {
        self.positions[index]
    }

    fn find(&self, mapping: &Arc<Mapping>) -> Option<usize> {
        let elsewhere = self.elsewhere.get_or_init(|| {
            let all = self.mappings.iter().enumerate();
            all.map(|(at, mapping)| (Arc::as_ptr(mapping), at)).collect()
        });
        elsewhere.get(&Arc::as_ptr(mapping)).copied()
    }

    /// Whether an upstream had its route for itself.
    pub(crate) fn was_alone(&self, upstream: &Upstream) -> bool {
        !self.crashed && upstream.group.is_some_and(|group| self.sizes[group] == 1)
    }
}

/// What differs between two worlds: positions, where there are as many in both.
#[derive(Debug)]
pub struct Changed {
    /// Upstreams that are others, or whose Mapping or cluster is.
    pub upstreams: Option<Vec<usize>>,
    /// Mappings that were read anew.
    pub mappings: Option<Vec<usize>>,
}

impl Changed {
    /// What differs between a world's Mappings, upstreams and clusters and those of an earlier one.
    pub(crate) fn between(own: Routes<'_>, old: Routes<'_>) -> Self {
        let cluster = |routes: Routes<'_>, upstream: &Upstream| {
            upstream.cluster.map(|id| Arc::as_ptr(&routes.clusters[id.0].settings))
        };
        let upstreams = differing(own.upstreams, old.upstreams, |one, other| {
            // What an upstream is belongs to one Mapping.
            Arc::ptr_eq(&one.state, &other.state) && cluster(own, one) == cluster(old, other)
        });
        Self { upstreams, mappings: differing(own.mappings, old.mappings, Arc::ptr_eq) }
    }
}

/// A world of which only Mappings change.
#[derive(Clone, Copy)]
pub(super) struct Steady<'w> {
    pub(super) routes: Routes<'w>,
    pub(super) table: &'w Arc<ContextTable>,
    /// The contexts that TCPMappings terminate TLS with.
    pub(super) tcp_contexts: &'w [ContextId],
}

/// Mappings and what was made of them.
#[derive(Clone, Copy)]
pub(crate) struct Routes<'w> {
    pub(crate) mappings: &'w [Arc<Mapping>],
    pub(crate) upstreams: &'w [Upstream],
    pub(crate) clusters: &'w [Cluster],
}

fn differing<T>(own: &[T], old: &[T], same: impl Fn(&T, &T) -> bool) -> Option<Vec<usize>> {
    let pairs = own.iter().zip(old).enumerate();
    let differing = pairs.filter(|(_, (own, old))| !same(own, old)).map(|(at, _)| at);
    (own.len() == old.len()).then(|| differing.collect())
}
