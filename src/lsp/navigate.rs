//! Go to definition and find references.

use ls_types::{Location, Position};

use crate::source::{SourceId, Span};
use crate::world::World;

use super::hover::file_at;
use super::names::{Thing, site_at, sites_of, visit, worlds};
use super::view::View;

/// The definition of the name at a position.
pub(super) fn definition(view: &View<'_>, id: SourceId, at: Position) -> Vec<Location> {
    let Some(byte) = view.counted_byte(id, at) else { return Vec::new() };
    let mut spans = Vec::new();
    for world in worlds(view.judged, id) {
        match site_at(world, id, byte) {
            Some(site) => {
                let sites = sites_of(world, site.thing).into_iter();
                spans.extend(sites.filter(|site| site.defines).map(|site| site.span));
            }
            None => spans.extend(behind(world, id, byte)),
        }
    }
    locations(view, spans)
}

/// All references to the name at a position.
pub(super) fn references(
    view: &View<'_>,
    id: SourceId,
    at: Position,
    with_definition: bool,
) -> Vec<Location> {
    let Some(byte) = view.counted_byte(id, at) else { return Vec::new() };
    let mut spans = Vec::new();
    for world in worlds(view.judged, id) {
        let Some(site) = site_at(world, id, byte) else { continue };
        if let Thing::Service(..) = site.thing {
            spans.extend(users_of_service(world, site.thing));
        }
        let sites = sites_of(world, site.thing).into_iter();
        let wanted = sites.filter(|site| with_definition || !site.defines);
        spans.extend(wanted.map(|site| site.span));
    }
    locations(view, spans)
}

/// The objects behind a service, or behind a file path in the pod.
fn behind(world: &World, id: SourceId, byte: u32) -> Vec<Span> {
    let holds = |span: Span| span.source == id && span.start <= byte && byte <= span.end;
    for upstream in &world.upstreams {
        let service = world.mapping(upstream).service.as_ref();
        if service.is_some_and(|service| holds(service.span)) {
            let services = world.destination_services(upstream);
            return services.iter().map(|service| service.object.name.span).collect();
        }
    }
    let Some(file) = file_at(world, id, byte) else { return Vec::new() };
    let trail = world.trail(file);
    // From the path inwards; the last step is the file's origin.
    let entry = trail.entry().map(|(_, entry)| entry.key.span);
    let source = trail.source.map(|source| source.name.span);
    let volume = trail.volume.map(|volume| volume.name.span);
    let mount = trail.mount.map(|mount| mount.path.span);
    entry.or(source).or(volume).or(mount).into_iter().collect()
}

fn users_of_service(world: &World, service: Thing<'_>) -> Vec<Span> {
    let Thing::Service(namespace, name) = service else { return Vec::new() };
    let leads_there = |upstream: &&crate::world::Upstream| {
        world
            .destination_services(upstream)
            .iter()
            .any(|service| service.object.namespace() == namespace && *service.object.name == name)
    };
    let users = world.upstreams.iter().filter(leads_there);
    users.filter_map(|upstream| Some(world.mapping(upstream).service.as_ref()?.span)).collect()
}

fn locations(view: &View<'_>, mut spans: Vec<Span>) -> Vec<Location> {
    spans.sort_by_key(|span| view.judged.world.sources.order(*span));
    spans.dedup();
    spans.into_iter().filter_map(|span| view.location(span)).collect()
}

/// Every location in a world that names anything.
pub(super) fn named_places(world: &World) -> Vec<Span> {
    let mut spans: Vec<Span> = world.resources.objects().map(|object| object.name.span).collect();
    visit(world, &mut |site| spans.push(site.span));
    spans.extend(world.resources.promises.iter().map(|promise| promise.by.name.span));
    spans.sort_unstable();
    spans.dedup();
    spans
}
