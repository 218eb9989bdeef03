//! The path, query, fragment and user of a service have no effect.

use crate::document::Change;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "service-path-ignored",
    severity: Note,
    tag: Unnecessary,
    summary: "everything after the host and port of a service is ignored",
    rows: [79],
    finds: "A `service` with a path, a query, a fragment or a user name.",
    matters: "Ambassador silently drops all of that.",
    remedy: "Remove it. To change paths use `rewrite`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let (Ok(address), Some(service)) = (&upstream.address, &mapping.service) else { return };
        // Nobody expects a trailing slash to do anything.
        let bare = service.split_once("://").map_or(service.as_str(), |(_, rest)| rest);
        let slash = bare.strip_suffix('/').is_some_and(|bare| !bare.contains(['/', '?', '#', '@']));
        if !address.has_extra_parts || slash {
            return;
        }
        let counts = address.normalized(None);
        found
            .at(service, format!("only `{}` of this service is used", address.normalized(None)))
            .about(&mapping.object)
            .label("includes a path, a query or a user")
            .note("Ambassador drops everything but scheme, host and port")
            .help("remove it; a Mapping changes paths with `rewrite`")
            .fix_unsafe("remove it", [Change::set(service.span, counts)]);
    });
}
