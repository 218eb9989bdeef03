//! Ignore comments: a comment can suppress a finding, and never adds or changes another one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtlsctl::lint::{RuleSelection, check};
use mtlsctl_fuzz::{slice, world};

const BEFORE: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: m\n\
spec:\n  hostname: \"*\"\n  prefix: /m/\n  service: m:80\n";
const AFTER: &str = "\n  tls: gone\n";

fuzz_target!(|text: &str| {
    if text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', '\0']) {
        return;
    }
    let comments: String =
        text.lines().map(|line| format!("  # mtlsctl: {line}\n")).take(50).collect();
    let world = world(&format!("{BEFORE}{}{AFTER}", comments.trim_end_matches('\n')));
    let selection = RuleSelection::default();
    let honoured = check(&world, &selection, true);
    let all = check(&world, &selection, false);
    let source = world.sources.iter().next().expect("one source");
    for found in honoured.findings.iter().chain(&all.findings) {
        slice(source, found.primary.span);
    }
    let others = |found: &&mtlsctl::diagnostic::Diagnostic| !found.rule.starts_with("ignore-");
    let kept = honoured.findings.iter().filter(others).count() + honoured.suppressed.len();
    assert_eq!(kept, all.findings.iter().filter(others).count());
});
