//! Objects that the only Ambassador in the input does not watch.

use crate::diagnostic::{Cause, Severity};
use crate::resource::{Object, ObjectOrigin};
use crate::world::{Restriction, Watched, World};

use crate::rule::shared::{filings, restriction, tell_upstreams};
use crate::rule::{Findings, rule};

rule! {
    id: "object-outside-watch",
    severity: Warning,
    summary: "an object is outside what this Ambassador watches",
    rows: [72],
    finds: "An object outside the namespace of an Ambassador with AMBASSADOR_SINGLE_NAMESPACE, or \
            one that its AMBASSADOR_LABEL_SELECTOR or AMBASSADOR_FIELD_SELECTOR excludes. If a \
            watched Mapping names a TLSContext that is not watched, it is an error.",
    matters: "For Ambassador, the object does not exist. A Mapping gets no route; a TLSContext \
              counts as undefined, and Mappings that name it get plaintext, or TLS without a \
              client certificate.",
    remedy: "Move the object, add the labels, or lift the restriction in Ambassador's Deployment. \
             If the object belongs to another Ambassador, check the input of one Ambassador at a \
             time.",
}

fn check(world: &World, found: &mut Findings) {
    for (filing, object) in filings(world) {
        for &index in &filing.unwatched {
            let object = object(index);
            let Watched::No(why) = world.watches(object) else { continue };
            let is_context = object.kind == "TLSContext";
            let users = if is_context { world.undefined(&object.name) } else { Vec::new() };
            // The caller decides whose objects to check; the others belong to another Ambassador.
            let is_said = world.settings.ambassador_namespace.is_some();
            if users.is_empty() && is_said && why == Restriction::Namespace {
                continue;
            }
            let finding =
                found.at(object, message(world, object, why)).about(object).label("not watched");
            let finding = restriction(finding, world, why).help(match why {
                Restriction::Namespace => {
                    format!(
                        "move it to `{}`, or lift the restriction",
                        world.installation.namespace
                    )
                }
                Restriction::Labels => "add the labels, or lift the restriction".to_owned(),
                Restriction::Fields => "correct AMBASSADOR_FIELD_SELECTOR".to_owned(),
            });
            let finding = finding.because(cause(world, why));
            match users.is_empty() {
                true => finding.note("for Ambassador, this object does not exist"),
                false => tell_upstreams(finding.severity(Severity::Error), world, &users),
            };
        }
    }
}

/// One restriction excludes many objects.
fn cause(world: &World, why: Restriction) -> Cause {
    let (verb, one) = match why {
        Restriction::Namespace => (
            ("is outside", "are outside"),
            format!(
                "`{}`, the only namespace that this Ambassador watches",
                world.installation.namespace
            ),
        ),
        Restriction::Labels => (
            ("does not have", "do not have"),
            "the labels that this Ambassador selects by".to_owned(),
        ),
        Restriction::Fields => {
            (("is not among", "are not among"), "what this Ambassador selects".to_owned())
        }
    };
    Cause { verb, many: one.clone(), thing: one.clone(), one, help: String::new() }
}

fn message(world: &World, object: &Object, why: Restriction) -> String {
    let (kind, name) = (&object.kind, &object.name.value);
    let (what, namespace) = match &object.origin {
        ObjectOrigin::Annotation(annotation) => {
            let parent = &annotation.parent;
            (format!("the annotated {} `{}`", parent.kind, parent.name), parent.namespace.as_str())
        }
        _ => (format!("{kind} `{name}`"), object.namespace()),
    };
    match why {
        Restriction::Namespace => format!(
            "{what} is in `{namespace}`, but this Ambassador watches `{}` only",
            world.installation.namespace
        ),
        Restriction::Labels => {
            format!("{what} does not have the labels that this Ambassador selects")
        }
        Restriction::Fields => {
            format!("{what} of `{namespace}` is not one that this Ambassador selects")
        }
    }
}
