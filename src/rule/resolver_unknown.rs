//! A `resolver` that names nothing.

use crate::diagnostic::Severity;
use crate::diagnostic::nearest;
use crate::world::{Dropped, World};

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "resolver-unknown",
    severity: Severity::Error,
    summary: "a resolver that does not exist, so that the Mapping is dropped",
    rows: &[82],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/resolver-unknown/bad.yaml"),
    good: include_str!("../../testdata/rule/resolver-unknown/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let unknown = matches!(&upstream.dropped, Some(Dropped::Rejected(words)) if words.ends_with("is unknown!"));
        let default = || world.module().and_then(|module| module.resolver.as_ref());
        let Some(name) = mapping.resolver.as_ref().or_else(default).filter(|_| unknown) else {
            continue;
        };
        let defined =
            world.resources.resolvers.iter().map(|resolver| resolver.object.name.as_str());
        let builtin = ["kubernetes-service", "kubernetes-endpoint", "endpoint", "consul"];
        let meant = nearest(name, defined.chain(builtin));
        let (kind, mapping_name) = (mapping.kind.name(), &*mapping.object.name);
        found
            .at(
                name,
                format!(
                    "there is no resolver `{}`, so {kind} `{mapping_name}` is dropped",
                    name.value
                ),
            )
            .about(&mapping.object)
            .label("not defined")
            .note("Ambassador makes no route for it; the resource shows as inactive")
            .help(match meant {
                Some(meant) => format!("write `{meant}`"),
                None => "define the resolver, or add its manifest to the input".to_owned(),
            });
    }
}

const EXPLAIN: &str = "\
What it finds
A `resolver` of a Mapping, or the default one of the Module, that is neither defined in the input
nor built in.

Why it matters
Ambassador drops the Mapping.

How to fix it
Correct the name, or define the resolver. Built in are `kubernetes-service`, `kubernetes-endpoint`
(also `endpoint`) and `consul`.
";
