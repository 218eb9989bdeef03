//! A name in `ecdh_curves` that BoringSSL does not know.

use crate::diagnostic::Severity;
use crate::world::{FreezeCause, World};

use super::consequence::frozen;

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "context-curve-unknown",
    severity: Severity::Error,
    summary: "a key agreement group that Envoy does not take",
    rows: &[34],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/context-curve-unknown/bad.yaml"),
    good: include_str!("../../testdata/rule/context-curve-unknown/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for freeze in world.freezes.iter().filter(|freeze| freeze.cause == FreezeCause::Curve) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        found
            .at(place, format!("TLSContext `{name}` names a group that Envoy does not take"))
            .about_name(freeze.object.clone())
            .label("not a group BoringSSL knows")
            .note(frozen(world, &[id]))
            .note(format!("Envoy's words: {}", freeze.reason))
            .help("use `X25519`, `P-256`, `P-384` or `P-521`");
    }
}

const EXPLAIN: &str = "\
What it finds
A name in `ecdh_curves` that BoringSSL does not know.

Why it matters
Envoy refuses the whole configuration. Emissary logs \"no update performed\" and keeps the old one: no
change of anybody takes effect until this is mended, and a restarted pod has no routes.

How to fix it
Use `X25519`, `P-256`, `P-384` or `P-521`.
";
