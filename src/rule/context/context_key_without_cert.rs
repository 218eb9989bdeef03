//! `private_key_file` alone passes Emissary, and stops Envoy.

use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-key-without-cert",
    severity: Error,
    summary: "a TLSContext names a key file without a certificate file",
    rows: [20],
}

fn check(world: &World, found: &mut Findings) {
    for freeze in world.freezes_by(FreezeCause::KeyWithoutCertificate) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        found
            .at(place, format!("TLSContext `{name}` has a private key but no certificate"))
            .about_name(freeze.object.clone())
            .label("a key alone")
            .severity(frozen_severity(world, id))
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason))
            .help("add `cert_chain_file`");
    }
}

const EXPLAIN: &str = "\
What it finds
A TLSContext with `private_key_file` but without `cert_chain_file` or `secret`, used by an upstream
or a Host.

Why it matters
Envoy rejects the whole configuration. Emissary logs \"no update performed\" and keeps the old one:
no configuration change takes effect until this is fixed, and a restarted pod has no routes.

How to fix it
Add `cert_chain_file`, or use a `secret`.
";
