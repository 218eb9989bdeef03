//! From resources to the world, in the order in which Emissary goes about it (`ir.py`).

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::Relevance;
use crate::resource::{Documents, MappingKind, Object, Refusal, RefusalReason, Resources};
use crate::source::{Origin, Sources};

use super::mount::Mounts;
use super::world::World;
use crate::world::context::{
    ContextId, ContextOrigin, ContextTable, Freeze, FreezeCause, HostSetup, Hosts,
};
use crate::world::installation::{Installation, Storage, Storages, Superseded, store};
use crate::world::premise::{Horizon, Settings};
use crate::world::secret::{Namespacing, PodFiles, SecretStore, select_secrets};
use crate::world::upstream::Traffic;
use crate::world::{Behaviour, Profile};

impl World {
    /// Reads all documents of the sources that can matter, and resolves everything.
    pub fn read(sources: Sources, settings: Settings, relevance: &Relevance) -> Self {
        Self::build(&Documents::read(sources, settings.ingest, relevance), settings)
    }

    /// Resolves everything that was read.
    pub fn build(documents: &Documents, settings: Settings) -> Self {
        Self::of(documents, Arc::clone(documents.sources()), settings)
    }

    /// Resolves what some of the texts that were read hold, as if there were no others.
    pub fn of(documents: &Documents, sources: Arc<Sources>, mut settings: Settings) -> Self {
        if sources.iter().any(|source| matches!(source.origin, Origin::Cluster { .. })) {
            settings.horizon = settings.horizon.of_cluster();
        }
        settings.ingest = documents.ingest();
        let mut resources = documents.join(&sources, settings.profile.release());
        if let Some(profile) = stated_profile(&resources, &settings) {
            // Most releases read alike; only older ones need another look.
            if profile.release() != settings.profile.release() {
                resources = documents.join(&sources, profile.release());
            }
            settings.profile = profile;
        }
        Self::resolve(sources, resources, settings)
    }

    /// The same manifests where what they lack is not there; no document is read again.
    pub fn as_if_complete(&self) -> Self {
        let settings = Settings { horizon: Horizon::default(), ..self.settings.clone() };
        Self::resolve(Arc::clone(&self.sources), self.resources.clone(), settings)
    }

    fn resolve(sources: Arc<Sources>, mut resources: Resources, settings: Settings) -> Self {
        let installation = Installation::of(&settings, &resources);
        resources.settle_bare_documents(&installation.namespace);
        let storages = file(&resources, &settings, &installation);
        let modules = storages.modules.stored.iter();
        let ambassador_module =
            modules.filter(|module| module.name == "ambassador").map(|module| module.index).next();
        let namespacing =
            Namespacing::of(ambassador_module.map(|index| &*resources.modules[index]));
        let selected = select_secrets(&resources, &storages, &namespacing);
        let mut table = ContextTable::load(
            &resources,
            &storages.modules,
            &storages.contexts,
            &installation.environment,
            &installation.namespace,
            ambassador_module,
        );
        let mut secrets = SecretStore::new(&resources, &settings, &installation, selected);
        if lacks_istio_certificates(&resources, &installation, &secrets) {
            secrets.withdraw_istio();
        }
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
        let mut crashes = traffic.crashes;
        if !settings.profile.has(Behaviour::GoReadsAnnotations) {
            crashes.extend(unreadable_annotations(&resources));
        }
        let Hosts { active, messages } = hosts;
        let mut world = Self {
            index: std::sync::OnceLock::new(),
            contexts: table.contexts,
            names: table.names,
            upstreams: traffic.upstreams,
            clusters: traffic.clusters,
            freezes: crashes,
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

    /// What Envoy rejects about contexts that reach its configuration.
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

/// The release that the input names, where the caller names none; the newest of several, to which a
/// migration leads.
fn stated_profile(resources: &Resources, settings: &Settings) -> Option<Profile> {
    if settings.profile_is_said {
        return None;
    }
    let releases = Installation::of(settings, resources).releases;
    releases.iter().map(|release| release.profile).max_by_key(|profile| profile.number())
}

fn mounts<'w>(
    resources: &'w Resources,
    installation: &'w Installation,
    secrets: &'w SecretStore<'_>,
) -> Mounts<'w> {
    Mounts {
        resources,
        installation,
        secret: Box::new(|namespace, name| secrets.index(namespace, name)),
        is_promised: Box::new(|namespace, name| secrets.is_promised(namespace, name)),
    }
}

/// Whether it is proved that one of the two files that Ambassador makes `istio-certs` of does not
/// appear in the folder that it watches (`EP/istiocert.go`, `HandleEvent`).
fn lacks_istio_certificates(
    resources: &Resources,
    installation: &Installation,
    secrets: &SecretStore<'_>,
) -> bool {
    let Some(folder) = &installation.istio_secret_dir else { return false };
    let folder = folder.trim_end_matches('/');
    let mounts = mounts(resources, installation, secrets);
    let mut files = ["cert-chain.pem", "key.pem"].into_iter();
    files.any(|file| mounts.follow(&format!("{folder}/{file}")).is_absent())
}

/// What of the files that contexts name is not in the pod.
fn files<'s>(
    table: &ContextTable,
    resources: &Resources,
    settings: &'s Settings,
    installation: &Installation,
    secrets: &SecretStore<'_>,
) -> PodFiles<'s> {
    let mounts = mounts(resources, installation, secrets);
    let files = table.contexts.iter().flat_map(|context| context.settings.files());
    let paths: HashSet<&str> = files.map(|(_, file)| file.as_str()).collect();
    let absent = paths.into_iter().filter(|path| mounts.follow(path).is_absent());
    PodFiles::new(&settings.files, absent.map(str::to_owned).collect())
}

