//! A name in `ecdh_curves` that BoringSSL does not know.

use crate::diagnostic::{Likeness, likeness};
use crate::document::Change;
use crate::envoy::CURVES;
use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-curve-unknown",
    severity: Error,
    summary: "a key exchange group that Envoy does not accept",
    rows: [34],
}

fn check(world: &World, found: &mut Findings) {
    let unknown = world.freezes_by(FreezeCause::Curve).map(|freeze| {
        (freeze, "names a group that Envoy does not accept", "not a group of BoringSSL")
    });
    let twice = world
        .freezes_by(FreezeCause::CurveTwice)
        .map(|freeze| (freeze, "names a group twice", "named before"));
    for (freeze, what, label) in unknown.chain(twice) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        let finding = found
            .at(place, format!("TLSContext `{name}` {what}"))
            .about_name(freeze.object.clone())
            .severity(frozen_severity(world, id))
            .label(label)
            .note(frozen(world, &[id]))
            .note(format!("Envoy reports: {}", freeze.reason))
            .help("use `X25519`, `P-256`, `P-384` or `P-521`, each only once");
        let curves = world.context(id).settings.ecdh_curves.as_ref();
        let curve = curves.and_then(|curves| curves.value.iter().find(|one| one.span == place));
        let meant = curve.and_then(|curve| {
            CURVES.into_iter().find(|known| likeness(curve, known) == Likeness::Slip)
        });
        if let Some(meant) = meant.filter(|_| freeze.cause == FreezeCause::Curve) {
            finding.fix(format!("write `{meant}`"), [Change::set(place, meant)]);
        }
    }
}

const EXPLAIN: &str = "\
What it finds
A name in `ecdh_curves` that BoringSSL does not know: `secp256r1` is called `P-256` there. From
Envoy 1.38 on also a group that is named twice, under whichever of its names.

Why it matters
Envoy rejects the whole configuration. Emissary logs \"no update performed\" and keeps the old one:
no configuration change takes effect until this is fixed, and a restarted pod has no routes.

How to fix it
Use `X25519`, `P-256`, `P-384` or `P-521`.
";
