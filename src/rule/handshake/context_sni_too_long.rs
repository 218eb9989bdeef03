//! `sni` of more than 255 bytes.

use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-sni-too-long",
    severity: Error,
    summary: "an SNI longer than Envoy allows",
    finds: "An `sni` of more than 255 bytes.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Shorten it: a host name has at most 253 characters.",
}

fn check(world: &World, found: &mut Findings) {
    let message = |name: &str| format!("`sni` of TLSContext `{name}` is longer than 255 bytes");
    tell_freezes(found, world, FreezeCause::LongSni, message, |finding, _, _| {
        finding.label("too long").help("shorten the name");
    });
}
