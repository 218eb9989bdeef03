//! Names, and every location that defines or uses them.

use crate::lint::Judged;
use crate::resource::{KeyedKind, TlsReference};
use crate::source::{SourceId, Span};
use crate::world::{BadContext, ContextId, ContextOrigin, Reference, World};

/// A named thing in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing<'w> {
    /// A TLS context.
    Context(ContextId),
    /// An undefined context.
    Undefined(&'w str),
    /// A Secret, by namespace and name.
    Secret(&'w str, &'w str),
    /// A ConfigMap, by namespace and name.
    ConfigMap(&'w str, &'w str),
    /// A resolver.
    Resolver(&'w str),
    /// A volume of a workload, by the workload's index.
    Volume(usize, &'w str),
    /// A Service, by namespace and name.
    Service(&'w str, &'w str),
    /// A Mapping or similar object, by the index of its upstream.
    Upstream(usize),
    /// A Host, by its index.
    Host(usize),
}

/// A location that names a thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'w> {
    pub(super) thing: Thing<'w>,
    pub(super) span: Span,
    /// The text there.
    pub(super) written: &'w str,
    /// Whether this is the definition.
    pub(super) defines: bool,
}

/// The worlds that a source is part of.
pub(super) fn worlds(judged: &Judged, id: SourceId) -> impl Iterator<Item = &World> {
    judged.each().filter(move |world| world.sources.counts(id))
}

/// The site at a byte.
pub(super) fn site_at(world: &World, id: SourceId, byte: u32) -> Option<Site<'_>> {
    let mut found: Option<Site<'_>> = None;
    visit(world, &mut |site| {
        let holds = site.span.source == id && site.span.start <= byte && byte <= site.span.end;
        if holds && found.is_none() {
            found = Some(site);
        }
    });
    found
}

/// All sites of a thing, in the order of the sources.
pub(super) fn sites_of<'w>(world: &'w World, thing: Thing<'w>) -> Vec<Site<'w>> {
    let mut sites = Vec::new();
    visit(world, &mut |site| {
        if site.thing == thing {
            sites.push(site);
        }
    });
    sites.sort_by_key(|site| world.sources.order(site.span));
    sites.dedup_by_key(|site| site.span);
    sites
}

/// Visits every site of a world.
pub(super) fn visit<'w>(world: &'w World, see: &mut dyn FnMut(Site<'w>)) {
    contexts(world, see);
    upstreams(world, see);
    let all = &world.resources;
    let mut define = |thing, name: &'w crate::document::Located<crate::document::Text>| {
        see(Site { thing, span: name.span, written: &name.value, defines: true });
    };
    for secret in &all.secrets {
        let object = &secret.object;
        define(Thing::Secret(object.namespace(), &object.name), &object.name);
    }
    for promise in &all.promises {
        let namespace = promise.namespace.as_deref().unwrap_or(promise.by.namespace());
        define(Thing::Secret(namespace, &promise.secret), &promise.secret);
    }
    for map in &all.config_maps {
        let object = &map.object;
        define(Thing::ConfigMap(object.namespace(), &object.name), &object.name);
    }
    for resolver in &all.resolvers {
        define(Thing::Resolver(&resolver.object.name), &resolver.object.name);
    }
    for service in &all.services {
        let object = &service.object;
        define(Thing::Service(object.namespace(), &object.name), &object.name);
    }
    for (at, host) in all.hosts.iter().enumerate() {
        define(Thing::Host(at), &host.object.name);
    }
    workloads(world, see);
    let module = all.modules.iter().filter_map(|module| module.resolver.as_ref());
    for name in module {
        see(Site {
            thing: Thing::Resolver(name),
            span: name.span,
            written: &name.value,
            defines: false,
        });
    }
    hosts(world, see);
}

