//! The trust anchors are the context's own leaf.

use crate::diagnostic::Severity;
use crate::world::{Context, CredentialRole, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, rule};

rule! {
    id: "ca-secret-is-own-certificate",
    severity: Error,
    summary: "`ca_secret` is the context's own client certificate",
    rows: [24],
    finds: "A TLSContext whose `ca_secret` is the certificate that the context itself presents, \
            which is not a CA. If the Secret is not in the input, this is judged by its name, \
            unless a Certificate with `isCA` creates it.",
    matters: "Ambassador reads the entry `tls.crt` of `ca_secret`, and never `ca.crt`. If both \
              fields name one Secret, Envoy trusts nothing but that leaf, and rejects every server \
              that presents any other certificate.",
    remedy: "Make a Secret whose `tls.crt` holds the CA that issued the servers' certificates, and \
             name it in `ca_secret`.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let Some(ca_secret) = &context.settings.ca_secret else { continue };
        if let Some(secret) = named_twice(world, context) {
            let finding = found
                .at(
                    ca_secret,
                    format!("`ca_secret` names the context's own client certificate, `{secret}`"),
                )
                .severity(Severity::Warning)
                .about(&resource.object)
                .label("a leaf, not a CA")
                .also_maybe(context.settings.secret.as_ref(), "the client certificate")
                .note(
                    "`ca_secret` reads `tls.crt`, never `ca.crt`; the Secret is not in the input, \
                       but unless its `tls.crt` also has the servers' CA, servers are rejected: \
                       CERTIFICATE_VERIFY_FAILED",
                )
                .help("create a Secret whose `tls.crt` holds the servers' CA, and use that");
            if let Some(who) = dependents(world, &[id]) {
                finding.note(who);
            }
            continue;
        }
        let own = world.credential(id, CredentialRole::Certificate);
        let (Some(own), Some(ca)) = (own, world.credential(id, CredentialRole::TrustedCa)) else {
            continue;
        };
        let (Some(leaf), false) = (own.chain.leaf(), ca.chain.is_empty()) else { continue };
        // A self-signed CA that is its own client certificate would be odd, but works. Any other
        // leaf pins a server's certificate, which Envoy accepts as an anchor.
        let same = ca.chain.certificates().iter().all(|other| other.der() == leaf.der());
        if !same || leaf.is_ca() {
            continue;
        }
        let finding = found
            .at(
                ca_secret,
                format!("`ca_secret` trusts the context's own certificate `{}`", leaf.subject),
            )
            .about(&resource.object)
            .label("this Secret has no CA")
            .note(
                "`ca_secret` reads `tls.crt`, never `ca.crt`; a server that presents any other \
                   certificate is rejected: CERTIFICATE_VERIFY_FAILED",
            )
            .help("create a Secret whose `tls.crt` holds the servers' CA, and use that");
        if let Some(who) = dependents(world, &[id]) {
            finding.note(who);
        }
    }
}

/// The Secret that both fields name, if its content is not in the input and nothing shows that it
/// is a CA's.
fn named_twice<'w>(world: &World, context: &'w Context) -> Option<&'w str> {
    let led = |field: &str| {
        let mut lookups = context.lookups.iter().filter(|lookup| lookup.field == field);
        let lookup = lookups.next()?;
        lookup.got.as_ref().map(|_| &lookup.reference)
    };
    let (own, ca) = (led("secret")?, led("ca_secret")?);
    let (namespace, name) = (own.namespace.as_str(), own.name.as_str());
    let same = namespace == ca.namespace && name == ca.name && !own.is_virtual();
    let mut promises = world.resources.promises.iter();
    let is_ca = promises
        .any(|one| one.covers(namespace, name) && one.is_ca == Some(true) && one.request.is_none());
    (same && !is_ca && world.secret(namespace, name).is_none()).then_some(name)
}
