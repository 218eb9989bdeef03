//! Who a finding is, wherever its lines move to: rule, object and field.

use std::collections::HashMap;

use crate::cert::sha256;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What stays the same when lines above a finding come and go.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingKey {
    /// The rule.
    pub rule: String,
    /// The object, as `Kind namespace/name`; the file where there is none.
    pub object: String,
    /// The path of the field; empty where it is about no single one.
    pub field: String,
}

impl FindingKey {
    /// The key of a finding.
    pub fn of(found: &Diagnostic, sources: &Sources) -> Self {
        let object = match &found.object {
            Some(object) => object.to_string(),
            None => sources.get(found.primary.span.source).name.clone(),
        };
        Self { rule: found.rule.to_owned(), object, field: found.field.clone() }
    }

    /// A name for machines: SHA-256 over all parts, which nothing in a manifest can forge, since
    /// parts are told apart by their length.
    pub fn fingerprint(&self) -> String {
        let parts = [&self.rule, &self.object, &self.field];
        let text: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
        sha256(text.as_bytes())
    }
}

/// A fingerprint for each finding; those that share a key are numbered, so that all differ.
pub fn fingerprints<'f>(
    findings: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &Sources,
) -> Vec<String> {
    let mut seen: HashMap<FindingKey, usize> = HashMap::new();
    let number = |found| {
        let key = FindingKey::of(found, sources);
        let fingerprint = key.fingerprint();
        let count = seen.entry(key).or_default();
        *count += 1;
        if *count == 1 { fingerprint } else { sha256(format!("{fingerprint}:{count}").as_bytes()) }
    };
    findings.into_iter().map(number).collect()
}
