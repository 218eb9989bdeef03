//! A certificate presented to servers lacks clientAuth, or one presented to clients lacks
//! serverAuth.

use crate::diagnostic::Severity;
use crate::resource::MutualMode;
use crate::world::{CredentialRole, World};

use crate::rule::shared::dependents;
use crate::rule::{Findings, rule};

rule! {
    id: "certificate-usage-wrong",
    severity: Error,
    summary: "a certificate is used for something that its key usage does not allow",
    finds: "A certificate whose extendedKeyUsage does not allow its use: a context of a Mapping \
            presents it to servers and it lacks clientAuth, or a Host terminates TLS with it and \
            it lacks serverAuth. A certificate without the extension may be used for anything.",
    matters: "The type of a Secret does not say what its certificate is for; the context does. A \
              server that asks for a client certificate rejects one that is for servers only, and \
              Envoy reports only the alert. Most servers do not ask, so for an upstream it is a \
              warning; it is an error if a PeerAuthentication shows that the sidecar asks.",
    remedy: "Issue the certificate with the usage that it needs, or with both: `clientAuth` and \
             `serverAuth`.",
}

fn check(world: &World, found: &mut Findings) {
    for credential in world.credentials() {
        let Some(place) = credential.place else { continue };
        let Some(leaf) = credential.chain.leaf().filter(|leaf| leaf.fault.is_none()) else {
            continue;
        };
        let Some(allowed) = &leaf.extended_key_usage else { continue };
        let uses: Vec<_> = credential.used_as(CredentialRole::Certificate).collect();
        let upstream: Vec<_> =
            uses.iter().copied().filter(|id| world.users(*id).next().is_some()).collect();
        let terminating: Vec<_> = uses.iter().copied().filter(|id| world.terminates(*id)).collect();
        let wanted = [
            (
                upstream,
                "clientAuth",
                "servers",
                "those that ask for a certificate reject it: SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
            ),
            (terminating, "serverAuth", "clients", "strict ones, such as browsers, reject it"),
        ];
        for (ids, usage, peers, consequence) in wanted {
            if ids.is_empty() || leaf.allows_usage(usage) {
                continue;
            }
            // Most servers ask for no certificate; the sidecars of a mesh do.
            let asked = usage == "serverAuth"
                || ids.iter().flat_map(|id| world.users(*id)).any(|upstream| {
                    let mode = world.peer_policy(upstream).map(|policy| policy.mode.value);
                    mode == Some(MutualMode::Strict)
                });
            let name = &leaf.subject;
            let only = allowed.join(", ");
            let finding = found
                .at(
                    place,
                    format!("the certificate `{name}` in {} is not for {usage}", credential.name),
                )
                .about_maybe(credential.object.as_ref())
                .severity(if asked { Severity::Error } else { Severity::Warning })
                .label(format!("for {only} only"))
                .note(format!("it is presented to {peers}, and {consequence}"))
                .help(format!("issue it with {usage} among its extended key usages"));
            if let Some(who) = dependents(world, &ids) {
                finding.note(who);
            }
        }
    }
}
