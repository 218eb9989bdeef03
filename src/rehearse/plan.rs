//! Which orders of the steps keep the connection, and what breaks in the others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::rotation::{Rotation, Step};
use super::state::{Break, Part, Stage, State};

/// What was found about one rotation.
#[derive(Debug)]
pub struct Plan<'r> {
    /// The steps, as they are given: each place goes straight to its new content.
    pub steps: Vec<&'r Step>,
    /// How many orders of these steps there are.
    pub orders: usize,
    /// How many of them keep the connection in every state on the way.
    pub safe_orders: usize,
    /// The shortest way that keeps the connection, with bundles of old and new CAs where none does
    /// without; `None` where there is no such way.
    pub way: Option<Vec<Step>>,
    /// States in which something breaks, those of fewer steps first.
    pub gaps: Vec<Gap>,
}

/// A state in which something breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The steps that are done, by their position in [`Plan::steps`]; none: it is broken now.
    pub done: Vec<usize>,
    /// What breaks.
    pub breaks: Vec<Break>,
}

impl Rotation {
    /// Tries every order of the steps.
    pub fn plan(&self) -> Plan<'_> {
        let steps: Vec<&Step> = self.steps.iter().collect();
        let count = steps.len();
        let state = |done: usize| {
            let done = (0..count).filter(|step| done & (1 << step) != 0);
            done.fold(State::start(), |state, step| self.after(state, &steps[step].parts))
        };
        let all = 1_usize << count;
        let breaks: Vec<Vec<Break>> = (0..all).map(|done| self.scene.breaks(state(done))).collect();
        // How many orders lead to a state through states that all work.
        let mut ways = vec![0_usize; all];
        ways[0] = usize::from(breaks[0].is_empty());
        for done in 1..all {
            if breaks[done].is_empty() {
                let from = (0..count).filter(|step| done & (1 << step) != 0);
                ways[done] = from.map(|step| ways[done & !(1 << step)]).sum();
            }
        }
        let mut gaps: Vec<Gap> = breaks
            .iter()
            .enumerate()
            .filter(|(_, breaks)| !breaks.is_empty())
            .map(|(done, breaks)| Gap {
                done: (0..count).filter(|step| done & (1 << step) != 0).collect(),
                breaks: breaks.clone(),
            })
            .collect();
        gaps.sort_by_key(|gap| gap.done.len());
        Plan {
            orders: (1..=count).product(),
            safe_orders: ways[all - 1],
            way: self.way(false).or_else(|| self.way(true)),
            steps,
            gaps,
        }
    }

    /// The state after some places went to their new content.
    fn after(&self, state: State, parts: &[Part]) -> State {
        parts.iter().fold(state, |state, part| state.with(*part, Stage::After))
    }

    /// The shortest way from before to after through states that work.
    fn way(&self, with_bundles: bool) -> Option<Vec<Step>> {
        let start = State::start();
        let end = self.steps.iter().fold(start, |state, step| self.after(state, &step.parts));
        let mut from: BTreeMap<State, Option<(State, Step)>> = BTreeMap::new();
        let mut queue = VecDeque::new();
        let mut broken = BTreeSet::new();
        if !self.scene.breaks(start).is_empty() {
            return None;
        }
        from.insert(start, None);
        queue.push_back(start);
        while let Some(state) = queue.pop_front() {
            if state == end {
                break;
            }
            for (next, step) in self.next(state, with_bundles) {
                if from.contains_key(&next) || broken.contains(&next) {
                    continue;
                }
                if self.scene.breaks(next).is_empty() {
                    from.insert(next, Some((state, step)));
                    queue.push_back(next);
                } else {
                    broken.insert(next);
                }
            }
        }
        let mut way = Vec::new();
        let mut state = end;
        while let Some((before, step)) = from.get(&state)? {
            way.push(step.clone());
            state = *before;
        }
        way.reverse();
        Some(way)
    }

    /// What one more step leads to.
    fn next(&self, state: State, with_bundles: bool) -> Vec<(State, Step)> {
        let mut found = Vec::new();
        for step in &self.steps {
            let is_done = step.parts.iter().all(|part| state.of(*part) == Stage::After);
            if !is_done {
                found.push((self.after(state, &step.parts), step.clone()));
            }
            // A bundle replaces the old CAs; a Secret that holds other things besides stays whole.
            if let [part @ (Part::Trust | Part::ServerTrust)] = step.parts[..]
                && with_bundles
                && state.of(part) == Stage::Before
            {
                let step = Step { stage: Stage::Both, ..step.clone() };
                found.push((state.with(part, Stage::Both), step));
            }
        }
        found
    }
}
