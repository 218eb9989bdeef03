//! A ConsulResolver that Mappings use only because it is the default.

use std::collections::HashSet;

use crate::diagnostic::counted;
use crate::document::Change;
use crate::document::Text;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "consul-resolver-by-default",
    severity: Warning,
    summary: "a default Consul resolver watches no service",
    rows: [108],
    finds: "A Module `ambassador` whose default `resolver` is a ConsulResolver, and Mappings that \
            rely on it.",
    matters: "The part of Ambassador that watches Consul starts a watch only for a Mapping that \
              names the resolver itself. Envoy waits for the endpoints of the others forever: \
              requests fail with 503.",
    remedy: "Name the resolver in each Mapping.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(module) = world.module() else { return };
    let Some(resolver) = &module.resolver else { return };
    let asking = || {
        let upstreams = world.upstreams.iter().filter(|upstream| upstream.cluster.is_some());
        let mappings = upstreams.map(|upstream| world.mapping(upstream));
        let mappings = mappings.filter(|mapping| mapping.kind.qualifies_service());
        mappings.filter(|mapping| world.asks_consul(mapping))
    };
    let service = |mapping: &crate::resource::Mapping| {
        mapping.service.as_ref().map(|service| service.value.clone())
    };
    let watched: HashSet<Text> =
        asking().filter(|mapping| mapping.resolver.is_some()).filter_map(service).collect();
    let unwatched: Vec<_> = asking()
        .filter(|mapping| mapping.resolver.is_none())
        .filter(|mapping| service(mapping).is_none_or(|service| !watched.contains(&service)))
        .collect();
    let Some(first) = unwatched.first() else { return };
    let count = counted(unwatched.len(), "Mapping");
    let uses = if unwatched.len() == 1 { "uses" } else { "use" };
    found
        .at(resolver, format!("{count} {uses} Consul by default, and gets no endpoints from it"))
        .about(&module.object)
        .label("the default")
        .also(&first.object, "names no resolver itself")
        .note(
            "Ambassador asks Consul only for services of Mappings that name the resolver \
             themselves; requests to all others fail with `no healthy upstream`",
        )
        .help(format!("add `resolver: {}` to each Mapping", resolver.value))
        .fix_unsafe(
            format!("add `resolver: {}` to {count}", resolver.value),
            unwatched.iter().filter_map(|mapping| {
                let service = mapping.service.as_ref()?;
                Some(Change::add(service.key(), "resolver", resolver.value.clone()))
            }),
        );
}
