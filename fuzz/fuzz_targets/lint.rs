//! From any text to every report: places are inside the file, and reports are well-formed.

#![no_main]

use std::io::sink;

use libfuzzer_sys::fuzz_target;
use mtlsctl::console::Links;
use mtlsctl::diagnostic::Severity;
use mtlsctl::lint::{RuleSelection, check};
use mtlsctl::report::{
    Checked, Look, lint_github, lint_gitlab, lint_json, lint_junit, lint_rdjson, lint_sarif,
    lint_text, resolve_json, resolve_text,
};
use mtlsctl_fuzz::{slice, world};

fuzz_target!(|text: &str| {
    let world = world(text);
    let outcome = check(&world, &RuleSelection::default(), true);
    for found in &outcome.findings {
        for label in std::iter::once(&found.primary).chain(&found.related) {
            slice(world.sources.get(label.span.source), label.span);
        }
    }
    let look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };
    let checked = Checked {
        world: &world,
        outcome: &outcome,
        show_suppressed: true,
        fails_from: Some(Severity::Error),
        prefix: "",
    };
    let _ = (lint_text(&world, &outcome.findings, look), lint_json(&checked, &mut sink()));
    let _ = (lint_sarif(&checked, &mut sink()), lint_gitlab(&checked, &mut sink()));
    let _ = (lint_github(&checked), lint_junit(&checked), lint_rdjson(&checked, &mut sink()));
    let _ = resolve_json(&world, |_| true, &mut sink());
    let _ = resolve_text(&world, |_| true, look);
});