fn file(resources: &Resources, settings: &Settings, installation: &Installation) -> Storages {
    let ingest = settings.ingest;
    let superseded = Superseded::of(resources);
    let mut mappings = Storage::default();
    // Each kind is filed by itself; indices are those of the list that they share.
    for kind in MappingKind::IN_CLUSTER_ORDER {
        let members: Vec<usize> = (0..resources.mappings.len())
            .filter(|&index| resources.mappings[index].kind == kind)
            .collect();
        let objects = members.iter().map(|&index| &resources.mappings[index].object);
        let mut storage = store(objects, installation, ingest, &superseded);
        storage.stored.iter_mut().for_each(|stored| stored.index = members[stored.index]);
        let left_out = storage.foreign.iter_mut().chain(&mut storage.unwatched);
        for index in left_out.chain(&mut storage.superseded) {
            *index = members[*index];
        }
        for shadowed in &mut storage.shadowed {
            shadowed.loser = members[shadowed.loser];
            shadowed.winner = members[shadowed.winner];
        }
        mappings.stored.append(&mut storage.stored);
        mappings.foreign.append(&mut storage.foreign);
        mappings.unwatched.append(&mut storage.unwatched);
        mappings.superseded.append(&mut storage.superseded);
        mappings.shadowed.append(&mut storage.shadowed);
    }
    let file = |objects: &mut dyn Iterator<Item = &Object>| {
        store(objects, installation, ingest, &superseded)
    };
    Storages {
        contexts: file(&mut resources.contexts.iter().map(|c| &c.object)),
        hosts: file(&mut resources.hosts.iter().map(|h| &h.object)),
        modules: file(&mut resources.modules.iter().map(|m| &m.object)),
        resolvers: file(&mut resources.resolvers.iter().map(|r| &r.object)),
        mappings,
        replaced_services: superseded.pairs(resources),
    }
}

impl SecretStore<'_> {
    /// Secrets that something in the input will make.
    pub(super) fn promised(&self) -> Vec<(String, String)> {
        let mut promised: Vec<_> = self.promises().cloned().collect();
        promised.sort();
        promised
    }
}

/// Annotations that are no YAML, which ended the reading of all while Python did it.
fn unreadable_annotations(resources: &Resources) -> impl Iterator<Item = Freeze> {
    let of_one = |refusal: &Arc<Refusal>| {
        if !matches!(refusal.reason, RefusalReason::AnnotationUnreadable { .. }) {
            return None;
        }
        Some(Freeze {
            object: refusal.object.clone(),
            place: Some(refusal.place),
            cause: FreezeCause::Crash,
            reason: "could not reconfigure: the annotation is not YAML".to_owned(),
            context: None,
        })
    };
    resources.refusals.iter().filter_map(of_one)
}
