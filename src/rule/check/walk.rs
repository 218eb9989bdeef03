//! Walks over all upstreams or all Mappings one at a time, and over everything else: findings about
//! unchanged ones are reused from the previous run.

use crate::resource::{Looks, Mapping};
use crate::world::{Changed, Upstream, World};

use super::findings::Findings;
use super::memory::Walk;

impl Findings<'_> {
    /// Visits each upstream with its Mapping and its cluster. Findings of a visit that looked at
    /// anything else are not reused.
    pub fn each_upstream<'w>(&mut self, world: &'w World, check: impl Fn(&'w Upstream, &mut Self)) {
        self.walk(world.upstreams.unnoted(), |changed| changed.upstreams.as_deref(), check);
    }

    /// Visits each Mapping (or similar object), as [`Self::each_upstream`] does.
    pub fn each_mapping<'w>(&mut self, world: &'w World, check: impl Fn(&'w Mapping, &mut Self)) {
        self.walk(
            world.resources.mappings.unnoted(),
            |changed| changed.mappings.as_deref(),
            |mapping, found| check(mapping, found),
        );
    }

    /// Looks at something other than traffic, next to a walk over upstreams or Mappings: its
    /// findings are reused as long as only those change.
    pub fn apart(&mut self, check: impl Fn(&mut Self)) {
        self.walk(&[()], |_| Some(&[]), |(), found| check(found));
    }

    fn walk<'w, T>(
        &mut self,
        all: &'w [T],
        changed: impl Fn(&Changed) -> Option<&[usize]>,
        check: impl Fn(&'w T, &mut Self),
    ) {
        let Some(memory) = &self.memory else {
            return all.iter().for_each(|one| check(one, self));
        };
        let number = memory.walks.len();
        let before = memory
            .before
            .and_then(|(found, others)| Some((found, found.walks.get(number)?, changed(others)?)));
        let mut walk = Walk::default();
        let mut step = |this: &mut Self, at: usize| {
            let start = this.len();
            check(&all[at], this);
            // The rule may have kept what it saw earlier for all following visits.
            if Looks::seen().besides(Looks::ALL_CONTEXTS) != Looks::default() {
                walk.busy.push(at);
            }
            if this.len() > start {
                walk.found.push((at, start..this.len()));
            }
        };
        let Some((found, old, changed)) = before else {
            (0..all.len()).for_each(|at| step(self, at));
            self.remember(walk);
            return;
        };
        let mut again: Vec<usize> = changed.iter().chain(&old.busy).copied().collect();
        again.sort_unstable();
        again.dedup();
        let mut kept = Vec::new();
        for (at, range) in &old.found {
            if again.binary_search(at).is_err() {
                let start = self.len();
                self.take_over(&found.list[range.clone()]);
                kept.push((*at, start..self.len()));
            }
        }
        again.into_iter().for_each(|at| step(self, at));
        walk.found.append(&mut kept);
        self.remember(walk);
    }

    fn remember(&mut self, walk: Walk) {
        if let Some(memory) = &mut self.memory {
            memory.walks.push(walk);
        }
    }
}
