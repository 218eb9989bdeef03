//! Entries under names that Emissary does not read.

use crate::world::World;

use crate::rule::shared::tell_let_down;
use crate::rule::shared::{Cause, absences, is_pending};
use crate::rule::{Findings, rule};

rule! {
    id: "secret-entries-wrong",
    severity: Error,
    summary: "a Secret has none of the entries that Ambassador reads",
    rows: [56, 59],
    finds: "A Secret, or one that something in the input will create, without the entries that are \
            needed: `tls.crt` and `tls.key` for `secret`, `tls.crt` for `ca_secret` (`ca.crt` is \
            never read), `crl.pem` for `crl_secret`. The names that Istio uses, `cert-chain.pem` \
            and `key.pem`, are read as well.",
    matters: "Ambassador drops the context. Mappings that name it get plaintext, or TLS without a \
              client certificate, while `kubectl` shows Running.",
    remedy: "Store the contents under the names that Ambassador reads.",
}

fn check(world: &World, found: &mut Findings) {
    for absence in absences(world) {
        let (entry, maker) = match absence.cause {
            // Another rule reports that it has not been issued yet.
            Cause::Entries(secret) if is_pending(secret) => continue,
            Cause::Entries(secret) => (secret.entries.first(), None),
            Cause::EntriesNeverMade(promise) => (None, Some(&promise.by)),
            _ => continue,
        };
        let name = &absence.lookup.reference.name;
        let (needs, help) = match absence.lookup.field {
            "secret" => (
                "`tls.crt` and `tls.key`",
                "store the certificate chain under `tls.crt`, and its key under `tls.key`",
            ),
            "ca_secret" => {
                ("`tls.crt`", "store the trust anchors under `tls.crt`: `ca.crt` is never read")
            }
            _ => ("`crl.pem`", "store the revocation list under `crl.pem`"),
        };
        let finding = found
            .at(absence.field, format!("Secret `{name}` has no {needs}"))
            .about(absence.object)
            .label("has other entries")
            .help(help)
            .also_maybe(entry.map(|entry| &entry.key), "an entry that is never read")
            .also_maybe(maker, "creates the Secret, with other entries");
        tell_let_down(finding, world, absence.id);
    }
}
