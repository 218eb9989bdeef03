//! A cipher suite name that BoringSSL does not know, or one of TLS 1.3, which cannot be chosen.

use crate::envoy::unknown_ciphers;
use crate::world::{FreezeCause, World};

use crate::rule::shared::{frozen, frozen_severity};
use crate::rule::{Findings, rule};

rule! {
    id: "context-cipher-suite-unknown",
    severity: Error,
    summary: "a cipher suite that Envoy does not accept",
    rows: [33],
    finds: "An entry of `cipher_suites` that BoringSSL does not know, and lists that leave no \
            suite for TLS 1.2. It knows its own names, the standard names and its aliases \
            (`ECDHE+AESGCM`, `[A|B]` for equal preference), but not OpenSSL's `!aNULL` and `!MD5`. \
            TLS 1.3 suites (`TLS_AES_128_GCM_SHA256` …) are always enabled: next to others they \
            have no effect, and on their own they make an empty list.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Use BoringSSL's names for TLS 1.2 suites, for example \
             `ECDHE-ECDSA-AES128-GCM-SHA256`; leave TLS 1.3 suites out.",
}

fn check(world: &World, found: &mut Findings) {
    let help = "use TLS 1.2 suites, such as `ECDHE-ECDSA-AES128-GCM-SHA256`";
    let unknown = world.freezes_by(FreezeCause::CipherSuite).map(|freeze| {
        let suites =
            freeze.context.and_then(|id| world.context(id).settings.cipher_suites.as_ref());
        let entries: Vec<&str> =
            suites.iter().flat_map(|suites| &suites.value).map(|entry| entry.as_str()).collect();
        let unknown = unknown_ciphers(&entries, world.settings.envoy());
        let names: Vec<String> = unknown.iter().map(|name| format!("`{name}`")).collect();
        let what = match names.as_slice() {
            [] => "names a cipher suite that Envoy does not accept".to_owned(),
            [one] => format!("names the cipher suite {one}, which Envoy does not accept"),
            all => format!("names cipher suites that Envoy does not accept: {}", all.join(", ")),
        };
        (freeze, what, "not a suite of BoringSSL", "")
    });
    let empty = world.freezes_by(FreezeCause::NoCipherSuite).map(|freeze| {
        let why = "a list must contain a TLS 1.2 suite; TLS 1.3 suites do not count";
        let what = "has a list of cipher suites with none for TLS 1.2".to_owned();
        (freeze, what, "leaves none", why)
    });
    for (freeze, what, label, why) in unknown.chain(empty) {
        let (Some(place), Some(id)) = (freeze.place, freeze.context) else { continue };
        let name = &world.context(id).name;
        let finding = found
            .at(place, format!("TLSContext `{name}` {what}"))
            .about_name(freeze.object.clone())
            .severity(frozen_severity(world, id))
            .label(label)
            .help(help);
        let finding = if why.is_empty() { finding } else { finding.note(why) };
        finding.note(frozen(world, &[id])).note(format!("Envoy reports: {}", freeze.reason));
    }
}
