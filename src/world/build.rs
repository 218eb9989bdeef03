//! Builds the world from resources, in Emissary's order (`ir.py`).

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::Relevance;
use crate::resource::{Documents, Joined, Mapping, MappingKind, Refusal, RefusalReason, Resources};
use crate::source::Sources;

use super::index::Tables;
use super::world::World;
use crate::world::context::{ContextId, ContextOrigin, Contexts, Crash, Freeze};
use crate::world::ground::Ground;
use crate::world::installation::{Filed, Installation, Storage, Superseded, store};
use crate::world::premise::{FilePolicy, Horizon, Settings};
use crate::world::upstream::{Remembered, Traffic};
use crate::world::{Behaviour, Profile};

impl World {
    /// Reads all relevant documents of the sources and resolves everything.
    pub fn read(sources: Sources, settings: Settings, relevance: &Relevance) -> Self {
        Self::build(&Documents::read(sources, settings.ingest, relevance), settings)
    }

    /// Resolves everything that was read.
    pub fn build(documents: &Documents, settings: Settings) -> Self {
        Self::of(documents, Arc::clone(documents.sources()), settings)
    }

    /// Resolves the documents of some of the texts that were read, as if there were no others.
    pub fn of(documents: &Documents, sources: Arc<Sources>, settings: Settings) -> Self {
        Self::after(None, documents, sources, settings)
    }

    /// Like [`Self::of`], but reuses the parts of an earlier world whose inputs did not change.
    pub fn after(
        before: Option<&Self>,
        documents: &Documents,
        sources: Arc<Sources>,
        mut settings: Settings,
    ) -> Self {
        if sources.hold_cluster() {
            settings.horizon = settings.horizon.of_cluster();
        }
        settings.ingest = documents.ingest();
        // Most releases read documents alike; only older ones need a second reading.
        let release = before.map_or(&settings, |before| &before.settings).profile.release();
        let mut resources = match before {
            Some(before) => documents.join_after(before.joined(), &sources, release),
            None => documents.join(&sources, release),
        };
        if let Some(profile) = stated_profile(&resources, &settings) {
            settings.profile = profile;
        }
        if settings.profile.release() != release {
            resources = documents.join(&sources, settings.profile.release());
        }
        Self::resolve(sources, documents, resources, settings, before)
    }

