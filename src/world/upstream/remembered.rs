//! Reuses the upstreams of an earlier world: a keystroke leaves most Mappings unchanged.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::cluster::Cluster;
use super::upstream::Upstream;
use crate::resource::Mapping;
use crate::world::context::{ContextId, ContextTable};

/// The upstreams of an earlier world whose ground routes alike.
pub(crate) struct Remembered<'w> {
    mappings: &'w [Arc<Mapping>],
    upstreams: &'w [Upstream],
    /// The earlier world's routes, if its ground is the same and Mappings are filed as they were.
    steady: Option<Steady<'w>>,
    /// The position of each Mapping's upstream among `upstreams`.
    positions: Vec<Option<usize>>,
    /// The number of upstreams in each group.
    sizes: Vec<usize>,
    /// Whether Emissary crashed, so that Mappings may lack their group number.
    crashed: bool,
    /// Mappings whose index changed, by address.
    elsewhere: OnceCell<HashMap<*const Mapping, usize>>,
}

impl<'w> Remembered<'w> {
    /// Takes the upstreams of a world and its contexts if it is steady.
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

    /// The upstream of the same Mapping, which usually has the same index.
    pub(crate) fn of(&self, mapping: &Arc<Mapping>, index: usize) -> Option<&'w Upstream> {
        let is_there = self.mappings.get(index).is_some_and(|known| Arc::ptr_eq(known, mapping));
        let at = if is_there { index } else { self.find(mapping)? };
        self.positions[at].map(|at| &self.upstreams[at])
    }

    /// The earlier world's routes, if only Mappings differ and their names are the same; `None` if
    /// Emissary crashed.
    pub(super) fn steady(&self) -> Option<Steady<'w>> {
        self.steady.filter(|_| !self.crashed)
    }

    /// The position of a Mapping's upstream.
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

    /// Whether an upstream did not share its route.
    pub(crate) fn was_alone(&self, upstream: &Upstream) -> bool {
        !self.crashed && upstream.group.is_some_and(|group| self.sizes[group] == 1)
    }
}

/// The positions that differ between two worlds; `None` if the numbers of items differ.
#[derive(Debug)]
pub struct Changed {
    /// Upstreams that differ, or whose Mapping or cluster does.
    pub upstreams: Option<Vec<usize>>,
    /// Mappings that were read again.
    pub mappings: Option<Vec<usize>>,
}

impl Changed {
    /// Compares a world's Mappings, upstreams and clusters with those of an earlier one.
    pub(crate) fn between(own: Routes<'_>, old: Routes<'_>) -> Self {
        let cluster = |routes: Routes<'_>, upstream: &Upstream| {
            upstream.cluster.map(|id| Arc::as_ptr(&routes.clusters[id.0].settings))
        };
        let upstreams = differing(own.upstreams, old.upstreams, |one, other| {
            // The state belongs to a single Mapping.
            Arc::ptr_eq(&one.state, &other.state) && cluster(own, one) == cluster(old, other)
        });
        Self { upstreams, mappings: differing(own.mappings, old.mappings, Arc::ptr_eq) }
    }
}

/// A world in which only Mappings change.
#[derive(Clone, Copy)]
pub(super) struct Steady<'w> {
    pub(super) routes: Routes<'w>,
    pub(super) table: &'w Arc<ContextTable>,
    /// The contexts that TCPMappings terminate TLS with.
    pub(super) tcp_contexts: &'w [ContextId],
}

/// Mappings with their upstreams and clusters.
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
