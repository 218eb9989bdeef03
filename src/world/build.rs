//! From resources to the world, in the order in which Emissary goes about it (`ir.py`).

use std::collections::HashSet;

use crate::document::Relevance;
use crate::resource::{MappingKind, Resources, read};
use crate::source::Sources;

use super::context::{ContextId, ContextOrigin};
use super::context_table::ContextTable;
use super::envoy::{Freeze, FreezeCause};
use super::hosts::{HostSetup, Hosts};
use super::installation::Installation;
use super::mount::Mounts;
use super::order::{Storage, store};
use super::pod_files::PodFiles;
use super::secret_lookup::SecretStore;
use super::secret_scope::{Namespacing, SecretReference};
use super::settings::Settings;
use super::traffic::Traffic;
use super::world::{Storages, World};

impl World {
    /// Reads all documents of the sources that can matter, and resolves everything.
    pub fn read(sources: Sources, settings: Settings, relevance: &Relevance) -> Self {
        let resources = read(&sources, settings.ingest, relevance);
        Self::build(sources, resources, settings)
    }

    /// The same manifests where no Secret is taken to be elsewhere; no document is read again.
    pub fn without_assumed_secrets(self) -> Self {
        if !self.assumes_secrets() {
            return self;
        }
        let settings = Settings { assume_secrets: false, ..self.settings };
        Self::build(self.sources, self.resources, settings)
    }

    fn build(sources: Sources, mut resources: Resources, settings: Settings) -> Self {
        let installation = Installation::of(&settings, &resources);
        resources.settle_bare_documents(&installation.namespace);
        let storages = file(&resources, &settings, &installation);
        let modules = storages.modules.stored.iter();
        let ambassador_module =
            modules.filter(|module| module.name == "ambassador").map(|module| module.index).next();
        let namespacing = Namespacing::of(ambassador_module.map(|index| &resources.modules[index]));
        let selected = select_secrets(&resources, &storages, &namespacing);
        let mut table = ContextTable::load(
            &resources,
            &storages.modules,
            &storages.contexts,
            &installation.environment,
            &installation.namespace,
        );
        let mut secrets = SecretStore::new(&resources, &settings, &installation, selected);
        let hosts = HostSetup {
            resources: &resources,
            table: &mut table,
            secrets: &mut secrets,
            environment: &installation.environment,
            own_namespace: &installation.namespace,
        }
        .run(&storages.hosts);
        for shadowed in storages.contexts.shadowed.iter().filter(|s| !s.by_kubectl) {
            table.post_duplicate(&resources, *shadowed);
        }
        let files = files(&table, &resources, &settings, &installation, &secrets);
        table.resolve(&namespacing, &mut secrets, &files);
        let promised = secrets.promised();
        let selected = secrets.into_selected();
        let traffic = Traffic::route(
            &resources,
            &settings,
            &installation,
            &storages,
            ambassador_module,
            &mut table,
            &hosts,
        );
        let Hosts { active, messages } = hosts;
        let mut world = Self {
            index: std::sync::OnceLock::new(),
            contexts: table.contexts,
            names: table.names,
            upstreams: traffic.upstreams,
            clusters: traffic.clusters,
            freezes: traffic.crashes,
            dormant_freezes: Vec::new(),
            hosts: active,
            host_messages: messages,
            sources,
            resources,
            settings,
            installation,
            ambassador_module,
            storages,
            selected,
            promised,
            credentials: std::sync::OnceLock::new(),
        };
        world.find_freezes();
        world
    }

    /// What Envoy refuses about contexts that reach its configuration.
    fn find_freezes(&mut self) {
        let (mut freezes, mut dormant) = (Vec::new(), Vec::new());
        let envoy = self.settings.envoy();
        let mut used_upstream = vec![false; self.contexts.len()];
        for id in self.clusters.iter().filter_map(|cluster| cluster.context) {
            used_upstream[id.0] = true;
        }
        let terminating: HashSet<ContextId> =
            self.hosts.iter().filter_map(|host| host.context).collect();
        for (index, used) in used_upstream.into_iter().enumerate() {
            let id = ContextId(index);
            let terminates = terminating.contains(&id);
            let context = self.context(id);
            let own = matches!(context.origin, ContextOrigin::TlsContext(_));
            let live = used || terminates;
            if !(live || own) || !context.is_kept() {
                continue;
            }
            for (cause, place, reason) in context.freezes(used, terminates, envoy) {
                let object = self.context_object(id);
                let place = place.or_else(|| self.context_place(id));
                let freeze = Freeze { object, place, cause, reason, context: Some(id) };
                if live { freezes.push(freeze) } else { dormant.push(freeze) }
            }
        }
        self.dormant_freezes = dormant;
        self.freezes.append(&mut freezes);
    }
}

/// What of the files that contexts name is not in the pod.
fn files<'s>(
    table: &ContextTable,
    resources: &Resources,
    settings: &'s Settings,
    installation: &Installation,
    secrets: &SecretStore<'_>,
) -> PodFiles<'s> {
    let mounts = Mounts {
        resources,
        installation,
        secret: Box::new(|namespace, name| secrets.index(namespace, name)),
        is_promised: Box::new(|namespace, name| secrets.is_promised(namespace, name)),
    };
    let files = table.contexts.iter().flat_map(|context| context.settings.files());
    let paths: HashSet<&str> = files.map(|(_, file)| file.as_str()).collect();
    let absent = paths.into_iter().filter(|path| mounts.follow(path).is_absent());
    PodFiles::new(&settings.files, absent.map(str::to_owned).collect())
}

