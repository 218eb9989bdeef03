//! Findings as test cases, for formats that also count what passed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::source::{Source, SourceId, Span};
use crate::world::World;

use super::checked::Checked;
use crate::report::form::one_line;

/// All cases of one file.
#[derive(Debug)]
pub(crate) struct Suite<'c> {
    pub(crate) source: &'c Source,
    pub(crate) cases: Vec<Case<'c>>,
}

/// One rule's findings about one object; or an object without findings.
#[derive(Debug)]
pub(crate) struct Case<'c> {
    pub(crate) name: String,
    pub(crate) findings: Vec<&'c Diagnostic>,
}

/// The suites of all files with an object or a finding.
pub(crate) fn suites<'c>(checked: &Checked<'c>) -> Vec<Suite<'c>> {
    let mut found: BTreeMap<SourceId, BTreeMap<(String, &str), Vec<&Diagnostic>>> = BTreeMap::new();
    let mut judged = BTreeSet::new();
    for finding in checked.findings() {
        let object = finding.object.as_ref().map(ToString::to_string).unwrap_or_default();
        judged.extend(finding.object.clone());
        let here = found.entry(finding.primary.span.source).or_default();
        here.entry((object, finding.rule)).or_default().push(finding);
    }
    let mut passed: BTreeMap<SourceId, BTreeSet<ObjectName>> = BTreeMap::new();
    for (name, span) in objects(checked.world) {
        if !judged.contains(&name) {
            passed.entry(span.source).or_default().insert(name);
        }
    }
    let suites = checked.world.sources.iter().map(|source| {
        let failed = found.remove(&source.id).unwrap_or_default().into_iter();
        let failed = failed.map(|((object, rule), findings)| {
            let name = if object.is_empty() { rule.to_owned() } else { format!("{object} {rule}") };
            Case { name: one_line(&name), findings }
        });
        let passed = passed.remove(&source.id).unwrap_or_default().into_iter();
        let passed =
            passed.map(|object| Case { name: one_line(&object.to_string()), findings: Vec::new() });
        Suite { source, cases: failed.chain(passed).collect() }
    });
    suites.filter(|suite| !suite.cases.is_empty()).collect()
}

/// All objects that rules check.
fn objects(world: &World) -> impl Iterator<Item = (ObjectName, Span)> {
    let all = &world.resources;
    let contexts = all.contexts.iter().map(|context| &context.object);
    let mappings = all.mappings.iter().map(|mapping| &mapping.object);
    let hosts = all.hosts.iter().map(|host| &host.object);
    let modules = all.modules.iter().map(|module| &module.object);
    let secrets = all.secrets.iter().map(|secret| &secret.object);
    let objects = contexts.chain(mappings).chain(hosts).chain(modules).chain(secrets);
    objects.map(|object| (object.identity(), object.place()))
}
