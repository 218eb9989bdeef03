//! Properties of every comparison: an input equals itself, and a mirrored one is the reverse.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mtlsctl::diagnostic::Diagnostic;
use mtlsctl::diff::{Aspect, Diff, Difference, JudgedSide, Rank};
use mtlsctl::lint::{RuleSelection, check};
use mtlsctl::resource::relevance;
use mtlsctl::rule::ALL;
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, Settings, World};
use proptest::prelude::*;
use time::OffsetDateTime;
use time::macros::datetime;

/// A world and its findings.
pub(super) struct Input {
    pub(super) world: World,
    findings: Vec<Diagnostic>,
}

fn input(texts: &[(String, String)]) -> Input {
    input_at(datetime!(2026-06-01 0:00 UTC), texts)
}

pub(super) fn input_at(now: OffsetDateTime, texts: &[(String, String)]) -> Input {
    let mut sources = Sources::default();
    for (name, text) in texts {
        sources.add(name.clone(), text.clone());
    }
    let settings = Settings { now: Some(now), horizon: Horizon::of_files(), ..Settings::default() };
    let world = World::read(sources, settings, &relevance());
    let findings = check(&world, &RuleSelection::default(), true).findings;
    Input { world, findings }
}

pub(super) fn diff<'i>(before: &'i Input, after: &'i Input) -> Diff<'i> {
    let judged =
        |input: &'i Input| JudgedSide { world: &input.world, findings: &input.findings, root: "" };
    Diff::of(judged(before), judged(after))
}

/// A difference by object, without places.
type Told = (String, Aspect, String, String, Rank);

fn told(diff: &Diff<'_>) -> BTreeSet<Told> {
    let tell = |object: String, one: &Difference| {
        (object, one.aspect, one.before.clone(), one.after.clone(), one.rank)
    };
    let whole = diff.whole.iter().map(|one| tell(String::new(), one));
    let each = diff.changes.iter().flat_map(|change| {
        change.differences.iter().map(move |one| tell(change.object.to_string(), one))
    });
    whole.chain(each).collect()
}

fn mirrored((object, aspect, before, after, rank): Told) -> Told {
    let rank = match rank {
        // Another identity is never better or worse, in either direction.
        rank if aspect == Aspect::Certificate => rank,
        Rank::Downgrade => Rank::Improvement,
        Rank::Improvement => Rank::Downgrade,
        Rank::Neutral => Rank::Neutral,
    };
    (object, aspect, after, before, rank)
}

fn messages(findings: &[&Diagnostic]) -> Vec<String> {
    let mut all: Vec<String> =
        findings.iter().map(|found| format!("{} {}", found.rule, found.message)).collect();
    all.sort();
    all
}

/// Every file in a folder that could be a manifest.
pub(super) fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            manifests(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn every_manifest_in_the_test_data_equals_itself() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut files = Vec::new();
    manifests(&root, &mut files);
    assert!(files.len() > 500, "{}", files.len());
    // Individually they are in the rules' pairs; here they are combined with their neighbours.
    let text = |path: &PathBuf| {
        let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        (path.display().to_string(), text)
    };
    for neighbours in files.chunks(7) {
        let texts: Vec<(String, String)> = neighbours.iter().map(text).collect();
        let (one, same) = (input(&texts), input(&texts));
        let diff = diff(&one, &same);
        assert!(diff.is_empty(), "{neighbours:?}: {:?}", told(&diff));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Some examples of rules are on both sides and some on one.
    #[test]
    fn any_comparison_is_mirrored(
        shared in prop::collection::vec((0..ALL.len(), any::<bool>()), 0..3),
        left in prop::collection::vec((0..ALL.len(), any::<bool>()), 0..3),
        right in prop::collection::vec((0..ALL.len(), any::<bool>()), 0..3),
    ) {
        let texts = |own: &[(usize, bool)]| -> Vec<(String, String)> {
            let each = shared.iter().chain(own).enumerate();
            each.map(|(at, (rule, is_bad))| {
                let rule = ALL[*rule];
                let text = if *is_bad { rule.bad } else { rule.good };
                (format!("{at}.yaml"), text.to_owned())
            })
            .collect()
        };
        let (one, other) = (input(&texts(&left)), input(&texts(&right)));
        prop_assert!(diff(&one, &one).is_empty());
        prop_assert!(diff(&other, &other).is_empty());
        let (there, back) = (diff(&one, &other), diff(&other, &one));
        let reverse: BTreeSet<Told> = told(&back).into_iter().map(mirrored).collect();
        prop_assert_eq!(told(&there), reverse);
        prop_assert_eq!(messages(&there.new_findings), messages(&back.gone_findings));
        prop_assert_eq!(messages(&there.gone_findings), messages(&back.new_findings));
        prop_assert_eq!(there.unchanged, back.unchanged);
    }
}