fn file(resources: &Resources, settings: &Settings, installation: &Installation) -> Storages {
    let ingest = settings.ingest;
    let mut mappings = Storage::default();
    // Each kind is filed by itself; indices are those of the list that they share.
    for kind in KINDS {
        let members: Vec<usize> = (0..resources.mappings.len())
            .filter(|&index| resources.mappings[index].kind == kind)
            .collect();
        let objects = members.iter().map(|&index| &resources.mappings[index].object);
        let mut storage = store(objects, installation, ingest);
        storage.stored.iter_mut().for_each(|stored| stored.index = members[stored.index]);
        storage.foreign.iter_mut().for_each(|index| *index = members[*index]);
        for shadowed in &mut storage.shadowed {
            shadowed.loser = members[shadowed.loser];
            shadowed.winner = members[shadowed.winner];
        }
        mappings.stored.append(&mut storage.stored);
        mappings.foreign.append(&mut storage.foreign);
        mappings.shadowed.append(&mut storage.shadowed);
    }
    Storages {
        contexts: store(resources.contexts.iter().map(|c| &c.object), installation, ingest),
        hosts: store(resources.hosts.iter().map(|h| &h.object), installation, ingest),
        modules: store(resources.modules.iter().map(|m| &m.object), installation, ingest),
        resolvers: store(resources.resolvers.iter().map(|r| &r.object), installation, ingest),
        mappings,
    }
}

/// Mapping kinds in the order in which Emissary makes their clusters.
pub(super) const KINDS: [MappingKind; 6] = [
    MappingKind::TracingService,
    MappingKind::RateLimitService,
    MappingKind::LogService,
    MappingKind::AuthService,
    MappingKind::Mapping,
    MappingKind::TcpMapping,
];

/// The Secrets that Emissary's Go half passes on, as namespace and name (`ReconcileSecrets`).
///
/// It sees references before `$NAME` is replaced, and ignores the defaults of the legacy Module.
fn select_secrets(
    resources: &Resources,
    storages: &Storages,
    namespacing: &Namespacing,
) -> HashSet<(String, String)> {
    let mut selected = HashSet::new();
    let mut select = |written: &str, namespace: &str, namespacing: bool| {
        let reference = SecretReference::resolve(written, namespace, namespacing);
        selected.insert((reference.namespace, reference.name));
    };
    let foreign: HashSet<usize> = storages.contexts.foreign.iter().copied().collect();
    for (index, context) in resources.contexts.iter().enumerate() {
        if foreign.contains(&index) {
            continue;
        }
        let settings = &context.settings;
        let (go, _) = namespacing.for_context(settings.secret_namespacing.as_ref());
        let secrets = [&settings.secret, &settings.ca_secret, &settings.crl_secret];
        for secret in secrets.into_iter().flatten() {
            select(secret, context.object.namespace(), go);
        }
    }
    let foreign: HashSet<usize> = storages.hosts.foreign.iter().copied().collect();
    for (index, host) in resources.hosts.iter().enumerate() {
        if foreign.contains(&index) {
            continue;
        }
        let namespace = host.object.namespace();
        if let Some(secret) = &host.tls_secret {
            let other = host.tls_secret_namespace.as_ref().map(|other| other.value.as_str());
            select(secret, other.unwrap_or(namespace), false);
        }
        let inline = host.tls.iter().flat_map(|tls| [&tls.ca_secret, &tls.crl_secret]);
        for secret in inline.flatten() {
            select(secret, namespace, namespacing.go);
        }
        if let Some(secret) = &host.acme_secret {
            select(secret, namespace, false);
        }
    }
    let foreign: HashSet<usize> = storages.modules.foreign.iter().copied().collect();
    for (index, module) in resources.modules.iter().enumerate() {
        if foreign.contains(&index) {
            continue;
        }
        let known = ["upstream", "server", "client"];
        for block in module.legacy_contexts.iter().filter(|b| known.contains(&b.name.as_str())) {
            if let Some(secret) = &block.settings.secret {
                select(secret, module.object.namespace(), namespacing.go);
            }
        }
    }
    for namespace in fallback_namespaces(resources) {
        select("fallback-self-signed-cert", &namespace, false);
    }
    selected
}

/// Namespaces in which a fallback certificate could lie; which one counts is decided on use.
fn fallback_namespaces(resources: &Resources) -> Vec<String> {
    let secrets = resources.secrets.iter();
    let named = secrets.filter(|secret| *secret.object.name == "fallback-self-signed-cert");
    named.map(|secret| secret.object.namespace().to_owned()).collect()
}

impl SecretStore<'_> {
    /// Secrets that something in the input will make.
    pub(super) fn promised(&self) -> Vec<(String, String)> {
        let mut promised: Vec<_> = self.promises().cloned().collect();
        promised.sort();
        promised
    }
}

/// A crash, as a freeze.
pub(super) fn crash(resources: &Resources, mapping: usize, reason: String) -> Freeze {
    let mapping = &resources.mappings[mapping];
    let place = mapping.service.as_ref().map(|service| service.span);
    Freeze {
        object: mapping.object.identity(),
        place: place.or_else(|| Some(mapping.object.place())),
        cause: FreezeCause::Crash,
        reason,
        context: None,
    }
}
