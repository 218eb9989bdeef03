//! Looks at all upstreams or all Mappings, each by itself, and at what is apart from them: what is found of
//! those that did not change is taken over from the judgement before.

use crate::resource::{Looks, Mapping};
use crate::world::{Changed, Upstream, World};

use super::findings::Findings;
use super::memory::Walk;

impl Findings<'_> {
    /// Looks at each upstream by itself, its Mapping and its cluster. What else is looked at is noted,
    /// and what is found with it is not taken over.
    pub fn each_upstream<'w>(&mut self, world: &'w World, check: impl Fn(&'w Upstream, &mut Self)) {
        self.walk(world.upstreams.unnoted(), |changed| changed.upstreams.as_deref(), check);
    }

    /// Looks at each Mapping (or its kin) by itself, as [`Self::each_upstream`] does.
    pub fn each_mapping<'w>(&mut self, world: &'w World, check: impl Fn(&'w Mapping, &mut Self)) {
        self.walk(
            world.resources.mappings.unnoted(),
            |changed| changed.mappings.as_deref(),
            |mapping, found| check(mapping, found),
        );
    }

    /// Looks at something that is not traffic, beside what looks at upstreams or Mappings: what is found
    /// there is taken over as long as only those change.
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
            // What was seen earlier may have been kept by the rule for all that follow.
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
