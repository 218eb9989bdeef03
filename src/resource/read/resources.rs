//! Everything that was read, kind by kind, in source order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{DuplicateKey, Located, Problem};
use crate::source::Span;

use super::refusal::Refusal;
use crate::resource::ambassador::{Host, Mapping, Module, Resolver, TlsContext};
use crate::resource::core::workload::Workload;
use crate::resource::core::{ConfigMap, Role, RoleBinding, Secret, Service};
use crate::resource::kustomize::{Renaming, UnappliedPatches};
use crate::resource::others::{DestinationRule, PeerAuthentication, Promise};
use crate::resource::{Ignore, Object, ObjectOrigin, OfTraffic};

/// All objects of some files together, and what kept others from becoming one; shared with the files
/// that they were read from.
#[derive(Debug, Default, Clone)]
pub struct Resources {
    /// Tags that kustomizations give images.
    pub image_tags: Vec<crate::resource::ImageTag>,
    /// TLSContexts.
    pub contexts: Vec<Arc<TlsContext>>,
    /// Mappings and their kin.
    pub mappings: OfTraffic<Vec<Arc<Mapping>>>,
    /// Hosts.
    pub hosts: Vec<Arc<Host>>,
    /// Modules.
    pub modules: Vec<Arc<Module>>,
    /// Secrets.
    pub secrets: Vec<Arc<Secret>>,
    /// ConfigMaps.
    pub config_maps: Vec<Arc<ConfigMap>>,
    /// Services.
    pub services: Vec<Arc<Service>>,
    /// Deployments and their kin.
    pub workloads: Vec<Arc<Workload>>,
    /// Resolvers.
    pub resolvers: Vec<Arc<Resolver>>,
    /// Istio's PeerAuthentications.
    pub peer_authentications: Vec<Arc<PeerAuthentication>>,
    /// Istio's DestinationRules.
    pub destination_rules: Vec<Arc<DestinationRule>>,
    /// Policies and MeshPolicies of Istio up to 1.5.
    pub citadel_policies: Vec<Arc<Object>>,
    /// Roles and ClusterRoles.
    pub roles: Vec<Arc<Role>>,
    /// RoleBindings and ClusterRoleBindings.
    pub role_bindings: Vec<Arc<RoleBinding>>,
    /// Objects that will make Secrets.
    pub promises: Vec<Arc<Promise>>,
    /// Objects that will make ConfigMaps with certificates.
    pub map_promises: Vec<Arc<Promise>>,
    /// Patches of kustomizations, which nothing here applies.
    pub unapplied_patches: Vec<UnappliedPatches>,
    /// Kustomizations that rename objects, and not what refers to them.
    pub renamings: Vec<Renaming>,
    /// Documents that Ambassador never acts on.
    pub refusals: Vec<Arc<Refusal>>,
    /// Documents that could not be read, or not as meant.
    pub problems: Vec<Arc<Problem>>,
    /// Keys that stand twice.
    pub duplicates: Vec<Arc<Duplicate>>,
    /// Names that YAML reads as something else than text, and as what.
    pub unquoted_names: Vec<Arc<(Located<String>, &'static str)>>,
    /// What the manifests ask not to be told.
    pub ignores: Vec<Arc<Ignore>>,
    /// Namespaces that documents name which were not parsed.
    pub unread_namespaces: BTreeSet<String>,
    /// Whether any kustomization has a part in it.
    pub is_kustomized: bool,
    /// Whether a kustomization may give objects labels that their manifests do not have.
    pub may_relabel: bool,
    /// Documents of any kind that were looked at.
    pub documents: usize,
    /// Documents that could not matter and were not parsed.
    pub skipped: usize,
    /// Those of them that are known not to be YAML.
    pub broken: usize,
}

/// A key that stands twice in one mapping.
#[derive(Debug, Clone)]
pub struct Duplicate {
    /// The key and its places.
    pub key: DuplicateKey,
    /// The document it stands in: its first byte.
    pub document: Span,
}

impl Resources {
    /// How many of the objects are Ambassador's own, refused ones included.
    pub fn ambassador_objects(&self) -> usize {
        self.contexts.len()
            + self.mappings.len()
            + self.hosts.len()
            + self.modules.len()
            + self.resolvers.len()
            + self.refusals.len()
    }

