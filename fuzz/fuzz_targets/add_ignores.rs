//! `--add-ignores` on any manifest: the findings at the comments are suppressed, only comments are
//! added, and a second run adds nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::fix::ignores;
use mtlsctl::lint::{LintOutcome, RuleSelection, check};
use mtlsctl::source::{Source, Sources};
use mtlsctl::world::World;
use mtlsctl_fuzz::world;

const REASON: &str = "found by a fuzzer";

fuzz_target!(|text: &str| {
    // Existing comments may apply to the same lines as new ones, and contain the reason.
    if text.contains("mtlsctl:") || text.contains(REASON) {
        return;
    }
    let (before, found) = judge(text);
    let mut added = ignores(&found.findings, &before.sources, REASON);
    let (mut after, mut left) = judge(&only(&added.applied(&before.sources)).text);
    let placed: usize = added.placed.values().sum();
    assert_eq!(placed + added.unplaced, found.findings.len(), "{text:?}");
    if left.findings.len() + placed > found.findings.len() {
        // As in the program: if comments do not help, none are added.
        let all: Vec<_> = added.placed.keys().copied().collect();
        added.leave_out(&all);
        (after, left) = judge(&only(&added.applied(&before.sources)).text);
        assert_eq!(only(&after.sources).text, text);
        assert_eq!(left.findings.len(), found.findings.len(), "{text:?}");
    } else {
        assert_eq!(left.findings.len(), added.unplaced, "{text:?}");
        assert_eq!(left.suppressed.len(), placed, "{text:?}");
        let again = ignores(&left.findings, &after.sources, REASON);
        assert!(again.edits.is_empty(), "{:?}", only(&after.sources).text);
    }
    let written = only(&after.sources).text.split_inclusive('\n');
    let others: String = written.filter(|line| !line.contains(REASON)).collect();
    assert_eq!(others.trim_start_matches('\u{feff}'), text.trim_start_matches('\u{feff}'));
});

fn judge(text: &str) -> (World, LintOutcome) {
    let world = world(text);
    let outcome = check(&world, &RuleSelection::default(), true);
    (world, outcome)
}

fn only(sources: &Sources) -> &Source {
    sources.iter().next().expect("one source")
}
