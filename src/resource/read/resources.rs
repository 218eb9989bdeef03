//! Everything that was read, kind by kind, in source order.

use std::collections::BTreeSet;

use crate::document::{DuplicateKey, Located, Problem};
use crate::source::Span;

use super::refusal::Refusal;
use crate::resource::ambassador::{Host, Mapping, Module, Resolver, TlsContext};
use crate::resource::core::workload::Workload;
use crate::resource::core::{ConfigMap, Role, RoleBinding, Secret, Service};
use crate::resource::kustomize::{Renaming, UnappliedPatches};
use crate::resource::others::{DestinationRule, PeerAuthentication, Promise};
use crate::resource::{Ignore, Object, Origin};

/// All objects of the input, and what kept others from becoming one.
///
/// Large ones there are many of stand behind a pointer: lists that grow, and those of all files when
/// they are joined, would hold them twice.
#[allow(clippy::vec_box)]
#[derive(Debug, Default)]
pub struct Resources {
    /// TLSContexts.
    pub contexts: Vec<Box<TlsContext>>,
    /// Mappings and their kin.
    pub mappings: Vec<Box<Mapping>>,
    /// Hosts.
    pub hosts: Vec<Host>,
    /// Modules.
    pub modules: Vec<Module>,
    /// Secrets.
    pub secrets: Vec<Secret>,
    /// ConfigMaps.
    pub config_maps: Vec<ConfigMap>,
    /// Services.
    pub services: Vec<Box<Service>>,
    /// Deployments and their kin.
    pub workloads: Vec<Workload>,
    /// Resolvers.
    pub resolvers: Vec<Resolver>,
    /// Istio's PeerAuthentications.
    pub peer_authentications: Vec<PeerAuthentication>,
    /// Istio's DestinationRules.
    pub destination_rules: Vec<DestinationRule>,
    /// Policies and MeshPolicies of Istio up to 1.5.
    pub citadel_policies: Vec<Object>,
    /// Roles and ClusterRoles.
    pub roles: Vec<Role>,
    /// RoleBindings and ClusterRoleBindings.
    pub role_bindings: Vec<RoleBinding>,
    /// Objects that will make Secrets.
    pub promises: Vec<Promise>,
    /// Patches of kustomizations, which nothing here applies.
    pub unapplied_patches: Vec<UnappliedPatches>,
    /// Kustomizations that rename objects, and not what refers to them.
    pub renamings: Vec<Renaming>,
    /// Documents that Ambassador never acts on.
    pub refusals: Vec<Refusal>,
    /// Documents that could not be read, or not as meant.
    pub problems: Vec<Problem>,
    /// Keys that stand twice.
    pub duplicates: Vec<Duplicate>,
    /// Names that YAML reads as something else than text, and as what.
    pub unquoted_names: Vec<(Located<String>, &'static str)>,
    /// What the manifests ask not to be told.
    pub ignores: Vec<Ignore>,
    /// Namespaces that documents name which were not parsed.
    pub unread_namespaces: BTreeSet<String>,
    /// Whether a kustomization may give objects labels that their manifests do not have.
    pub may_relabel: bool,
    /// Documents of any kind that were looked at.
    pub documents: usize,
    /// Documents that could not matter and were not parsed.
    pub skipped: usize,
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

    /// Whether any Secret holds a certificate, a key or a revocation list, by the names of its
    /// entries. Where none does, Secrets are most likely kept elsewhere.
    pub fn holds_certificates(&self) -> bool {
        let named = |key: &str| key == "tls.key" || key.ends_with(".crt") || key.ends_with(".pem");
        let mut entries = self.secrets.iter().flat_map(|secret| &secret.entries);
        entries.any(|entry| named(&entry.key) && !entry.is_empty())
    }

    /// Gives bare documents without a namespace Ambassador's own, as `Config.process` does.
    pub fn settle_bare_documents(&mut self, namespace: &str) {
        let contexts = self.contexts.iter_mut().map(|context| &mut context.object);
        let mappings = self.mappings.iter_mut().map(|mapping| &mut mapping.object);
        let hosts = self.hosts.iter_mut().map(|host| &mut host.object);
        let modules = self.modules.iter_mut().map(|module| &mut module.object);
        for object in contexts.chain(mappings).chain(hosts).chain(modules) {
            if matches!(object.origin, Origin::File { .. }) && object.namespace.is_none() {
                let place = object.name.clone();
                object.namespace = Some(place.map(|_| namespace.to_owned()));
            }
        }
    }

    /// Makes room for what there are many of.
    pub(crate) fn reserve_for(&mut self, parts: &[Self]) {
        let sum = |count: fn(&Self) -> usize| parts.iter().map(count).sum::<usize>();
        self.contexts.reserve_exact(sum(|part| part.contexts.len()));
        self.mappings.reserve_exact(sum(|part| part.mappings.len()));
        self.secrets.reserve_exact(sum(|part| part.secrets.len()));
        self.services.reserve_exact(sum(|part| part.services.len()));
        self.workloads.reserve_exact(sum(|part| part.workloads.len()));
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.contexts.append(&mut other.contexts);
        self.mappings.append(&mut other.mappings);
        self.hosts.append(&mut other.hosts);
        self.modules.append(&mut other.modules);
        self.secrets.append(&mut other.secrets);
        self.config_maps.append(&mut other.config_maps);
        self.services.append(&mut other.services);
        self.workloads.append(&mut other.workloads);
        self.resolvers.append(&mut other.resolvers);
        self.peer_authentications.append(&mut other.peer_authentications);
        self.destination_rules.append(&mut other.destination_rules);
        self.citadel_policies.append(&mut other.citadel_policies);
        self.roles.append(&mut other.roles);
        self.role_bindings.append(&mut other.role_bindings);
        self.promises.append(&mut other.promises);
        self.unapplied_patches.append(&mut other.unapplied_patches);
        self.renamings.append(&mut other.renamings);
        self.refusals.append(&mut other.refusals);
        self.problems.append(&mut other.problems);
        self.duplicates.append(&mut other.duplicates);
        self.unquoted_names.append(&mut other.unquoted_names);
        self.ignores.append(&mut other.ignores);
        self.unread_namespaces.append(&mut other.unread_namespaces);
        self.documents += other.documents;
        self.skipped += other.skipped;
    }
}