    /// Makes room for as many objects of the most frequent kinds as others have.
    pub(super) fn reserve_for(&mut self, other: &Self) {
        self.contexts.reserve(other.contexts.len());
        self.mappings.reserve(other.mappings.len() + 1);
        self.secrets.reserve(other.secrets.len());
        self.config_maps.reserve(other.config_maps.len());
        self.services.reserve(other.services.len());
    }

    /// Whether these and others are the same but for Mappings: read from the very same documents. What
    /// kustomizations do to objects is not followed, so with any of them the answer is no.
    pub fn differ_in_mappings_only(&self, other: &Self) -> bool {
        fn same<T>(own: &[Arc<T>], other: &[Arc<T>]) -> bool {
            own.len() == other.len()
                && own.iter().zip(other).all(|(own, other)| Arc::ptr_eq(own, other))
        }
        !self.is_kustomized
            && !other.is_kustomized
            && (self.documents, self.skipped, self.broken)
                == (other.documents, other.skipped, other.broken)
            && same(&self.contexts, &other.contexts)
            && same(&self.hosts, &other.hosts)
            && same(&self.modules, &other.modules)
            && same(&self.secrets, &other.secrets)
            && same(&self.config_maps, &other.config_maps)
            && same(&self.services, &other.services)
            && same(&self.workloads, &other.workloads)
            && same(&self.resolvers, &other.resolvers)
            && same(&self.peer_authentications, &other.peer_authentications)
            && same(&self.destination_rules, &other.destination_rules)
            && same(&self.citadel_policies, &other.citadel_policies)
            && same(&self.roles, &other.roles)
            && same(&self.role_bindings, &other.role_bindings)
            && same(&self.promises, &other.promises)
            && same(&self.map_promises, &other.map_promises)
            && same(&self.refusals, &other.refusals)
            && same(&self.problems, &other.problems)
            && same(&self.duplicates, &other.duplicates)
            && same(&self.unquoted_names, &other.unquoted_names)
            && same(&self.ignores, &other.ignores)
            && self.unread_namespaces == other.unread_namespaces
    }

    /// Every object that became part of the resources, kind by kind.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        let ambassador = (self.contexts.iter().map(|one| &one.object))
            .chain(self.mappings.iter().map(|one| &one.object))
            .chain(self.hosts.iter().map(|one| &one.object))
            .chain(self.modules.iter().map(|one| &one.object))
            .chain(self.resolvers.iter().map(|one| &one.object));
        let core = (self.secrets.iter().map(|one| &one.object))
            .chain(self.config_maps.iter().map(|one| &one.object))
            .chain(self.services.iter().map(|one| &one.object))
            .chain(self.workloads.iter().map(|one| &one.object))
            .chain(self.roles.iter().map(|one| &one.object))
            .chain(self.role_bindings.iter().map(|one| &one.object));
        let istio = (self.peer_authentications.iter().map(|one| &one.object))
            .chain(self.destination_rules.iter().map(|one| &one.object));
        ambassador.chain(core).chain(istio)
    }

    /// Whether any Secret holds a certificate, a key or a revocation list, by the names of its
    /// entries. Where none does, Secrets are most likely kept elsewhere.
    pub fn holds_certificates(&self) -> bool {
        let named = |key: &str| key == "tls.key" || key.ends_with(".crt") || key.ends_with(".pem");
        let mut entries = self.secrets.iter().flat_map(|secret| &secret.entries);
        entries.any(|entry| named(&entry.key) && !entry.is_empty())
    }

    /// Gives bare documents without a namespace Ambassador's own, as `Config.process` does.
    pub fn settle_bare_documents(&mut self, namespace: &str) {
        fn settle<T: Clone>(
            all: &mut [Arc<T>],
            namespace: &str,
            object: fn(&mut T) -> &mut Object,
            of: fn(&T) -> &Object,
        ) {
            let is_open = |one: &T| {
                let object = of(one);
                matches!(object.origin, ObjectOrigin::File(_)) && object.namespace.is_none()
            };
            for one in all.iter_mut().filter(|one| is_open(one)) {
                let object = object(Arc::make_mut(one));
                let place = object.name.clone();
                object.namespace = Some(place.map(|_| namespace.to_owned()));
            }
        }
        settle(&mut self.contexts, namespace, |one| &mut one.object, |one| &one.object);
        settle(&mut self.mappings, namespace, |one| &mut one.object, |one| &one.object);
        settle(&mut self.hosts, namespace, |one| &mut one.object, |one| &one.object);
        settle(&mut self.modules, namespace, |one| &mut one.object, |one| &one.object);
    }
}
