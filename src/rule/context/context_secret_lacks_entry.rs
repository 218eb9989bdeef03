//! A Secret that Emissary loads because of another entry, so that Envoy gets no file name.

use crate::world::{FreezeCause, World};

use crate::rule::shared::tell_freezes;
use crate::rule::{Findings, rule};

rule! {
    id: "context-secret-lacks-entry",
    severity: Error,
    summary: "a Secret exists, but does not have the entry that is needed",
    rows: [56],
    finds: "A `ca_secret` whose Secret has `user.key` or `crl.pem` but no `tls.crt`; or a \
            `crl_secret` whose Secret has `tls.crt` but neither `crl.pem` nor `user.key`.",
    matters: "Envoy rejects the whole configuration: no configuration change takes effect until \
              this is fixed, and a restarted pod has no routes.",
    remedy: "`ca_secret` needs `tls.crt`, `crl_secret` needs `crl.pem`.",
}

fn check(world: &World, found: &mut Findings) {
    let message = |name: &str| {
        format!(
            "TLSContext `{name}` names a Secret that does not have the \
             entry that is needed"
        )
    };
    tell_freezes(found, world, FreezeCause::EmptyFileName, message, |finding, _, _| {
        finding
            .label("lacks the entry")
            .help("store trust anchors under `tls.crt`, and revocation lists under `crl.pem`");
    });
}
