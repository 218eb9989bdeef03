//! The same manifest twice in the input.

use std::collections::BTreeMap;

use crate::diagnostic::counted;
use crate::world::World;

use crate::rule::shared::filings;
use crate::rule::{Findings, rule};

rule! {
    id: "object-given-twice",
    severity: Warning,
    summary: "the input has two manifests of the same object",
    finds: "Two manifests of the same kind, namespace and name in one input, for Ambassador \
            objects and Services with a `getambassador.io/config` annotation. It is reported once \
            per pair of files.",
    matters: "The cluster has only one of them: the one that is applied last. The checks use the \
              later one in the input, so their findings may be about the wrong one. Typical causes \
              are environments next to each other, kustomize overlays, and copies.",
    remedy: "Remove the copy, or lint what is applied together: the output of `kustomize build`, \
             or one environment at a time.",
}

fn check(world: &World, found: &mut Findings) {
    // One finding per pair of files: a whole folder that is in the input twice is one mistake.
    let mut pairs = BTreeMap::new();
    for (filing, object) in filings(world) {
        for shadowed in filing.shadowed.iter().filter(|shadowed| shadowed.by_kubectl) {
            let (lost, kept) = (object(shadowed.loser), object(shadowed.winner));
            let pair = (lost.place().source, kept.place().source);
            pairs.entry(pair).or_insert_with(Vec::new).push((lost, kept));
        }
    }
    for (lost, kept) in world.replaced_services() {
        let (lost, kept) = (&lost.object, &kept.object);
        let pair = (lost.place().source, kept.place().source);
        pairs.entry(pair).or_insert_with(Vec::new).push((lost, kept));
    }
    for pair in pairs.values_mut() {
        pair.sort_by_key(|(lost, _)| world.sources.order(lost.place()));
        let Some((lost, kept)) = pair.first() else { continue };
        let (kind, name) = (&kept.kind, &kept.name.value);
        let others = match pair.len() - 1 {
            0 => String::new(),
            count => format!(", and so are {} more of the same file", counted(count, "object")),
        };
        found
            .at(*lost, format!("the {kind} `{name}` is defined twice in the input{others}"))
            .about(lost)
            .label("defined here")
            .also(*kept, "and here; this one is used")
            .note("the one that is applied last wins, which may not be the one used here")
            .help(
                "lint one environment at a time, and the output of `kustomize build` instead of \
                 bases and overlays",
            );
    }
}