fn contexts<'w>(world: &'w World, see: &mut dyn FnMut(Site<'w>)) {
    let all = &world.resources;
    for (index, context) in world.contexts.iter().enumerate() {
        let thing = Thing::Context(ContextId(index));
        let name = match context.origin {
            ContextOrigin::TlsContext(at) => Some(&all.contexts[at].object.name),
            ContextOrigin::Legacy { module, block } => {
                Some(&all.modules[module].legacy_contexts[block].name)
            }
            ContextOrigin::Host(_) | ContextOrigin::Null => None,
        };
        if let Some(name) = name {
            let span = match context.origin {
                ContextOrigin::Legacy { .. } => name.key(),
                _ => name.span,
            };
            see(Site { thing, span, written: &name.value, defines: true });
        }
        for lookup in &context.lookups {
            let settings = &context.settings;
            let field = match lookup.field {
                "ca_secret" => settings.ca_secret.as_ref(),
                "crl_secret" => settings.crl_secret.as_ref(),
                _ => settings.secret.as_ref(),
            };
            let own = &lookup.reference;
            if let Some(field) = field {
                see(Site {
                    thing: Thing::Secret(&own.namespace, &own.name),
                    span: field.span,
                    written: world.sources.text(field.span).trim_matches(['"', '\'']),
                    defines: false,
                });
            }
        }
    }
}

fn upstreams<'w>(world: &'w World, see: &mut dyn FnMut(Site<'w>)) {
    for (index, upstream) in world.upstreams.iter().enumerate() {
        let mapping = world.mapping(upstream);
        let name = &mapping.object.name;
        let thing = Thing::Upstream(index);
        see(Site { thing, span: name.span, written: &name.value, defines: true });
        if let TlsReference::Named(name) = &mapping.tls {
            let thing = match &upstream.reference {
                Reference::Good(id) | Reference::Bad { why: BadContext::Broken(id), .. } => {
                    Thing::Context(*id)
                }
                _ => Thing::Undefined(name),
            };
            see(Site { thing, span: name.span, written: &name.value, defines: false });
        }
        if let Some(name) = &mapping.resolver {
            let thing = Thing::Resolver(name);
            see(Site { thing, span: name.span, written: &name.value, defines: false });
        }
    }
}

fn hosts<'w>(world: &'w World, see: &mut dyn FnMut(Site<'w>)) {
    for host in &world.resources.hosts {
        if let Some(name) = &host.tls_context {
            let thing = match world.context_named(name) {
                Some(id) => Thing::Context(id),
                None => Thing::Undefined(name),
            };
            see(Site { thing, span: name.span, written: &name.value, defines: false });
        }
        if let Some(name) = &host.tls_secret {
            let own = host.tls_secret_namespace.as_ref();
            let namespace = own.map_or(host.object.namespace(), |namespace| namespace.as_str());
            let thing = Thing::Secret(namespace, name);
            see(Site { thing, span: name.span, written: &name.value, defines: false });
        }
    }
}

fn workloads<'w>(world: &'w World, see: &mut dyn FnMut(Site<'w>)) {
    for (at, workload) in world.resources.workloads.iter().enumerate() {
        let namespace = workload.object.namespace();
        for volume in &workload.volumes {
            let thing = Thing::Volume(at, &volume.name);
            let (span, written) = (volume.name.span, volume.name.value.as_str());
            see(Site { thing, span, written, defines: true });
            for source in volume.keyed_sources() {
                let thing = match source.kind {
                    KeyedKind::Secret => Thing::Secret(namespace, &source.name),
                    KeyedKind::ConfigMap => Thing::ConfigMap(namespace, &source.name),
                };
                let (span, written) = (source.name.span, source.name.value.as_str());
                see(Site { thing, span, written, defines: false });
            }
        }
        for container in workload.containers.iter().chain(&workload.init_containers) {
            for mount in &container.mounts {
                let thing = Thing::Volume(at, &mount.volume);
                let (span, written) = (mount.volume.span, mount.volume.value.as_str());
                see(Site { thing, span, written, defines: false });
            }
        }
    }
}

impl Thing<'_> {
    /// Its kind and name.
    pub(super) fn called(self, world: &World) -> (&'static str, String) {
        match self {
            Self::Context(id) => ("TLSContext", world.context(id).name.clone()),
            Self::Undefined(name) => ("TLSContext", name.to_owned()),
            Self::Secret(_, name) => ("Secret", name.to_owned()),
            Self::ConfigMap(_, name) => ("ConfigMap", name.to_owned()),
            Self::Resolver(name) => ("resolver", name.to_owned()),
            Self::Volume(_, name) => ("volume", name.to_owned()),
            Self::Service(_, name) => ("Service", name.to_owned()),
            Self::Upstream(at) => {
                let mapping = world.mapping(&world.upstreams[at]);
                (mapping.kind.name(), mapping.object.name.value.to_string())
            }
            Self::Host(at) => ("Host", world.resources.hosts[at].object.name.value.to_string()),
        }
    }
}
