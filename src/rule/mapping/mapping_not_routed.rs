//! A Mapping that no Host serves, so nothing is ever sent through it.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::{Host, Mapping, MappingKind};
use crate::world::{Behaviour, Completeness, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-not-routed",
    severity: Warning,
    summary: "no Host serves a Mapping, so nothing is sent through it",
    finds: "A v3alpha1 Mapping without `hostname` that no Host selects by its labels. Also any \
            Mapping whose `hostname` matches no Host although the input has Hosts, or matches only \
            a Host whose `mappingSelector` requires other labels.",
    matters: "Since 2.0 a Mapping is reached through a Host. In v2 a missing `host` meant any \
              name; in v3alpha1 a missing `hostname` means none, so the Mapping appears in the \
              diagnostics but serves no requests. A Mapping with a `hostname` is routed by Hosts \
              with a matching one; since 3.2 a `mappingSelector` must match as well.",
    remedy: "Add `hostname: \"*\"` or the host names that it is for, or give it the labels that a \
             Host's `mappingSelector` requires. For a new host name, add a Host; pass `--external \
             'Host/*/*'` if Hosts are defined elsewhere.",
}

fn check(world: &World, found: &mut Findings) {
    // Before 2.0 no Host was needed.
    if !world.settings.profile.has(Behaviour::HostsRouteMappings) {
        return;
    }
    let hosts = &world.resources.hosts;
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let is_open = mapping.kind == MappingKind::Mapping && !mapping.routing.has_host_regex();
        if !is_open || upstream.routed || upstream.cluster.is_none() {
            continue;
        }
        if let Some(glob) = mapping.routing.route_glob() {
            tell_named(world, mapping, glob, found);
            continue;
        }
        // Hosts defined elsewhere may select it; and a broken Host in the input is another mistake.
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
            .label("has no route")
            .note(
                "Ambassador creates a cluster for it but no route; only a Host whose \
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
                .fix_unsafe("add `hostname: \"*\"`", [Change::add(service.key(), "hostname", "*")]);
        }
    }
}

/// Reports a Mapping whose `hostname` matches no Host, or only one that selects other labels. A
/// Host that is itself unused, or that the API server rejects, is another mistake.
fn tell_named(world: &World, mapping: &Mapping, glob: &str, found: &mut Findings) {
    let namespace = mapping.object.namespace();
    let is_refused = world.resources.refusals.iter().any(|one| one.object.kind == "Host");
    if is_refused || world.absence("Host", namespace, "") != Completeness::Complete {
        return;
    }
    // A Host that lost its name to another one is reported at that Host.
    let mut lost = world.hosts.iter().filter(|one| one.displaced_by.is_some());
    let is_its_own = |host: &Host, index: Option<usize>| {
        index.is_some_and(|at| world.resources.hosts[at].object.place() == host.object.place())
    };
    if lost.any(|one| world.hosts_named(glob).any(|host| is_its_own(host, one.index))) {
        return;
    }
    let name = &mapping.object.name.value;
    let mut hosts = world.hosts_named(glob).peekable();
    if hosts.peek().is_none() {
        found
            .at(
                &mapping.object,
                format!("no Host of the input is for `{glob}` of Mapping `{name}`"),
            )
            .about(&mapping.object)
            .label("has no route")
            .note(
                "Ambassador creates a cluster for it but no route; only a Host whose `hostname` \
                 matches would serve it",
            )
            .help(format!(
                "add a Host for `{glob}`, or correct `hostname`; if Hosts are defined elsewhere, \
                 pass `--external 'Host/*/*'`"
            ));
        return;
    }
    let active = |host: &Host| {
        let mut active = world.hosts.iter().filter(|one| one.displaced_by.is_none());
        active.any(|one| one.selector.is_some() && is_its_own(host, one.index))
    };
    if let Some(host) = hosts.find(|host| active(host)) {
        found
            .at(&mapping.object, format!("the Host for `{glob}` does not select Mapping `{name}`"))
            .about(&mapping.object)
            .label("has no route")
            .also(&host.object, "selects other labels")
            .note(
                "since 3.2, if a Host has a `mappingSelector` and a Mapping has a `hostname`, \
                 both must match",
            )
            .help("give the Mapping the labels that the `mappingSelector` requires");
    }
}

fn selects(host: &Host, mapping: &Mapping) -> bool {
    host.selector.as_ref().is_some_and(|labels| {
        labels.is_empty() || labels.iter().any(|label| mapping.object.labels.contains(label))
    })
}
