//! A Mapping that no Host takes, so that nothing is ever sent through it.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::{Host, Mapping, MappingKind};
use crate::world::{Behaviour, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-not-routed",
    severity: Warning,
    summary: "no Host selects a Mapping without `hostname`",
    rows: [],
}

fn check(world: &World, found: &mut Findings) {
    // Before 2.0 no Host was needed.
    if !world.settings.profile.has(Behaviour::HostsRouteMappings) {
        return;
    }
    let hosts = &world.resources.hosts;
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let nameless = mapping.kind == MappingKind::Mapping
            && mapping.routing.route_glob().is_none()
            && !mapping.routing.has_host_regex();
        if !nameless || upstream.routed || upstream.cluster.is_none() {
            continue;
        }
        // Hosts that live elsewhere may select it; and one that is here but broken is another
        // mistake.
        let elsewhere = hosts.is_empty() && !mapping.object.labels.is_empty();
        if hosts.iter().any(|host| selects(host, mapping)) {
            continue;
        }
        let name = &mapping.object.name.value;
        let finding = found
            .at(
                &mapping.object,
                format!("the Mapping `{name}` has no `hostname`, and no Host selects it"),
            )
            .about(&mapping.object)
            .label("no route leads here")
            .note(
                "Ambassador makes a cluster for it but no route; only a Host whose \
                 `mappingSelector` matches its labels would select it",
            )
            .help("add `hostname: \"*\"`, or the host names that it is for");
        let finding = match elsewhere {
            true => finding.severity(Severity::Note).note(
                "the input has no Hosts; one that is defined elsewhere may select it by its labels",
            ),
            false => finding,
        };
        if let Some(service) = &mapping.service {
            finding
                .fix_unsafe("add `hostname: \"*\"`", [Change::add(service.key, "hostname", "*")]);
        }
    }
}

fn selects(host: &Host, mapping: &Mapping) -> bool {
    host.selector.as_ref().is_some_and(|labels| {
        labels.is_empty() || labels.iter().any(|label| mapping.object.labels.contains(label))
    })
}

const EXPLAIN: &str = "\
What it finds
A Mapping of v3alpha1 without `hostname` that no Host selects by its labels.

Why it matters
Since 2.0 a Mapping is reached through a Host. In v2 a missing `host` meant any name; in v3alpha1 a
missing `hostname` means none, so the Mapping appears in the diagnostics but serves no requests.

How to fix it
Add `hostname: \"*\"` or the host names that it is for, or give it the labels that a Host's
`mappingSelector` asks for.
";
