//! AMBASSADOR_SINGLE_NAMESPACE and the selectors also apply to Secrets.

use crate::diagnostic::Severity;
use crate::document::{Located, Text};
use crate::resource::Object;
use crate::world::{Restriction, SecretReference, Watched, World};

use crate::rule::shared::{Cause, absences, uses};
use crate::rule::shared::{restriction, tell_let_down};
use crate::rule::{Finding, Findings, rule};

rule! {
    id: "secret-outside-watch",
    severity: Error,
    summary: "a Secret is outside what this Ambassador watches",
    rows: [72],
    finds: "A Secret outside the namespace of an Ambassador with AMBASSADOR_SINGLE_NAMESPACE, or \
            one that its AMBASSADOR_LABEL_SELECTOR or AMBASSADOR_FIELD_SELECTOR excludes.",
    matters: "For Ambassador the Secret does not exist: the context is dropped. Mappings that name \
              it get plaintext, or TLS without a client certificate.",
    remedy: "Move the Secret and its TLSContext, add the labels, or lift the restriction in \
             Ambassador's Deployment.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let Cause::Unwatched(why) = absence.cause else { continue };
        let finding =
            unseen(world, found, why, absence.field, &absence.lookup.reference, absence.object);
        tell_let_down(finding, world, absence.id);
    }
    // A manifest without a namespace may be in the watched one.
    for one in uses(world) {
        let reference = &one.lookup.reference;
        if let Watched::Unknown(why) = world.watches_secret(reference) {
            unseen(world, found, why, one.field, reference, one.object)
                .severity(Severity::Warning)
                .note(
                    "some manifests have no namespace; if they are applied to different \
                     namespaces, Ambassador drops the context",
                );
        }
    }
    for stored in &world.filed_hosts().stored {
        let host = &world.resources.hosts[stored.index];
        let Some(secret) = &host.tls_secret else { continue };
        let namespace = host.tls_secret_namespace.as_ref().map_or(host.object.namespace(), |n| n);
        let reference = SecretReference::resolve(secret, namespace, false);
        if let Watched::No(why) = world.watches_secret(&reference) {
            unseen(world, found, why, secret, &reference, &host.object)
                .note("without it the Host is inactive, and TLS for its name is not terminated");
        }
    }
}

fn unseen<'f>(
    world: &World,
    found: &'f mut Findings,
    why: Restriction,
    field: &Located<Text>,
    reference: &SecretReference,
    object: &Object,
) -> Finding<'f> {
    let SecretReference { namespace, name, .. } = reference;
    let secret = world.secret(namespace, name).map(|secret| &secret.object);
    let mut makers = world.resources.promises.iter();
    let maker =
        makers.find(|one| secret.is_none() && one.covers(namespace, name)).map(|one| &**one);
    let own = &world.installation.namespace;
    let (message, lacks, help) = match why {
        Restriction::Namespace => (
            format!(
                "Secret `{name}` is in `{namespace}`, but this Ambassador watches `{own}` only"
            ),
            "not watched",
            match object.namespace() == own {
                true => format!("move the Secret to `{own}`"),
                false => format!("move the Secret and its {} to `{own}`", object.kind),
            },
        ),
        Restriction::Labels => (
            format!("Secret `{name}` does not have the labels that this Ambassador selects"),
            "lacks the labels",
            match maker {
                Some(maker) if maker.by.kind == "Certificate" => {
                    "write the labels into `secretTemplate.labels` of the Certificate".to_owned()
                }
                _ => "add the labels to the Secret".to_owned(),
            },
        ),
        Restriction::Fields => (
            format!("Secret `{name}` of `{namespace}` is not one that this Ambassador selects"),
            "not selected",
            "correct AMBASSADOR_FIELD_SELECTOR, or move the Secret".to_owned(),
        ),
    };
    let finding =
        found.at(field, message).about(object).label("not watched").also_maybe(secret, lacks);
    let maker = maker.filter(|_| why == Restriction::Labels);
    let finding = finding.also_maybe(maker.map(|maker| &maker.by), "creates it without them");
    restriction(finding, world, why).help(help)
}
