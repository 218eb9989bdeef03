//! TCPMappings read `https://` since 2.0.4.

use crate::resource::MappingKind;
use crate::world::{Behaviour, Effective, World};

use crate::rule::{Findings, rule};

rule! {
    id: "tcp-mapping-scheme-ignored",
    severity: Warning,
    tag: Unnecessary,
    summary: "before 2.0.4, the scheme of a TCPMapping is ignored",
    rows: [83],
    finds: "A TCPMapping with `https://` and no `tls`, judged for an Emissary before 2.0.4.",
    matters: "Older versions ignore the scheme of TCPMappings and send the traffic in plaintext.",
    remedy: "Name a TLSContext in `tls`, which all versions read, or upgrade.",
}

fn check(world: &World, found: &mut Findings) {
    if world.settings.profile.has(Behaviour::TcpScheme) {
        return;
    }
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        let https = service.to_ascii_lowercase().starts_with("https://");
        let plaintext = world.effective(upstream) == Some(Effective::Plaintext);
        if mapping.kind != MappingKind::TcpMapping || !https || !plaintext {
            return;
        }
        found
            .at(
                service,
                format!("TCPMapping `{}` is plaintext despite `https://`", *mapping.object.name),
            )
            .about(&mapping.object)
            .label("ignored")
            .note(format!(
                "Emissary {} does not read the scheme of TCPMappings; 2.0.4 and later do",
                world.settings.profile
            ))
            .help("name a TLSContext in `tls`, or upgrade Emissary");
    });
}
