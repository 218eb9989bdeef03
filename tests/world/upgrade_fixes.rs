//! Every fix that `upgrade` says to make first: both releases read it, and it weakens no upstream.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mtlsctl::diagnostic::{Diagnostic, Severity};
use mtlsctl::diff::{Diff, JudgedSide, Rank};
use mtlsctl::fix::{Choice, Limits};
use mtlsctl::lint::{RuleSelection, check};
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Behaviour, Horizon, Profile, Settings, World};
use time::macros::datetime;

use super::diff_properties::manifests;

/// From each to each later one.
const RELEASES: [&str; 4] = ["1.14", "2.5", "3.9", "4.1"];

struct Read {
    world: World,
    findings: Vec<Diagnostic>,
}

impl Read {
    fn of(sources: Sources, release: &str) -> Self {
        let profile: Profile = release.parse().unwrap();
        let settings = Settings {
            profile,
            profile_is_given: true,
            now: Some(datetime!(2026-06-01 0:00 UTC)),
            horizon: Horizon::of_files(),
            ..Settings::default()
        };
        let world = World::read(sources, settings, &relevance());
        let findings = check(&world, &RuleSelection::default(), true).findings;
        Self { world, findings }
    }

    fn judged(&self) -> JudgedSide<'_> {
        JudgedSide { world: &self.world, findings: &self.findings, root: "" }
    }

    /// How often each finding occurs, and its severity; without places.
    fn counts(&self) -> BTreeMap<(&'static str, String), (usize, Severity)> {
        let mut counts = BTreeMap::new();
        for found in &self.findings {
            let object = found.object.as_ref().map(ToString::to_string).unwrap_or_default();
            let count = counts.entry((found.rule, object)).or_insert((0, found.severity));
            count.0 += 1;
        }
        counts
    }
}

/// The problems of a fix in a release.
fn harm(before: &Read, after: &Read, repaired: &Diagnostic) -> Vec<String> {
    let diff = Diff::of(before.judged(), after.judged());
    let whole = diff.whole.iter().filter(|one| one.rank == Rank::Downgrade);
    let mut harm: Vec<String> =
        whole.map(|one| format!("{} -> {}", one.before, one.after)).collect();
    for change in diff.changes.iter().filter(|change| change.rank() == Rank::Downgrade) {
        harm.push(format!("downgrade of {}: {:?}", change.object, change.differences));
    }
    let old = before.counts();
    for (key, (count, severity)) in after.counts() {
        let known = old.get(&key).map_or(0, |(count, _)| *count);
        // The fixed object may only have milder findings.
        if count > known && severity >= repaired.severity {
            harm.push(format!("new: {} of {}", key.0, key.1));
        }
    }
    harm
}

#[test]
fn fixes_to_make_before_an_upgrade_work_in_both_releases_and_weaken_no_upstream() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut files = Vec::new();
    manifests(&root, &mut files);
    let mut failures = Vec::new();
    let mut repaired = BTreeMap::new();
    for path in &files {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let mut sources = Sources::default();
        sources.add(path.display().to_string(), text);
        let reads = RELEASES.map(|release| (release, Read::of(sources.clone(), release)));
        let pairs = (0..reads.len()).flat_map(|to| (0..to).map(move |from| (from, to)));
        for (from, to) in pairs {
            let ((from, before), (to, after)) = (&reads[from], &reads[to]);
            let diff = Diff::of(before.judged(), after.judged());
            let said_first = diff.new_findings.iter().filter(|found| {
                let refusals = &before.world.resources.refusals;
                let is_unread =
                    refusals.iter().any(|one| Some(&one.object) == found.object.as_ref());
                // What to do about old API versions depends on the old release, as the message
                // says.
                let is_version = found.rule == "object-api-version-outdated"
                    && !before.world.settings.profile.has(Behaviour::ServesV3alpha1);
                found.fix.is_some() && !is_unread && !is_version
            });
            for found in said_first {
                let limits = Limits {
                    unsafe_too: true,
                    concerns: &|other| std::ptr::eq(other, *found),
                    may_change: &|_| true,
                };
                let choice = Choice::of(&after.findings, &after.world.sources, limits);
                let changed = choice.applied(&after.world.sources);
                *repaired.entry(found.rule).or_insert(0) += 1;
                for (release, read) in [(from, before), (to, after)] {
                    let harm = harm(read, &Read::of(changed.clone(), release), found);
                    if !harm.is_empty() {
                        let (file, rule) = (path.display(), found.rule);
                        failures
                            .push(format!("{file} {from}..{to}: {rule}, on {release}: {harm:?}"));
                    }
                }
            }
        }
    }
    assert!(repaired.len() > 5, "{repaired:?}");
    assert!(failures.is_empty(), "{}: {}", failures.len(), failures.join("\n"));
}
