//! Known findings, identified by rule, object and field, never by line.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::source::Sources;

use crate::lint::identity::FindingKey;
use crate::lint::outcome::{LintOutcome, Suppressed, SuppressedBy};

/// The number of known findings per key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<FindingKey, u64>);

impl Baseline {
    /// Reads a baseline that [`Baseline::text`] wrote.
    ///
    /// # Errors
    /// A sentence that describes the problem.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value =
            serde_json::from_str(text).map_err(|e| format!("it is not JSON: {e}"))?;
        if value["version"] != 1 {
            return Err("it is not a baseline of version 1".to_owned());
        }
        let Some(findings) = value["findings"].as_array() else {
            return Err("it has no list of findings".to_owned());
        };
        let mut known = BTreeMap::new();
        for finding in findings {
            let text = |name: &str| finding[name].as_str().map(ToOwned::to_owned);
            let (Some(rule), Some(object), Some(field), Some(count)) =
                (text("rule"), text("object"), text("field"), finding["count"].as_u64())
            else {
                return Err("a finding in it lacks its rule, object, field or count".to_owned());
            };
            known.insert(FindingKey { rule, object, field }, count);
        }
        Ok(Self(known))
    }

    /// Whether a text is a baseline, which is JSON but not a manifest.
    pub fn is_one(text: &str) -> bool {
        text.starts_with("{\n  \"version\": 1,\n  \"findings\": [") && Self::parse(text).is_ok()
    }

    /// The current active findings as a new baseline.
    pub fn of(outcome: &LintOutcome, sources: &Sources) -> Self {
        let mut known = BTreeMap::new();
        for found in &outcome.findings {
            *known.entry(FindingKey::of(found, sources)).or_default() += 1;
        }
        Self(known)
    }

    /// The baseline as text: sorted, one finding per line, so that changes are readable.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|(key, count)| {
                let FindingKey { rule, object, field } = key;
                let line =
                    json!({ "rule": rule, "object": object, "field": field, "count": count });
                format!("    {line}")
            })
            .collect();
        let findings = if lines.is_empty() {
            "[]".to_owned()
        } else {
            format!("[\n{}\n  ]", lines.join(",\n"))
        };
        format!("{{\n  \"version\": 1,\n  \"findings\": {findings}\n}}\n")
    }

    /// Suppresses known findings.
    pub fn apply(mut self, outcome: &mut LintOutcome, sources: &Sources) {
        for finding in std::mem::take(&mut outcome.findings) {
            match self.0.get_mut(&FindingKey::of(&finding, sources)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    let reason = "in the baseline".to_owned();
                    let by = SuppressedBy::Baseline;
                    outcome.suppressed.push(Suppressed { finding, by, reason });
                }
                _ => outcome.findings.push(finding),
            }
        }
    }
}
