//! A cipher suite name that BoringSSL does not know, or one of TLS 1.3, which cannot be chosen.

use crate::diagnostic::Severity;
use crate::world::{FreezeCause, World};

use super::consequence::frozen;

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "context-cipher-suite-unknown",
    severity: Severity::Error,
    summary: "a cipher suite that Envoy does not take",
    rows: &[33],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/context-cipher-suite-unknown/bad.yaml"),
    good: include_str!("../../testdata/rule/context-cipher-suite-unknown/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for freeze in world.freezes.iter().filter(|freeze| freeze.cause == FreezeCause::CipherSuite) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        found
            .at(place, format!("TLSContext `{name}` names a cipher suite that Envoy does not take"))
            .about_name(freeze.object.clone())
            .label("not a suite of TLS 1.2")
            .note(frozen(world, &[id]))
            .note(format!("Envoy's words: {}", freeze.reason))
            .help("remove it, or use a name like `ECDHE-ECDSA-AES128-GCM-SHA256`");
    }
}

const EXPLAIN: &str = "\
What it finds
A name in `cipher_suites` that BoringSSL does not know. The suites of TLS 1.3
(`TLS_AES_128_GCM_SHA256` …) are always on and cannot be named.

Why it matters
Envoy refuses the whole configuration. Emissary logs \"no update performed\" and keeps the old one: no
change of anybody takes effect until this is mended, and a restarted pod has no routes.

How to fix it
Use the names of BoringSSL for TLS 1.2, for example `ECDHE-ECDSA-AES128-GCM-SHA256`; leave TLS 1.3
suites out.
";
