//! A name in `ecdh_curves` that BoringSSL does not know.

use crate::diagnostic::{Likeness, likeness};
use crate::document::Change;
use crate::envoy::CURVES;
use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-curve-unknown",
    severity: Error,
    summary: "a key exchange group that Envoy does not accept",
    rows: [34],
    finds: "A name in `ecdh_curves` that BoringSSL does not know: `secp256r1` is called `P-256` \
            there. From Envoy 1.38 on, also a group that is named twice, even under different \
            names.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Use `X25519`, `P-256`, `P-384` or `P-521`.",
}

fn check(world: &World, found: &mut Findings) {
    let help = "use `X25519`, `P-256`, `P-384` or `P-521`, each only once";
    let unknown =
        |name: &str| format!("TLSContext `{name}` names a group that Envoy does not accept");
    tell_freezes(found, world, FreezeCause::Curve, unknown, |finding, id, place| {
        let finding = finding.label("not a group of BoringSSL").help(help);
        let curves = world.context(id).settings.ecdh_curves.as_ref();
        let curve = curves.and_then(|curves| curves.value.iter().find(|one| one.span == place));
        let is_meant = |curve: &str, known: &str| likeness(curve, known) == Likeness::Typo;
        let meant = curve.and_then(|curve| CURVES.into_iter().find(|known| is_meant(curve, known)));
        if let Some(meant) = meant {
            finding.fix(format!("write `{meant}`"), [Change::set(place, meant)]);
        }
    });
    let twice = |name: &str| format!("TLSContext `{name}` names a group twice");
    tell_freezes(found, world, FreezeCause::CurveTwice, twice, |finding, _, _| {
        finding.label("already named").help(help);
    });
}
