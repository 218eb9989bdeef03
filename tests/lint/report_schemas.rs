//! The output of `-o json` follows its published schema.

use crate::support::{manifests, resolved};
use std::fs;

use jsonschema::Validator;
use mtlsctl::lint::{RuleSelection, check};
use mtlsctl::report::{Checked, lint_json, lint_jsonl, lint_schema, resolve_schema};
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, Settings, World};
use serde_json::Value;
use time::macros::datetime;

/// Makes a schema reject unknown fields, so that undescribed ones are noticed.
fn closed(mut schema: Value) -> Validator {
    fn close(value: &mut Value) {
        match value {
            Value::Object(entries) => {
                entries.values_mut().for_each(close);
                if entries.contains_key("properties") {
                    entries.insert("unevaluatedProperties".to_owned(), false.into());
                }
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_follows(validator: &Validator, report: &Value, name: &str) {
    let faults: Vec<String> = validator
        .iter_errors(report)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
}

#[test]
fn lint_and_resolve_follow_their_schemas_on_all_manifests_of_the_tests() {
    let (lint, resolve) = (closed(lint_schema()), closed(resolve_schema()));
    let (mut findings, mut suppressed, mut upstreams) = (0, 0, 0);
    let folders = [
        "bookinfo", "consul", "diff", "explain", "formats", "graph", "inspect", "mount", "resolve",
        "rule", "versions",
    ];
    for path in manifests::below(&folders) {
        let name = path.display().to_string();
        let mut sources = Sources::default();
        sources.add(name.clone(), fs::read_to_string(&path).unwrap());
        let now = Some(datetime!(2026-06-01 0:00 UTC));
        let settings = Settings { now, horizon: Horizon::of_files(), ..Settings::default() };
        let world = World::read(sources, settings, &relevance());
        let outcome = check(&world, &RuleSelection::default(), true);
        let checked = Checked {
            world: &world,
            outcome: &outcome,
            show_suppressed: true,
            fails_from: None,
            prefix: "",
        };
        let mut text = Vec::new();
        lint_json(&checked, &mut text).unwrap();
        let report: Value = serde_json::from_slice(&text).unwrap();
        assert_follows(&lint, &report, &name);
        findings += outcome.findings.len();
        suppressed += outcome.suppressed.len();
        let mut lines = Vec::new();
        lint_jsonl(&checked, &mut lines).unwrap();
        let lines: Vec<Value> = String::from_utf8(lines)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, *report["findings"].as_array().unwrap(), "{name}");
        let report = resolved::json(&world);
        assert_follows(&resolve, &report, &name);
        upstreams += report["upstreams"].as_array().unwrap().len();
    }
    assert!(
        findings > 200 && suppressed > 3 && upstreams > 500,
        "{findings} {suppressed} {upstreams}"
    );
}
