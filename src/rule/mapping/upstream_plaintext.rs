//! For CI gates: an upstream that gets plaintext.

use crate::world::{Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "upstream-plaintext",
    severity: Error,
    summary: "an upstream gets plaintext",
    finds: "An upstream to which Ambassador sends plaintext. The rule runs with `--preset strict`, \
            or if it is selected by name.",
    matters: "Anyone on the network path can read and change the traffic.",
    remedy: "Name a TLSContext with a client certificate and a `ca_secret` in `tls`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        if !matches!(world.effective(upstream), Some(Effective::Plaintext)) {
            return;
        }
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        found
            .at(service, format!("`{}` is sent plaintext", service.value))
            .about(&mapping.object)
            .label("no TLS")
            .help("name a TLSContext in `tls`");
    });
}