    fn joined(&self) -> Joined<'_> {
        Joined {
            documents: self.documents.unnoted(),
            texts: self.sources.unnoted(),
            release: self.settings.profile.release(),
            resources: &self.resources,
        }
    }

    /// The same manifests, with objects missing from the input taken as absent. Reads no document
    /// again.
    pub fn as_if_complete(&self) -> Self {
        let settings = Settings { horizon: Horizon::default(), ..self.settings.clone() };
        let sources = Arc::clone(&self.sources);
        Self::resolve(sources, &self.documents, self.resources.clone(), settings, None)
    }

    fn resolve(
        sources: Arc<Sources>,
        documents: &Documents,
        mut resources: Resources,
        settings: Settings,
        before: Option<&Self>,
    ) -> Self {
        // The pod's files on disk may have changed.
        let earlier = before
            .filter(|before| settings.files == FilePolicy::Assume && before.settings == settings);
        let before = earlier.filter(|before| resources.differ_in_mappings_only(&before.resources));
        let (ground, tables) = match before {
            Some(before) => (Arc::clone(&before.ground), Arc::clone(&before.tables)),
            None => {
                let ground = Ground::of(&mut resources, &settings);
                let objects = earlier.filter(|earlier| {
                    resources.secrets.is(&earlier.resources.secrets)
                        && resources.services.is(&earlier.resources.services)
                });
                let objects = objects.map(|earlier| Arc::clone(&earlier.tables.objects));
                let tables = Tables { objects: objects.unwrap_or_default(), ..Tables::default() };
                (Arc::new(ground), Arc::new(tables))
            }
        };
        resources.settle_bare_documents(&ground.installation.namespace);
        let filed = earlier.filter(|earlier| {
            Arc::ptr_eq(&earlier.ground, &ground)
                || earlier.ground.installation == ground.installation
                    && resources.services.is(&earlier.resources.services)
        });
        let filed = filed.filter(|earlier| are_filed_alike(&resources, &earlier.resources));
        let filed = match filed {
            Some(before) => Arc::clone(before.filed.unnoted()),
            None => Arc::new(file_mappings(&resources, &settings, &ground.installation)),
        };
        let earlier = earlier.filter(|earlier| {
            Arc::ptr_eq(&earlier.ground, &ground) || {
                let (own, old) = ((&*ground, &resources), (&*earlier.ground, &earlier.resources));
                Ground::routes_alike(own, old)
            }
        });
        let remembered = earlier.map(|earlier| {
            let is_steady = Arc::ptr_eq(&earlier.ground, &ground)
                && Arc::ptr_eq(earlier.filed.unnoted(), &filed);
            let contexts = is_steady
                .then(|| (earlier.contexts.table(), earlier.tcp_contexts.unnoted().as_slice()));
            Remembered::new(earlier.routes(), contexts, earlier.crashes())
        });
        let traffic = Traffic::route(&resources, &settings, &ground, &filed.mappings, remembered);
        let mut crashes = traffic.crashes;
        if !settings.profile.has(Behaviour::GoReadsAnnotations) {
            crashes.extend(unreadable_annotations(&resources));
        }
        let mut world = Self {
            index: std::sync::OnceLock::new(),
            contexts: Contexts::from(traffic.table),
            upstreams: traffic.upstreams.into(),
            clusters: traffic.clusters.into(),
            tcp_contexts: traffic.tcp_contexts.into(),
            freezes: crashes.into(),
            dormant_freezes: Vec::new().into(),
            sources: sources.into(),
            documents: documents.clone().into(),
            resources,
            settings,
            ground,
            tables,
            filed: filed.into(),
        };
        world.find_freezes();
        world
    }

    /// Collects what Envoy rejects in the contexts of its configuration.
    fn find_freezes(&mut self) {
        let (mut freezes, mut dormant) = (Vec::new(), Vec::new());
        let envoy = self.settings.envoy();
        let mut used_upstream = vec![false; self.contexts.len()];
        for id in self.clusters.iter().filter_map(|cluster| cluster.context) {
            used_upstream[id.0] = true;
        }
        let hosts = self.hosts.iter().filter_map(|host| host.context);
        let terminating: HashSet<ContextId> =
            hosts.chain(self.tcp_contexts.iter().copied()).collect();
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
        self.dormant_freezes = dormant.into();
        self.freezes.append(&mut freezes);
    }
}

/// The release that the input names, if the caller named none. Of several, the newest: a migration
/// leads to it.
fn stated_profile(resources: &Resources, settings: &Settings) -> Option<Profile> {
    if settings.profile_is_given {
        return None;
    }
    let releases = Installation::of(settings, resources).releases;
    releases.iter().map(|release| release.profile).max_by_key(|profile| profile.number())
}

/// Files Mappings and the related kinds.
fn file_mappings(resources: &Resources, settings: &Settings, installation: &Installation) -> Filed {
    let superseded = Superseded::of(resources);
    let mut mappings = Storage::default();
    // Each kind is filed separately, but indices are those of the list that they share.
    for kind in MappingKind::IN_CLUSTER_ORDER {
        let members: Vec<usize> = (0..resources.mappings.len())
            .filter(|&index| resources.mappings[index].kind == kind)
            .collect();
        let objects = members.iter().map(|&index| &resources.mappings[index].object);
        let mut storage = store(objects, installation, settings.ingest, &superseded);
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
    Filed { mappings, replaced_services: superseded.pairs(resources) }
}

/// Whether the Mappings of two inputs are filed in the same way.
fn are_filed_alike(one: &Resources, other: &Resources) -> bool {
    let (one, other) = (one.mappings.unnoted(), other.mappings.unnoted());
    let alike = |(one, other): (&Arc<Mapping>, &Arc<Mapping>)| {
        Arc::ptr_eq(one, other)
            || one.kind == other.kind
                && one.object.is_named_like(&other.object)
                && one.object.labels == other.object.labels
                && one.object.is_for_the_same(&other.object)
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

/// Annotations that are no YAML.
fn unreadable_annotations(resources: &Resources) -> impl Iterator<Item = Freeze> {
    let of_one = |refusal: &Arc<Refusal>| {
        if !matches!(refusal.reason, RefusalReason::AnnotationUnreadable { .. }) {
            return None;
        }
        let object = refusal.object.clone();
        Some(Freeze::crash(object, refusal.place, Crash::AnnotationUnreadable))
    };
    resources.refusals.iter().filter_map(of_one)
}
