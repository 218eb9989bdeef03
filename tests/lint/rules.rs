//! Every rule and its folder: the bad example is reported, the good one has no findings of any
//! rule.

use crate::support::golden;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::examples::{examples, folder, read};
use mtlsctl::console::Links;
use mtlsctl::report::{Look, lint_concise, lint_text};
use mtlsctl::rule::ALL;

/// Rows of the misconfiguration catalogue without a rule of their own, and why.
const ROWS_WITHOUT_RULE: [(u16, &str); 2] = [
    (23, "true of every context that verifies; `resolve` says that no name is compared"),
    (30, "only the live upstream knows whether it insists on TLS 1.3; `probe` asks it"),
];

#[test]
fn bad_examples_are_found_and_reported_as_expected() {
    for rule in ALL {
        let mut report = String::new();
        for path in examples(rule, "bad") {
            let (world, findings) = read(&path);
            let found = findings.iter().any(|found| found.rule == rule.id);
            assert!(found, "{}: nothing found in {}", rule.id, path.display());
            let look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };
            report.push_str(&lint_text(&world, &findings, look));
        }
        golden::assert_golden(&folder(rule).join("expected.txt"), &report);
    }
}

#[test]
fn good_examples_have_no_findings() {
    for rule in ALL {
        for path in examples(rule, "good") {
            let (world, findings) = read(&path);
            let look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };
            let report = lint_text(&world, &findings, look);
            assert!(findings.is_empty(), "{}:\n{report}", path.display());
        }
    }
}

#[test]
fn text_has_the_same_line_and_column_as_concise() {
    let look = Look { width: 40, color: false, unicode: true, links: Links::Hidden };
    for rule in ALL {
        for path in examples(rule, "bad") {
            let (world, findings) = read(&path);
            for found in findings {
                let (text, found) =
                    (lint_text(&world, std::slice::from_ref(&found), look), [found]);
                let shown = text.split("─[").nth(1).unwrap().split(']').next().unwrap();
                let concise = lint_concise(&world, &found);
                assert!(concise.starts_with(&format!("{shown}: ")), "{shown}, but {concise}");
            }
        }
    }
}

#[test]
fn rules_are_named_after_their_files_and_explain_themselves() {
    let mut last = "";
    for rule in ALL {
        assert!(last < rule.id, "{} is out of order", rule.id);
        last = rule.id;
        let file = format!("{}.rs", rule.id.replace('-', "_"));
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule");
        let mut subjects = fs::read_dir(rules).unwrap().map(|entry| entry.unwrap().path());
        assert!(subjects.any(|subject| subject.join(&file).exists()), "{}: no {file}", rule.id);
        for (title, text) in rule.explanation() {
            let ends = text.split("\n\n").all(|text| text.ends_with(['.', ':', ')', '`']));
            assert!(ends && !text.contains("  "), "{}, {title}: {text}", rule.id);
        }
        assert!(!rule.summary.ends_with('.'), "{}: summary ends with a full stop", rule.id);
        assert_eq!(rule.bad, fs::read_to_string(folder(rule).join("bad.yaml")).unwrap());
        assert_eq!(rule.good, fs::read_to_string(folder(rule).join("good.yaml")).unwrap());
    }
}

#[test]
fn messages_are_lower_case_sentences_without_a_full_stop() {
    for rule in ALL {
        for path in examples(rule, "bad") {
            for found in read(&path).1 {
                let first = found.message.split(' ').next().unwrap();
                // Kinds keep their spelling: `LogService has no …`.
                let is_kind = first.chars().filter(|c| c.is_uppercase()).count() >= 2
                    || ["Ambassador", "Envoy", "Host", "Mapping", "Module", "Secret", "Service"]
                        .contains(&first);
                let starts_low = !first.starts_with(char::is_uppercase);
                assert!(starts_low || is_kind, "{}: {}", rule.id, found.message);
                assert!(!found.message.ends_with('.'), "{}", found.message);
                assert!(!found.help.is_empty(), "{}: no help: {}", rule.id, found.message);
            }
        }
    }
}

#[test]
fn every_row_of_the_catalogue_has_a_rule_or_a_reason() {
    let wanted = 1..=111;
    let covered: BTreeSet<u16> = ALL.iter().flat_map(|rule| rule.rows.iter().copied()).collect();
    let excused: BTreeSet<u16> = ROWS_WITHOUT_RULE.iter().map(|(row, _)| *row).collect();
    let missing: Vec<u16> =
        wanted.filter(|row| !covered.contains(row) && !excused.contains(row)).collect();
    assert!(missing.is_empty(), "rows without rule or reason: {missing:?}");
    let both: Vec<_> = covered.intersection(&excused).collect();
    assert!(both.is_empty(), "rows with a rule and an excuse: {both:?}");
}
