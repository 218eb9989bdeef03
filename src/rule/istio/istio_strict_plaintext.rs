//! Plaintext to a workload that accepts mutual TLS only.

use crate::diagnostic::Severity;
use crate::resource::MutualMode;
use crate::world::{BadContext, Effective, Outbound, Reference, World};

use crate::rule::{Findings, rule};

rule! {
    id: "istio-strict-plaintext",
    severity: Error,
    summary: "plaintext is sent to a workload whose sidecar accepts mutual TLS only",
    finds: "A Mapping whose upstream gets plaintext, or TLS without a client certificate, while \
            the PeerAuthentication that applies to it is STRICT. Nothing is reported if a sidecar \
            of the Ambassador pod handles its traffic.",
    matters: "A sidecar in STRICT mode does not accept plaintext: it resets the connection, and \
              clients get 503.",
    remedy: "Name a TLSContext with an Istio certificate in `tls`, or let the upstream accept \
             plaintext (PERMISSIVE).",
}

fn check(world: &World, found: &mut Findings) {
    let outbound = world.outbound();
    if outbound == Outbound::Intercepted {
        return;
    }
    found.each_upstream(world, |upstream, found| {
        let (sent, label) = match world.effective(upstream) {
            Some(Effective::Plaintext) => ("plaintext", "sent in plaintext"),
            Some(Effective::Tls(_)) => (
                "TLS without a client certificate",
                "presents no \
                 certificate",
            ),
            _ => return,
        };
        // One cause, one rule: an undefined context is the mistake.
        if matches!(upstream.reference, Reference::Bad { why: BadContext::Undefined, .. }) {
            return;
        }
        let Some(policy) = world.peer_policy(upstream) else { return };
        // A mesh-wide policy does not apply to workloads outside the mesh.
        let known = !world.destination_services(upstream).is_empty();
        if policy.mode.value != MutualMode::Strict || (policy.is_mesh_wide && !known) {
            return;
        }
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        let finding = found
            .at(
                service,
                format!(
                    "`{}` is sent {sent}, and its sidecar accepts mutual TLS only",
                    service.value
                ),
            )
            .about(&mapping.object)
            .label(label)
            .also(policy.mode, "mutual TLS only")
            .note("the sidecar resets the connection, and clients get 503 `connection termination`")
            .help("name a TLSContext with an Istio certificate in `tls`");
        if outbound == Outbound::Unknown {
            let finding = finding.severity(Severity::Warning);
            finding.note("a sidecar in Ambassador's own pod would add mutual TLS automatically");
        }
    });
}
