//! Mutual TLS to a workload whose sidecar has it disabled.

use crate::resource::MutualMode;
use crate::source::Span;
use crate::world::{Effective, Upstream, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-mutual-disabled",
    severity: Warning,
    summary: "Istio's mutual TLS is used for a workload that has it disabled",
    finds: "A Mapping with an Istio certificate whose upstream has mutual TLS disabled: by the \
            PeerAuthentication that applies to it (DISABLE); or, where none is in the input, by a \
            DestinationRule with `tls.mode: DISABLE`, which tells other clients to use plaintext.",
    matters: "The sidecar passes the bytes on as they are. The application gets a TLS handshake, \
              does not understand it, and Envoy reports WRONG_VERSION_NUMBER.",
    remedy: "Leave `tls` out for this upstream, or enable mutual TLS for it.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let Some(Effective::Mutual(id)) = world.effective(upstream) else { return };
        if world.istio_source(world.context(id)).is_none() {
            return;
        }
        let Some((place, label)) = turned_off(world, upstream) else { return };
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        found
            .at(service, format!("`{}` does not accept Istio's mutual TLS", service.value))
            .about(&mapping.object)
            .label("gets an Istio certificate")
            .also(place, label)
            .also_maybe(world.context_place(id), "with this context")
            .note(
                "the handshake reaches an application that expects plaintext: WRONG_VERSION_NUMBER",
            )
            .help("leave `tls` and `https://` out, or enable mutual TLS for the workload");
    });
}

/// Where mutual TLS is turned off for an upstream.
fn turned_off(world: &World, upstream: &Upstream) -> Option<(Span, &'static str)> {
    // A policy decides what the sidecar accepts; a DestinationRule only what other clients send.
    if let Some(policy) = world.peer_policy(upstream) {
        let off = policy.mode.value == MutualMode::Disable;
        return off.then_some((policy.mode.span, "disabled for its sidecar"));
    }
    let mode = world.destination_rule(upstream)?.tls_mode.as_ref()?;
    (mode.as_str() == "DISABLE").then_some((mode.span, "tells other clients to use plaintext"))
}
