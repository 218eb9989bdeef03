//! The same object as a manifest and in an annotation, or in two annotations.

use crate::world::{Behaviour, World};

use crate::rule::shared::filings;
use crate::rule::{Findings, rule};

rule! {
    id: "object-defined-twice",
    severity: Error,
    summary: "the same object is defined a second time in an annotation",
    rows: [100],
    finds: "An object of the same kind, namespace and name that is defined both as a manifest and \
            in a `getambassador.io/config` annotation, or in two annotations.",
    matters: "The API server sees no conflict, since annotations are text to it. Ambassador uses \
              one definition and reports the other in its diagnostics only. Which one it uses \
              depends on a sort order that includes the name of the annotated Service, so renaming \
              a Service can change it.",
    remedy: "Remove one definition, or give it another name.",
}

fn check(world: &World, found: &mut Findings) {
    for (filing, object) in filings(world) {
        for shadowed in filing.shadowed.iter().filter(|shadowed| !shadowed.by_kubectl) {
            let (lost, kept) = (object(shadowed.loser), object(shadowed.winner));
            let (kind, name) = (&kept.kind, &kept.name.value);
            let namespace = kept.namespace();
            let finding = found
                .at(
                    lost,
                    format!("the {kind} `{name}` is defined twice in namespace `{namespace}`"),
                )
                .about(lost)
                .label("this definition is ignored")
                .also(kept, "this one is used")
                .note(match (lost.sort_key(), kept.sort_key()) {
                    (first, last) if first == last => {
                        "Ambassador reads annotations before manifests of the same name, and the \
                         later definition wins"
                            .to_owned()
                    }
                    (first, last) => format!(
                        "Ambassador reads the definitions in the order `{first}`, `{last}`, and \
                         the later one wins"
                    ),
                })
                .help("remove one of the two, or give it another name");
            let profile = world.settings.profile;
            if kept.kind == "AuthService" && profile.has(Behaviour::NeedsProtocolV3) {
                finding.note(
                    "since 3.0, any AuthService error makes Emissary answer every request with \
                     500, and this is one",
                );
            }
        }
    }
}
