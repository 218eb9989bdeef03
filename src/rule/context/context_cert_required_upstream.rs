//! `cert_required` means clients; towards an upstream Envoy has no such field.

use crate::document::Change;
use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-cert-required-upstream",
    severity: Error,
    summary: "`cert_required` on a context that an upstream uses",
    rows: [26],
}

fn check(world: &World, found: &mut Findings) {
    for freeze in world.freezes_by(FreezeCause::CertRequired) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        let context = world.context(id);
        // Where it also terminates, clients would no longer be asked for their certificates.
        let terminates = !context.linked_by.is_empty() || !context.hosts.is_empty();
        found
            .at(place, format!("`cert_required` on TLSContext `{name}`, which an upstream uses"))
            .about_name(freeze.object.clone())
            .label("Envoy has no such field here")
            .severity(frozen_severity(world, id))
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason))
            .help("remove `cert_required`")
            .fix_if(!terminates, "remove `cert_required`", [Change::Remove { key: place }]);
    }
}

const EXPLAIN: &str = "\
What it finds
`cert_required`, true or false, on a TLSContext that an upstream uses.

Why it matters
Envoy rejects the whole configuration. Emissary logs \"no update performed\" and keeps the old one:
no configuration change takes effect until this is fixed, and a restarted pod has no routes.

How to fix it
Remove `cert_required`. It belongs to contexts that Hosts terminate TLS with; an upstream decides on
its own whether it asks Ambassador for a certificate.
";
