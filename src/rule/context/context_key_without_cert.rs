//! `private_key_file` alone, which Emissary accepts and Envoy rejects.

use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-key-without-cert",
    severity: Error,
    summary: "a TLSContext names a key file without a certificate file",
    rows: [20],
    finds: "A TLSContext with `private_key_file` but without `cert_chain_file` or `secret`, used \
            by an upstream or a Host.",
    matters: "Envoy rejects the whole configuration. Emissary logs \"no update performed\" and \
              keeps the old one: no configuration change takes effect until this is fixed, and a \
              restarted pod has no routes.",
    remedy: "Add `cert_chain_file`, or use a `secret`.",
}

fn check(world: &World, found: &mut Findings) {
    let message = |name: &str| format!("TLSContext `{name}` has a private key but no certificate");
    tell_freezes(found, world, FreezeCause::KeyWithoutCertificate, message, |finding, _, _| {
        finding.label("a key without a certificate").help("add `cert_chain_file`");
    });
}
