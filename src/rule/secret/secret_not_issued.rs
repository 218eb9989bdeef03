//! A Secret whose certificate has not been issued yet.

use crate::rule::shared::{Cause, absences, is_pending, tell_let_down};
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "secret-not-issued",
    severity: Error,
    summary: "the certificate of a Secret has not been issued yet",
    finds: "A Secret that a context names, with a key in `tls.key` and an empty `tls.crt`.",
    matters: "cert-manager writes the key first, and the certificate when the order is done. Until \
              then Ambassador rejects the context, and Mappings that name it get plaintext, or TLS \
              without a client certificate. It is an error because the input proves that.",
    remedy: "Find out why the certificate is not issued: `kubectl describe certificate`, then its \
             CertificateRequest and Order.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let (Cause::Entries(secret), "secret") = (&absence.cause, absence.lookup.field) else {
            continue;
        };
        if !is_pending(secret) {
            continue;
        }
        let name = &absence.lookup.reference.name;
        let finding = found
            .at(
                absence.field,
                format!("the certificate in Secret `{name}` has not been issued yet"),
            )
            .about(absence.object)
            .label("a key without a certificate")
            .also_maybe(secret.entry("tls.crt").map(|entry| &entry.key), "empty")
            .note("cert-manager leaves the Secret like this while an order is pending")
            .help(format!(
                "find out why: `kubectl -n {} describe certificate`",
                absence.lookup.reference.namespace
            ));
        tell_let_down(finding, world, absence.id);
    }
}
