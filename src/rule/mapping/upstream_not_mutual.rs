//! For CI gates: an upstream that gets no client certificate.

use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "upstream-not-mutual",
    severity: Error,
    summary: "an upstream gets TLS without a client certificate",
    finds: "An upstream to which Ambassador connects over TLS without presenting a certificate. \
            The rule runs with `--preset strict`, or if it is selected by name.",
    matters: "The upstream cannot tell Ambassador from any other client.",
    remedy: "Name a TLSContext with a client certificate and a `ca_secret` in `tls`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        if !matches!(world.effective(upstream), Some(Effective::Tls(_))) {
            return;
        }
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        found
            .at(service, format!("`{}` gets TLS without a client certificate", service.value))
            .about(&mapping.object)
            .label("not mutual")
            .help("name a TLSContext with a `secret` in `tls`");
    });
}
