//! The identity of a finding, independent of line numbers: rule, object and field.

use std::collections::HashMap;

use crate::cert::sha256;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A key that does not change when lines above a finding are added or removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingKey {
    /// The rule.
    pub rule: String,
    /// The object, as `Kind namespace/name`; the file if there is none.
    pub object: String,
    /// The path of the field; empty if it is not about a single one.
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

    /// A fingerprint: SHA-256 over all parts with their lengths, so that no manifest can forge it.
    pub fn fingerprint(&self) -> String {
        let parts = [&self.rule, &self.object, &self.field];
        let text: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
        sha256(text.as_bytes())
    }
}

/// A fingerprint for each finding; those with the same key are numbered, so that all differ.
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
