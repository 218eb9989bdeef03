//! A TLSContext that nothing names, and that terminates nothing.

use crate::diagnostic::{Names, Severity};
use std::collections::HashSet;

use crate::resource::TlsReference;
use crate::world::World;

use crate::rule::{Findings, Rule, Tag};

pub(crate) static RULE: Rule = Rule {
    id: "context-unused",
    severity: Severity::Note,
    tag: Some(Tag::Unnecessary),
    summary: "a TLSContext is not used by anything in the input",
    rows: &[14],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/context-unused/bad.yaml"),
    good: include_str!("../../../testdata/rule/context-unused/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    let named: HashSet<&str> = world
        .resources
        .mappings
        .iter()
        .filter_map(|mapping| match &mapping.tls {
            TlsReference::Named(name) => Some(name.as_str()),
            _ => None,
        })
        // What is refused will name it once it is fixed.
        .chain(world.resources.refusals.iter().filter_map(|refusal| refusal.context.as_deref()))
        .collect();
    // Who keeps no Mapping in the input keeps them elsewhere.
    if named.is_empty() && world.resources.mappings.is_empty() {
        return;
    }
    let names = Names::of(world.contexts.iter().map(|context| context.name.as_str()));
    let mut unknown: Vec<&str> =
        named.iter().copied().filter(|name| world.context_named(name).is_none()).collect();
    unknown.sort_unstable();
    let mut meant: HashSet<&str> = unknown.iter().flat_map(|name| names.similar(name)).collect();
    // `name.namespace` finds nothing, and `mapping-context-undefined` says what to write instead.
    meant.extend(unknown.iter().filter_map(|name| Some(name.rsplit_once('.')?.0)));
    for (_, context, resource) in world.tls_contexts() {
        let used =
            named.contains(context.name.as_str()) || named.contains(resource.object.name.as_str());
        // A name that is misspelt there has a finding of its own.
        let meant = meant.contains(context.name.as_str()) || names.is_exhausted();
        let used = used || meant || context.name == "no-cert-upstream";
        let terminates = !context.hosts.is_empty() || !context.linked_by.is_empty();
        if !used && !terminates {
            found
                .at(
                    &resource.object.name,
                    format!("nothing in the input uses TLSContext `{}`", context.name),
                )
                .about(&resource.object)
                .label("unused")
                .help("name it in a Mapping's `tls`, or remove it");
        }
    }
}

const EXPLAIN: &str = "\
What it finds
A TLSContext that no `tls` in the input names, that no Host links, and that has no `hosts`.

Why it matters
It does nothing. Often the Mapping that should name it has a typo, or has lost its `tls`.

How to fix it
Name it where it is meant, or remove it.
";
