//! A configuration annotation on an object whose annotations Ambassador does not read.

use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "annotation-ignored",
    severity: Error,
    tag: Unnecessary,
    summary: "a `getambassador.io/config` annotation is on something other than a Service",
    rows: [94],
    finds: "A `getambassador.io/config` annotation on a Deployment, a Pod, a Host or anything else \
            that is neither a Service nor an Ingress.",
    matters: "Ambassador reads it on Services and Ingresses only. Everything in it is ignored \
              without a message.",
    remedy: "Move the annotation to a Service, or turn its documents into separate objects.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::AnnotationTarget { kind } = &refusal.reason else { continue };
        found
            .at(
                refusal.place,
                format!("the annotation of {kind} `{}` configures nothing", refusal.object.name),
            )
            .about_name(refusal.object.clone())
            .label(format!("on a {kind}"))
            .note(
                "Ambassador reads this annotation only on Services and Ingresses, and reports nothing",
            )
            .help("move the annotation to the Service");
    }
}
