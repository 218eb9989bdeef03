//! Which orders of steps keep the connection working, and what breaks in the others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::rotation::{Rotation, RotationStep};
use super::state::{Break, RotatingPlace, Stage, State};

/// The result for one rotation.
#[derive(Debug)]
pub struct RotationPlan<'r> {
    /// The steps as given: each replaces the old content with the new.
    pub steps: Vec<&'r RotationStep>,
    /// How many orders of these steps there are.
    pub orders: usize,
    /// How many of them keep the connection working in every intermediate state.
    pub safe_orders: usize,
    /// The shortest safe sequence, with bundles of old and new CAs if necessary; `None` if there is
    /// none.
    pub way: Option<Vec<RotationStep>>,
    /// States in which something breaks, those with fewer steps first.
    pub gaps: Vec<Gap>,
}

/// A state in which something breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The completed steps, by position in [`RotationPlan::steps`]; empty if it is already broken.
    pub done: Vec<usize>,
    /// What breaks, and for which contexts, by position in [`Rotation::contexts`].
    pub breaks: Vec<(Break, Vec<usize>)>,
}

/// The stage of every step.
type Stages = Vec<Stage>;

/// Evaluates states, each part only once.
struct Trials<'r> {
    rotation: &'r Rotation,
    /// What breaks for a context in a state.
    known: BTreeMap<(usize, State), Vec<Break>>,
}

impl Trials<'_> {
    /// What breaks in a state, and for which contexts.
    fn breaks(&mut self, stages: &[Stage]) -> Vec<(Break, Vec<usize>)> {
        let mut states = vec![State::start(); self.rotation.contexts.len()];
        for (step, stage) in self.rotation.steps.iter().zip(stages) {
            for (member, part) in &step.parts {
                states[*member] = states[*member].with(*part, *stage);
            }
        }
        let mut breaks: Vec<(Break, Vec<usize>)> = Vec::new();
        for (member, state) in states.into_iter().enumerate() {
            let scene = &self.rotation.contexts[member].scene;
            let own = self.known.entry((member, state)).or_insert_with(|| scene.breaks(state));
            for one in own {
                match breaks.iter_mut().find(|(known, _)| known == one) {
                    Some((_, members)) => members.push(member),
                    None => breaks.push((one.clone(), vec![member])),
                }
            }
        }
        breaks
    }

    /// The shortest path from before to after through working states.
    fn way(&mut self, with_bundles: bool) -> Option<Vec<RotationStep>> {
        let steps = &self.rotation.steps;
        let (start, end) = (vec![Stage::Before; steps.len()], vec![Stage::After; steps.len()]);
        if !self.breaks(&start).is_empty() {
            return None;
        }
        let mut from: BTreeMap<Stages, Option<(Stages, RotationStep)>> = BTreeMap::new();
        let mut queue = VecDeque::new();
        let mut broken = BTreeSet::new();
        from.insert(start.clone(), None);
        queue.push_back(start);
        while let Some(state) = queue.pop_front() {
            if state == end {
                break;
            }
            for (next, step) in next(steps, &state, with_bundles) {
                if from.contains_key(&next) || broken.contains(&next) {
                    continue;
                }
                if self.breaks(&next).is_empty() {
                    from.insert(next.clone(), Some((state.clone(), step)));
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
            state.clone_from(before);
        }
        way.reverse();
        Some(way)
    }
}

/// The states after one more step.
fn next(
    steps: &[RotationStep],
    state: &[Stage],
    with_bundles: bool,
) -> Vec<(Stages, RotationStep)> {
    let mut found = Vec::new();
    let mut add = |at: usize, stage| {
        let mut next = state.to_vec();
        next[at] = stage;
        found.push((next, RotationStep { stage, ..steps[at].clone() }));
    };
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| state[*at] != Stage::After) {
        add(at, Stage::After);
        // A bundle replaces the old CAs; other entries of the Secret are kept.
        let is_trust = |(_, part): &(usize, RotatingPlace)| {
            matches!(part, RotatingPlace::Trust | RotatingPlace::ServerTrust)
        };
        if with_bundles && state[at] == Stage::Before && step.parts.iter().all(is_trust) {
            add(at, Stage::Both);
        }
    }
    found
}

impl Rotation {
    /// Tries every order of the steps.
    pub fn plan(&self) -> RotationPlan<'_> {
        let steps: Vec<&RotationStep> = self.steps.iter().collect();
        let count = steps.len();
        let all = 1_usize << count;
        let mut trials = Trials { rotation: self, known: BTreeMap::new() };
        let is_done = |done: usize, step: usize| done & (1 << step) != 0;
        let stage = |done, step| if is_done(done, step) { Stage::After } else { Stage::Before };
        let state = |done| (0..count).map(|step| stage(done, step)).collect::<Stages>();
        let breaks: Vec<_> = (0..all).map(|done| trials.breaks(&state(done))).collect();
        // How many orders reach a state through working states only.
        let mut ways = vec![0_usize; all];
        ways[0] = usize::from(breaks[0].is_empty());
        for done in 1..all {
            if breaks[done].is_empty() {
                let from = (0..count).filter(|step| is_done(done, *step));
                ways[done] = from.map(|step| ways[done & !(1 << step)]).sum();
            }
        }
        let gaps = breaks.into_iter().enumerate().filter(|(_, breaks)| !breaks.is_empty());
        let mut gaps: Vec<Gap> = gaps
            .map(|(done, breaks)| Gap {
                done: (0..count).filter(|step| is_done(done, *step)).collect(),
                breaks,
            })
            .collect();
        gaps.sort_by_key(|gap| gap.done.len());
        let safe_orders = ways[all - 1];
        let way = trials.way(false).or_else(|| trials.way(true));
        RotationPlan { steps, orders: (1..=count).product(), safe_orders, way, gaps }
    }
}
