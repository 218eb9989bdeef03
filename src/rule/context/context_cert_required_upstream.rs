//! `cert_required` applies to clients; Envoy has no such field for upstreams.

use crate::document::Change;
use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-cert-required-upstream",
    severity: Error,
    summary: "`cert_required` on a context that an upstream uses",
    rows: [26],
    finds: "`cert_required`, true or false, on a TLSContext that an upstream uses.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Remove `cert_required`. It is for contexts with which Hosts terminate TLS; an \
             upstream decides itself whether to request a certificate from Ambassador.",
}

fn check(world: &World, found: &mut Findings) {
    let message =
        |name: &str| format!("`cert_required` on TLSContext `{name}`, which an upstream uses");
    tell_freezes(found, world, FreezeCause::CertRequired, message, |finding, id, key| {
        let context = world.context(id);
        // If it also terminates TLS, clients would no longer be asked for certificates.
        let terminates = !context.linked_by.is_empty() || !context.hosts.is_empty();
        let remove = "remove `cert_required`";
        finding.label("Envoy has no such field here").help(remove).fix_if(
            !terminates,
            remove,
            [Change::Remove { key }],
        );
    });
}
