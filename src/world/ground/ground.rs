//! The part of a world that does not depend on traffic: Ambassador, contexts, Secrets and Hosts.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::resource::{Object, Resources};

use crate::world::context::{ActiveHost, ContextTable, HostSetup, HostSetupFault, Hosts};
use crate::world::installation::{Installation, Storages, Superseded, store};
use crate::world::mount::Mounts;
use crate::world::premise::Settings;
use crate::world::secret::{Namespacing, PodFiles, SecretStore, select_secrets};

/// Everything that Emissary creates without looking at Mappings.
#[derive(Debug)]
pub struct Ground {
    /// The Ambassador installation.
    pub installation: Installation,
    /// Hosts that work.
    pub hosts: Vec<ActiveHost>,
    /// What Emissary finds wrong with Hosts while it sets them up.
    pub host_setup_faults: Vec<HostSetupFault>,
    /// Index of the Module `ambassador` that is used.
    pub ambassador_module: Option<usize>,
    pub(crate) storages: Storages,
    /// The Secrets that Go puts into the snapshot; `None` if the release has no Go half.
    pub(crate) selected: Option<HashSet<(String, String)>>,
    /// Secrets that something in the input will create, as namespace and name, in order.
    pub(crate) promised: Vec<(String, String)>,
    table: Arc<ContextTable>,
    /// The context table with the null context added.
    with_null: OnceLock<Arc<ContextTable>>,
}

impl Ground {
    pub(crate) fn of(resources: &mut Resources, settings: &Settings) -> Self {
        let installation = Installation::of(settings, resources);
        resources.settle_bare_documents(&installation.namespace);
        let storages = file(resources, settings, &installation);
        let modules = storages.modules.stored.iter();
        let ambassador_module =
            modules.filter(|module| module.name == "ambassador").map(|module| module.index).next();
        let namespacing =
            Namespacing::of(ambassador_module.map(|index| &*resources.modules[index]));
        let selected = select_secrets(resources, &storages, &namespacing);
        let mut table = ContextTable::load(
            resources,
            &storages.modules,
            &storages.contexts,
            &installation.environment,
            &installation.namespace,
            ambassador_module,
        );
        let mut secrets = SecretStore::new(resources, settings, &installation, selected);
        if lacks_istio_certificates(resources, &installation, &secrets) {
            secrets.withdraw_istio();
        }
        let hosts = HostSetup {
            resources,
            table: &mut table,
            secrets: &mut secrets,
            environment: &installation.environment,
            own_namespace: &installation.namespace,
            profile: settings.profile,
        }
        .run(&storages.hosts);
        for shadowed in storages.contexts.shadowed.iter().filter(|s| !s.by_kubectl) {
            table.report_duplicate(resources, *shadowed);
        }
        let files = files(&table, resources, settings, &installation, &secrets);
        table.resolve(&namespacing, &mut secrets, &files);
        let promised = secrets.promised();
        let selected = secrets.into_selected();
        let Hosts { active, faults } = hosts;
        Self {
            hosts: active,
            host_setup_faults: faults,
            ambassador_module,
            storages,
            selected,
            promised,
            table: Arc::new(table),
            with_null: OnceLock::new(),
            installation,
        }
    }

    /// The contexts, as long as no traffic needs the null context.
    pub(crate) fn table(&self) -> &Arc<ContextTable> {
        &self.table
    }

    /// The contexts once traffic needs the null context.
    pub(crate) fn table_with_null(&self) -> &Arc<ContextTable> {
        self.with_null.get_or_init(|| {
            let mut table = ContextTable::clone(&self.table);
            table.null_context(&self.installation.namespace);
            Arc::new(table)
        })
    }

    /// Whether Mappings, each taken alone, are routed alike on both: the same inputs to routing,
    /// and names that lead to the same contexts.
    pub(crate) fn routes_alike(
        (own, resources): (&Self, &Resources),
        (other, others): (&Self, &Resources),
    ) -> bool {
        let module = |ground: &Self, resources: &Resources| {
            ground.ambassador_module.map(|index| Arc::as_ptr(&resources.modules[index]))
        };
        let resolvers = |ground: &Self, resources: &Resources| {
            let stored = ground.storages.resolvers.stored.iter();
            let address = |index: usize| Arc::as_ptr(&resources.resolvers[index]);
            stored.map(|one| (one.name.clone(), address(one.index))).collect::<Vec<_>>()
        };
        own.installation.namespace == other.installation.namespace
            && own.installation.environment == other.installation.environment
            && own.hosts == other.hosts
            && module(own, resources) == module(other, others)
            && resolvers(own, resources) == resolvers(other, others)
            && own.table.names_alike(&other.table)
    }

    pub(crate) fn storages(&self) -> &Storages {
        &self.storages
    }
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

/// Whether one of the two files from which Ambassador makes `istio-certs` is proved to be missing
/// from the folder that it watches (`EP/istiocert.go`, `HandleEvent`).
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

/// What the pod's files are known to be: the caller's policy, and the paths that mounts prove
/// absent.
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
    let file = |objects: &mut dyn Iterator<Item = &Object>| {
        store(objects, installation, ingest, &superseded)
    };
    Storages {
        contexts: file(&mut resources.contexts.iter().map(|c| &c.object)),
        hosts: file(&mut resources.hosts.iter().map(|h| &h.object)),
        modules: file(&mut resources.modules.iter().map(|m| &m.object)),
        resolvers: file(&mut resources.resolvers.iter().map(|r| &r.object)),
    }
}

impl SecretStore<'_> {
    /// Secrets that something in the input will create.
    pub(crate) fn promised(&self) -> Vec<(String, String)> {
        let mut promised: Vec<_> = self.promises().cloned().collect();
        promised.sort();
        promised
    }
}
