//! A `resolver` that names nothing.

use crate::diagnostic::{Cause, Likeness, Names, Severity};
use crate::document::Change;
use crate::world::{Completeness, MappingFault, World};

use crate::rule::{Findings, rule};

rule! {
    id: "resolver-unknown",
    severity: Error,
    summary: "a resolver does not exist, so the Mapping is dropped",
    rows: [82],
    finds: "A `resolver` of a Mapping, or the Module's default resolver, that is neither defined \
            in the input nor built in.",
    matters: "Ambassador drops the Mapping.",
    remedy: "Correct the name, or define the resolver. The built-in resolvers are \
             `kubernetes-service`, `kubernetes-endpoint` (also `endpoint`) and `consul`.",
}

/// Kinds of resolvers.
const RESOLVERS: [&str; 3] =
    ["ConsulResolver", "KubernetesEndpointResolver", "KubernetesServiceResolver"];

fn check(world: &World, found: &mut Findings) {
    let defined = world.resources.resolvers.iter().map(|resolver| resolver.object.name.as_str());
    let builtin = ["kubernetes-service", "kubernetes-endpoint", "endpoint", "consul"];
    let names = Names::of(defined.chain(builtin));
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let unknown = matches!(upstream.fault(), Some(MappingFault::ResolverUnknown(_)));
        let default = || world.module().and_then(|module| module.resolver.as_ref());
        let Some(name) = mapping.resolver.as_deref().or_else(default).filter(|_| unknown) else {
            return;
        };
        // A resolver with exactly that name belongs to another Ambassador, or is not watched.
        let mut all = world.resources.resolvers.iter();
        let unseen = all.find(|resolver| *resolver.object.name == **name);
        let meant = names.nearest(name).filter(|_| unseen.is_none());
        let only = names.only(name).filter(|_| unseen.is_none());
        // Without resolvers in the input, they are defined elsewhere; a typo is still an error.
        let known = |kind: &&str| {
            world.completeness(kind, mapping.object.namespace()) != Completeness::Complete
        };
        let elsewhere = meant.is_none() && unseen.is_none() && RESOLVERS.iter().any(known);
        let external = |kind: &str| {
            let mut externals = world.settings.externals.iter();
            externals.any(|external| external.covers(kind, mapping.object.namespace(), name))
        };
        if RESOLVERS.into_iter().any(external) {
            return;
        }
        let (kind, mapping_name) = (mapping.kind.name(), &*mapping.object.name);
        let finding = found
            .at(
                name,
                match elsewhere {
                    true => format!("resolver `{}` is not in the input", name.value),
                    false if unseen.is_some() => format!(
                        "this Ambassador does not read the resolver `{}`, so {kind} \
                         `{mapping_name}` is dropped",
                        name.value
                    ),
                    false => format!(
                        "there is no resolver `{}`, so {kind} `{mapping_name}` is dropped",
                        name.value
                    ),
                },
            )
            .about(&mapping.object)
            .label(if unseen.is_some() { "not for this Ambassador" } else { "not defined" })
            .also_maybe(
                unseen.map(|resolver| resolver.object.place()),
                "for another Ambassador, \
                 or not watched",
            )
            .severity(if elsewhere { Severity::Warning } else { Severity::Error })
            .because(Cause {
                verb: ("names", "name"),
                one: format!("resolver `{}`, which this Ambassador does not have", name.value),
                many: match meant.is_some() || unseen.is_some() {
                    true => name.value.to_string(),
                    false => "resolvers that this Ambassador does not have".to_owned(),
                },
                thing: name.value.to_string(),
                help: "define them or add them to the input; if they are defined elsewhere, pass \
                       `--external '*Resolver/*/*'`"
                    .to_owned(),
            })
            .note("without it, Ambassador creates no route, and shows the resource as inactive")
            .help(match meant {
                Some(meant) => format!("write `{meant}`"),
                None if unseen.is_some() => {
                    "give it this Ambassador's `ambassador_id`, or let Ambassador watch it"
                        .to_owned()
                }
                None => format!(
                    "define the resolver or add it to the input; if it is defined elsewhere, pass \
                     `--external '*Resolver/*/{}'`",
                    name.value
                ),
            });
        if let Some((meant, likeness)) = only {
            finding.fix_if(
                likeness == Likeness::Typo,
                format!("write `{meant}`"),
                [Change::set(name.span, meant)],
            );
        }
    });
}
