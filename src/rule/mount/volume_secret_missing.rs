//! A volume whose Secret does not exist.

use crate::diagnostic::Severity;
use crate::resource::KeyedKind;
use crate::world::{MountFault, TrailEnd, Unjudged, World};

use crate::rule::shared::by_cause;

use crate::rule::{Findings, rule};

rule! {
    id: "volume-secret-missing",
    severity: Error,
    summary: "a volume of the Ambassador pod needs a Secret that does not exist",
    rows: [44],
    finds: "A volume of the Ambassador pod, with a `*_file` of a TLSContext in it, whose Secret is \
            not in the pod's namespace. If the input has no Secrets at all, they are most likely \
            defined elsewhere: then only an `optional` volume is reported, as a warning.",
    matters: "A pod mounts Secrets of its own namespace only. Without the Secret the pod does not \
              start; with `optional: true` it starts with an empty folder, Ambassador drops the \
              context, and Mappings that name it get plaintext, or TLS without a client \
              certificate.",
    remedy: "Create the Secret in the pod's namespace, and leave `optional` out. Pass `--external \
             Secret/NAMESPACE/NAME` for those that are defined elsewhere.",
}

fn check(world: &World, found: &mut Findings) {
    let causes = by_cause(world, |one| {
        let source = one.trail.source.filter(|source| source.kind == KeyedKind::Secret)?;
        match one.trail.end {
            TrailEnd::Broken(MountFault::SourceMissing { .. }) => Some(source.name.span),
            // Without `optional` the pod does not start, which is hard to miss.
            TrailEnd::Unknown(Unjudged::NotInInput) if source.optional.is_some() => {
                Some(source.name.span)
            }
            _ => None,
        }
    });
    for (place, uses) in causes {
        let one = &uses[0];
        let Some((source, workload)) = one.trail.source.zip(one.trail.workload) else { continue };
        let (name, namespace) = (&source.name.value, workload.object.namespace());
        let elsewhere = match one.trail.fault() {
            Some(MountFault::SourceMissing { elsewhere, other_kind }) => elsewhere.or(*other_kind),
            _ => None,
        };
        let known = one.trail.fault().is_some();
        let message = match elsewhere {
            Some(_) => format!("there is no Secret `{name}` in namespace `{namespace}`"),
            None => format!("Secret `{name}` of namespace `{namespace}` is not in the input"),
        };
        let severity = if known { Severity::Error } else { Severity::Warning };
        let finding = found
            .at(place, message)
            .severity(severity)
            .about(&workload.object)
            .label("a volume of the Ambassador pod")
            .also(one.file, format!("{} should come from it", one.and_more(&uses)))
            .also_maybe(
                elsewhere,
                elsewhere.map_or(String::new(), |object| {
                    format!("there is a {} with that name in `{}`", object.kind, object.namespace())
                }),
            );
        let finding = match source.optional {
            Some(optional) => {
                let finding = finding.also(optional, "hides that it is missing");
                let then = "with an empty folder, and Ambassador drops the context";
                match known {
                    true => finding.note(format!("the pod starts {then}")),
                    false => finding.note(format!("if it is missing, the pod starts {then}")),
                }
            }
            None => finding.note("the pod does not start: it waits for the Secret forever"),
        };
        let finding = match name.strip_prefix("istio.") {
            Some(account) => finding.note(format!(
                "Istio up to 1.5 writes `istio.{account}` for the service account `{account}`; \
                 Istio 1.6 and later write no such Secret"
            )),
            None => finding,
        };
        match elsewhere {
            Some(object) if object.kind == "Secret" => finding.help(format!(
                "a pod mounts Secrets of its own namespace only: create `{name}` in `{namespace}`"
            )),
            _ => finding.help(format!(
                "add it to the input; or, if it is defined elsewhere, pass `--external \
                 Secret/{namespace}/{name}`"
            )),
        };
    }
}
