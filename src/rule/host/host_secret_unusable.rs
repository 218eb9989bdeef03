//! A Host's Secret that exists but cannot be used.

use crate::resource::Secret;
use crate::rule::shared::is_pending;
use crate::world::{ContextOrigin, HostSetupFaultKind, SecretReference, Watched, World};

use crate::rule::{Findings, rule};

rule! {
    id: "host-secret-unusable",
    severity: Error,
    summary: "the Secret of a Host exists but cannot be used",
    finds: "A Host whose `tlsSecret` is in the input, with a type that Ambassador ignores, or \
            without the certificate or the key that the Host needs.",
    matters: "Ambassador reports an error and marks the Host inactive: TLS for its name is not \
              terminated, and clients get the certificate of another Host, or none.",
    remedy: "Put the certificate and key into a Secret of type `kubernetes.io/tls`.",
}

fn check(world: &World, found: &mut Findings) {
    let faults = world.host_setup_faults.iter();
    let dropped = faults.filter(|one| matches!(one.kind, HostSetupFaultKind::SecretInvalid(_)));
    let dropped = dropped.map(|fault| (fault.host, None));
    // The Host's own context, for which Emissary reports what is missing.
    let lacking = world.contexts.iter().filter(|context| !context.is_good());
    let lacking = lacking.filter_map(|context| match context.origin {
        ContextOrigin::Host(index) => Some((index, context.messages().into_iter().next())),
        _ => None,
    });
    for (index, words) in dropped.chain(lacking) {
        let host = &world.resources.hosts[index];
        let Some(name) = &host.tls_secret else { continue };
        let namespace = host.tls_secret_namespace.as_ref().map_or(host.object.namespace(), |n| n);
        // Another rule reports one that is not in the input.
        let Some(secret) = world.secret(namespace, name) else { continue };
        let reference = SecretReference::resolve(name, namespace, false);
        if matches!(world.watches_secret(&reference), Watched::No(_)) {
            continue;
        }
        let (why, help) = fault(secret);
        let finding = found
            .at(name, format!("Secret `{}` of Host `{}` {why}", name.value, *host.object.name))
            .about(&host.object)
            .label("named here")
            .also(&secret.object, "cannot be used")
            .help(help);
        match words {
            Some(words) => finding.note(format!("Ambassador reports: {words}")),
            None => finding.note(format!(
                "Ambassador marks the Host inactive, and does not terminate TLS for `{}`",
                host.glob()
            )),
        };
    }
}

/// What is wrong with a Secret, and what to do.
fn fault(secret: &Secret) -> (String, String) {
    let filled = |key: &str| secret.entry(key).is_some_and(|entry| !entry.is_empty());
    let text = |key: &str| secret.entry(key).and_then(|entry| entry.text()).is_some();
    if !secret.has_known_type() {
        let kind = secret.type_name();
        return (
            format!("has the type `{kind}`, which Ambassador ignores"),
            "change its type to `kubernetes.io/tls`".to_owned(),
        );
    }
    if is_pending(secret) {
        let help =
            format!("see why: `kubectl -n {} describe certificate`", secret.object.namespace());
        return ("has a certificate that has not been issued yet".to_owned(), help);
    }
    for key in ["tls.crt", "tls.key"] {
        let add = format!(
            "put the {} into `{key}`",
            if key == "tls.crt" { "certificate chain" } else { "private key" }
        );
        match (filled(key), text(key)) {
            (false, _) => return (format!("has no `{key}`"), add),
            (true, false) => {
                return (
                    format!("has a `{key}` that is not base64-encoded text"),
                    "put PEM into `stringData`, or its base64 into `data`".to_owned(),
                );
            }
            (true, true) => {}
        }
    }
    ("cannot be used".to_owned(), "store a certificate chain and its key in it, as PEM".to_owned())
}
