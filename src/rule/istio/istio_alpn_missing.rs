//! Istio certificates without the ALPN that its sidecars expect.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::MutualMode;
use crate::world::{Effective, PeerPolicy, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-alpn-missing",
    severity: Note,
    summary: "an Istio certificate is used without `alpn_protocols: istio`",
    rows: [105],
    finds: "A context with an Istio certificate, used by an upstream, without `istio` in its \
            `alpn_protocols`. It is a warning if the PeerAuthentication of an upstream in the \
            input is PERMISSIVE, and not reported if all of them are STRICT.",
    matters: "A sidecar in PERMISSIVE mode, which is Istio's default, uses ALPN to distinguish the \
              mesh's TLS from the application's own. Without it the connection is reset, or passed \
              through to an application that does not speak TLS. STRICT mode does not need it.",
    remedy: "Add `alpn_protocols: istio` to the TLSContext.",
}

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        let alpn = context.settings.alpn_protocols.as_ref();
        let speaks_istio =
            alpn.is_some_and(|alpn| alpn.split(',').any(|token| token.starts_with("istio")));
        if speaks_istio || world.istio_source(context).is_none() {
            continue;
        }
        let users = world
            .users(id)
            .filter(|upstream| matches!(world.effective(upstream), Some(Effective::Mutual(_))));
        let policies: Vec<_> = users.map(|upstream| world.peer_policy(upstream)).collect();
        let mode = |policy: &Option<PeerPolicy<'_>>| policy.map(|policy| policy.mode.value);
        let permissive =
            policies.iter().flatten().find(|policy| policy.mode.value == MutualMode::Permissive);
        // STRICT mode does not need it, and where mutual TLS is disabled it does not help.
        if permissive.is_none() && policies.iter().all(|policy| mode(policy).is_some()) {
            continue;
        }
        let settings = &resource.settings;
        let material = settings.secret.as_ref().or(settings.cert_chain_file.as_ref());
        let place = alpn.or(material).map_or(resource.object.place(), |field| field.span);
        let finding = found
            .at(place, format!("the context `{}` does not offer the ALPN `istio`", context.name))
            .about(&resource.object)
            .label(if alpn.is_some() { "offered instead" } else { "an Istio certificate" })
            .help("add `alpn_protocols: istio`");
        let finding = match permissive {
            Some(policy) => finding
                .severity(Severity::Warning)
                .also(policy.mode, "an upstream's sidecar is PERMISSIVE")
                .note(
                    "it treats TLS without this ALPN as the application's own: HTTP ports reset \
                     the connection, other ports pass it on to the application",
                ),
            None => finding.note(
                "an Istio sidecar in PERMISSIVE mode treats TLS without it as the application's \
                 own: HTTP ports then reset the connection; in STRICT mode it is not needed",
            ),
        };
        if let (None, Some(material)) = (alpn, material) {
            finding.fix_unsafe(
                "add `alpn_protocols: istio`",
                [Change::add(material.key(), "alpn_protocols", "istio")],
            );
        }
    }
}
