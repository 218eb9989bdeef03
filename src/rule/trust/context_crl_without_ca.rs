//! A CRL without trust anchors, for which Envoy rejects the whole configuration.

use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-crl-without-ca",
    severity: Error,
    summary: "a context has a revocation list but no trust anchors",
    rows: [47],
    finds: "A TLSContext with `crl_secret` but without trust anchors.",
    matters: "Envoy rejects the whole configuration: no configuration change takes effect until \
              this is fixed, and a restarted pod has no routes.",
    remedy: "Add `ca_secret`.",
}

fn check(world: &World, found: &mut Findings) {
    let message =
        |name: &str| format!("TLSContext `{name}` has a revocation list but no trust anchors");
    tell_freezes(found, world, FreezeCause::CrlWithoutCa, message, |finding, _, _| {
        finding.label("a revocation list without a CA").help("add `ca_secret`");
    });
}
