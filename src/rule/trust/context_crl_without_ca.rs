//! A CRL alone verifies nothing, and Envoy says so by refusing everything.

use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-crl-without-ca",
    severity: Error,
    summary: "a context has a revocation list but no trust anchors",
    rows: [47],
}

fn check(world: &World, found: &mut Findings) {
    for freeze in world.freezes_by(FreezeCause::CrlWithoutCa) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        found
            .at(place, format!("TLSContext `{name}` has a revocation list but no trust anchors"))
            .about_name(freeze.object.clone())
            .label("a list without a CA")
            .severity(frozen_severity(world, id))
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason))
            .help("add `ca_secret`");
    }
}

const EXPLAIN: &str = "\
What it finds
A TLSContext with `crl_secret` but without trust anchors.

Why it matters
Envoy rejects the whole configuration: no configuration change takes effect until this is fixed, and
a restarted pod has no routes.

How to fix it
Add `ca_secret`.
";
