//! Compares all upstreams of two worlds, paired by kind, namespace and name.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::resource::ObjectOrigin;
use crate::world::{Upstream, World};

use super::compare::compare;
use super::difference::{Aspect, Difference, Rank};
use super::findings::lacking;
use super::rejection::{Rejection, rejections};
use super::side::{JudgedSide, Known, Side};

/// How many upstreams of one difference are listed in compact formats.
const MAX_NAMES: usize = 20;

/// The text for an upstream whose object exists but is not read.
const REJECTED: &str = "none: it is rejected";

/// The result of a comparison.
#[derive(Debug)]
pub struct Diff<'w> {
    /// The world before the change.
    pub before: &'w World,
    /// The world after it.
    pub after: &'w World,
    /// Differences that affect every upstream: whether the configuration takes effect.
    pub whole: Vec<Difference>,
    /// Upstreams that differ: downgrades first, then by name.
    pub changes: Vec<UpstreamChange>,
    /// The number of unchanged upstreams.
    pub unchanged: usize,
    /// Findings only in the after world.
    pub new_findings: Vec<&'w Diagnostic>,
    /// Findings only in the before world.
    pub gone_findings: Vec<&'w Diagnostic>,
}

/// An upstream that differs between the two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamChange {
    /// The Mapping, or an object like it.
    pub object: ObjectName,
    /// What differs, the worst first; never empty.
    pub differences: Vec<Difference>,
}

impl UpstreamChange {
    /// A downgrade if any of its differences is one; otherwise an improvement if any is, since
    /// neutral differences, such as TLS's default port, are not losses.
    pub fn rank(&self) -> Rank {
        let has = |rank: Rank| self.differences.iter().any(|difference| difference.rank == rank);
        match (has(Rank::Downgrade), has(Rank::Improvement)) {
            (true, _) => Rank::Downgrade,
            (false, true) => Rank::Improvement,
            (false, false) => Rank::Neutral,
        }
    }
}

impl<'w> Diff<'w> {
    /// Compares two worlds and their lint findings.
    pub fn of(judged_before: JudgedSide<'w>, judged_after: JudgedSide<'w>) -> Self {
        let (before, after) = (judged_before.world, judged_after.world);
        let (old, new) = (by_name(before), by_name(after));
        let mut changes = Vec::new();
        let mut unchanged = 0;
        let known = (Known::default(), Known::default());
        let mut names: Vec<&(ObjectName, usize)> = old.keys().chain(new.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let sides = (
                old.get(name).map(|upstream| Side { world: before, upstream, known: &known.0 }),
                new.get(name).map(|upstream| Side { world: after, upstream, known: &known.1 }),
            );
            let differences = match sides {
                (Some(old), Some(new)) => compare(old, new),
                (Some(only), None) => vec![existence(only, after, false)],
                (None, Some(only)) => vec![existence(only, before, true)],
                (None, None) => Vec::new(),
            };
            match differences.is_empty() {
                true => unchanged += 1,
                false => changes.push(UpstreamChange { object: name.0.clone(), differences }),
            }
        }
        changes.sort_by_key(UpstreamChange::rank);
        Self {
            before,
            after,
            whole: configuration(before, after).into_iter().collect(),
            changes,
            unchanged,
            new_findings: lacking(judged_after, judged_before),
            gone_findings: lacking(judged_before, judged_after),
        }
    }

    /// The changes, grouped by equal change and cause, since a line of a context changes all its
    /// upstreams. Each group has at least one change; ordered by the first.
    pub fn groups(&self) -> Vec<Vec<&UpstreamChange>> {
        let mut known: HashMap<&[Difference], usize> = HashMap::new();
        let mut groups: Vec<Vec<&UpstreamChange>> = Vec::new();
        for change in &self.changes {
            let at = *known.entry(&change.differences).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(change),
                None => groups.push(vec![change]),
            }
        }
        groups
    }

    /// Whether both sides have the same TLS for every upstream, and the same findings.
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
            && self.changes.is_empty()
            && self.new_findings.is_empty()
            && self.gone_findings.is_empty()
    }

    /// The number of upstreams with a rank; a frozen configuration counts as one.
    pub fn count(&self, rank: Rank) -> usize {
        let whole = self.whole.iter().filter(|difference| difference.rank == rank).count();
        whole + self.changes.iter().filter(|change| change.rank() == rank).count()
    }
}

/// The first few names of several objects, and how many more there are.
pub fn first_names<'o>(objects: impl IntoIterator<Item = &'o ObjectName>) -> String {
    let mut names: Vec<String> = objects.into_iter().map(ToString::to_string).collect();
    let more = names.len().saturating_sub(MAX_NAMES);
    if more > 0 {
        names.truncate(MAX_NAMES);
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// Upstreams by name, numbered if several have the same name.
fn by_name(world: &World) -> BTreeMap<(ObjectName, usize), &Upstream> {
    let mut found = BTreeMap::new();
    for upstream in &world.upstreams {
        let name = world.mapping(upstream).object.identity();
        let number = (0..).find(|number| !found.contains_key(&(name.clone(), *number)));
        found.insert((name, number.unwrap_or_default()), upstream);
    }
    found
}

/// An upstream that only one side has. It is lost rather than removed if the other side still has
/// its object but does not read it.
fn existence(side: Side<'_>, other: &World, is_new: bool) -> Difference {
    let object = &side.world.mapping(side.upstream).object;
    let tls = side.world.tls(side.upstream);
    let told = match &tls {
        Some(tls) => format!("{} to {}", tls.mode, tls.to),
        None => "no cluster".to_owned(),
    };
    let identity = object.identity();
    let refusal = other.resources.refusals.iter().find(|refusal| match &object.origin {
        _ if refusal.object == identity => true,
        ObjectOrigin::Annotation(annotation) => {
            let (own, refused) = (&annotation.parent, &refusal.object);
            refusal.reason.is_of_annotation()
                && (&own.namespace, &own.name) == (&refused.namespace, &refused.name)
        }
        _ => false,
    });
    let (nothing, rank) = match (refusal, is_new) {
        (None, _) => (String::new(), Rank::Neutral),
        (Some(_), _) if tls.is_none() => (REJECTED.to_owned(), Rank::Neutral),
        (Some(_), true) => (REJECTED.to_owned(), Rank::Improvement),
        (Some(_), false) => (REJECTED.to_owned(), Rank::Downgrade),
    };
    let (place, refused_at) = (Some(object.place()), refusal.map(|refusal| refusal.place));
    let (before, after, place_before, place_after) = match is_new {
        true => (nothing, told, refused_at, place),
        false => (told, nothing, place, refused_at),
    };
    Difference { aspect: Aspect::Existence, before, after, rank, place_before, place_after }
}

/// Whether the configuration takes effect on only one side, or is rejected for different reasons.
fn configuration(before: &World, after: &World) -> Option<Difference> {
    let told = |rejections: &[Rejection]| match rejections {
        [] => "takes effect".to_owned(),
        several => {
            let reasons: Vec<String> =
                several.iter().map(|one| format!("{}: {}", one.object, one.reason)).collect();
            format!("rejected, so no configuration change takes effect: {}", reasons.join("; "))
        }
    };
    let (before, after) = (rejections(before), rejections(after));
    let (old, new) = (told(&before), told(&after));
    let place = |rejections: &[Rejection]| rejections.first().and_then(|first| first.place);
    (old != new).then(|| Difference {
        aspect: Aspect::Configuration,
        rank: Rank::of_change(before.is_empty(), after.is_empty()),
        before: old,
        after: new,
        place_before: place(&before),
        place_after: place(&after),
    })
}
