//! `sni` of more than 255 bytes.

use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-sni-too-long",
    severity: Error,
    summary: "an SNI longer than Envoy allows",
}

fn check(world: &World, found: &mut Findings) {
    for freeze in world.freezes_by(FreezeCause::LongSni) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        found
            .at(place, format!("`sni` of TLSContext `{name}` is longer than 255 bytes"))
            .about_name(freeze.object.clone())
            .label("too long")
            .severity(frozen_severity(world, id))
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason))
            .help("shorten the name");
    }
}

const EXPLAIN: &str = "\
What it finds
An `sni` of more than 255 bytes.

Why it matters
Envoy rejects the whole configuration. Emissary logs \"no update performed\" and keeps the old one:
no configuration change takes effect until this is fixed, and a restarted pod has no routes.

How to fix it
Shorten it: a host name has at most 253 characters.
";
