//! Everything that was read, by kind, in source order.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{DuplicateKey, Located, Problem, Text};
use crate::source::{SourceId, Sources, Span};

use super::list::List;
use super::refusal::Refusal;
use crate::resource::ambassador::{Host, Mapping, Module, Resolver, TlsContext};
use crate::resource::core::workload::Workload;
use crate::resource::core::{ConfigMap, Role, RoleBinding, Secret, Service};
use crate::resource::kustomize::{Renaming, UnappliedPatches};
use crate::resource::others::{DestinationRule, PeerAuthentication, Promise};
use crate::resource::{Ignore, Object, ObjectOrigin, OfTraffic};

/// All objects of some files, and the reasons why others are not among them; shared with the files
/// they were read from.
#[derive(Debug, Default, Clone)]
pub struct Resources {
    /// Image tags that kustomizations set.
    pub image_tags: Vec<crate::resource::ImageTag>,
    /// TLSContexts.
    pub contexts: List<TlsContext>,
    /// Mappings and related kinds.
    pub mappings: OfTraffic<List<Mapping>>,
    /// Hosts.
    pub hosts: List<Host>,
    /// Modules.
    pub modules: List<Module>,
    /// Secrets.
    pub secrets: List<Secret>,
    /// ConfigMaps.
    pub config_maps: List<ConfigMap>,
    /// Services.
    pub services: List<Service>,
    /// Deployments and other workloads.
    pub workloads: List<Workload>,
    /// Resolvers.
    pub resolvers: List<Resolver>,
    /// Istio's PeerAuthentications.
    pub peer_authentications: List<PeerAuthentication>,
    /// Istio's DestinationRules.
    pub destination_rules: List<DestinationRule>,
    /// Policies and MeshPolicies of Istio up to 1.5.
    pub citadel_policies: List<Object>,
    /// Roles and ClusterRoles.
    pub roles: List<Role>,
    /// RoleBindings and ClusterRoleBindings.
    pub role_bindings: List<RoleBinding>,
    /// Objects that create Secrets.
    pub promises: List<Promise>,
    /// Objects that create ConfigMaps with certificates.
    pub map_promises: List<Promise>,
    /// Patches of kustomizations, which are not applied.
    pub unapplied_patches: Vec<UnappliedPatches>,
    /// Kustomizations that rename objects but not the references to them.
    pub renamings: Vec<Renaming>,
    /// Documents that Ambassador ignores.
    pub refusals: List<Refusal>,
    /// Documents that could not be read, or not as intended.
    pub problems: List<Problem>,
    /// Keys that occur twice.
    pub duplicates: List<Duplicate>,
    /// Names that YAML does not read as text, with their type.
    pub unquoted_names: List<(Located<Text>, &'static str)>,
    /// Ignores in the manifests.
    pub ignores: List<Ignore>,
    /// Namespaces in documents that were not parsed.
    pub unread_namespaces: BTreeSet<String>,
    /// Whether kustomizations are involved.
    pub is_kustomized: bool,
    /// Whether a kustomization may add labels to objects.
    pub may_relabel: bool,
    /// The number of documents of any kind.
    pub documents: usize,
    /// The number of irrelevant documents, which were not parsed.
    pub skipped: usize,
    /// How many of these are known not to be YAML.
    pub broken: usize,
    /// Whether a bare document got the namespace of the Ambassador that reads it.
    pub(super) is_settled: bool,
}

/// A key that occurs twice in a mapping.
#[derive(Debug, Clone)]
pub struct Duplicate {
    /// The key and its places.
    pub key: DuplicateKey,
    /// The first byte of its document.
    pub document: Span,
}

impl Resources {
    /// The number of Ambassador objects, including refused ones.
    pub fn ambassador_objects(&self) -> usize {
        self.contexts.len()
            + self.mappings.len()
            + self.hosts.len()
            + self.modules.len()
            + self.resolvers.len()
            + self.refusals.len()
    }

    /// Replaces what a text held by what it holds now.
    pub(super) fn exchange(&mut self, own: SourceId, part: Self, texts: &Sources) {
        fn one<T>(
            all: &mut List<T>,
            part: List<T>,
            rank: impl Fn(SourceId) -> Ordering,
            place: impl Fn(&T) -> Span,
        ) {
            let start = all.partition_point(|one| rank(place(one).source).is_lt());
            let length = all[start..].partition_point(|one| rank(place(one).source).is_eq());
            all.splice(start..start + length, part);
        }
        let rank = |id: SourceId| texts.rank(id).cmp(&texts.rank(own));
        one(&mut self.contexts, part.contexts, rank, |one| one.object.place());
        let mappings: &mut List<Mapping> = &mut self.mappings;
        one(mappings, part.mappings.unnoted().clone(), rank, |one| one.object.place());
        one(&mut self.hosts, part.hosts, rank, |one| one.object.place());
        one(&mut self.modules, part.modules, rank, |one| one.object.place());
        one(&mut self.secrets, part.secrets, rank, |one| one.object.place());
        one(&mut self.config_maps, part.config_maps, rank, |one| one.object.place());
        one(&mut self.services, part.services, rank, |one| one.object.place());
        one(&mut self.workloads, part.workloads, rank, |one| one.object.place());
        one(&mut self.resolvers, part.resolvers, rank, |one| one.object.place());
        one(&mut self.peer_authentications, part.peer_authentications, rank, |one| {
            one.object.place()
        });
        one(&mut self.destination_rules, part.destination_rules, rank, |one| one.object.place());
        one(&mut self.citadel_policies, part.citadel_policies, rank, Object::place);
        one(&mut self.roles, part.roles, rank, |one| one.object.place());
        one(&mut self.role_bindings, part.role_bindings, rank, |one| one.object.place());
        one(&mut self.promises, part.promises, rank, |one| one.by.place());
        one(&mut self.map_promises, part.map_promises, rank, |one| one.by.place());
        one(&mut self.refusals, part.refusals, rank, |one| one.place);
        one(&mut self.problems, part.problems, rank, |one| one.span);
        one(&mut self.duplicates, part.duplicates, rank, |one| one.document);
        one(&mut self.unquoted_names, part.unquoted_names, rank, |one| one.0.span);
        one(&mut self.ignores, part.ignores, rank, |one| one.place);
    }

    /// Whether both were read from the same documents except for Mappings. Always false with
    /// kustomizations, whose effect is not followed.
    pub fn differ_in_mappings_only(&self, other: &Self) -> bool {
        !self.is_kustomized
            && !other.is_kustomized
            && (self.documents, self.skipped, self.broken)
                == (other.documents, other.skipped, other.broken)
            && self.contexts.is(&other.contexts)
            && self.hosts.is(&other.hosts)
            && self.modules.is(&other.modules)
            && self.secrets.is(&other.secrets)
            && self.config_maps.is(&other.config_maps)
            && self.services.is(&other.services)
            && self.workloads.is(&other.workloads)
            && self.resolvers.is(&other.resolvers)
            && self.peer_authentications.is(&other.peer_authentications)
            && self.destination_rules.is(&other.destination_rules)
            && self.citadel_policies.is(&other.citadel_policies)
            && self.roles.is(&other.roles)
            && self.role_bindings.is(&other.role_bindings)
            && self.promises.is(&other.promises)
            && self.map_promises.is(&other.map_promises)
            && self.refusals.is(&other.refusals)
            && self.problems.is(&other.problems)
            && self.duplicates.is(&other.duplicates)
            && self.unquoted_names.is(&other.unquoted_names)
            && self.ignores.is(&other.ignores)
            && self.unread_namespaces == other.unread_namespaces
    }

    /// Whether both have objects with the same names in the same texts, and the same workloads. The
    /// effect of kustomizations is not followed.
    pub fn are_named_like(&self, other: &Self) -> bool {
        fn alike<T>(own: &List<T>, other: &List<T>, object: impl Fn(&T) -> &Object) -> bool {
            let alike = |(own, other): (&Arc<T>, &Arc<T>)| {
                Arc::ptr_eq(own, other) || {
                    let (own, other) = (object(own), object(other));
                    own.place().source == other.place().source
                        && own.is_named_like(other)
                        && own.is_for_the_same(other)
                }
            };
            own.is(other) || own.len() == other.len() && own.iter().zip(&**other).all(alike)
        }
        let (mappings, others) = (self.mappings.unnoted(), other.mappings.unnoted());
        !self.is_kustomized
            && !other.is_kustomized
            && self.workloads.is(&other.workloads)
            && alike(&self.contexts, &other.contexts, |one| &one.object)
            && alike(mappings, others, |one| &one.object)
            && alike(&self.hosts, &other.hosts, |one| &one.object)
            && alike(&self.modules, &other.modules, |one| &one.object)
            && alike(&self.resolvers, &other.resolvers, |one| &one.object)
            && alike(&self.secrets, &other.secrets, |one| &one.object)
            && alike(&self.services, &other.services, |one| &one.object)
    }

    /// All objects, by kind.
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

    /// Whether any Secret has an entry named like a certificate, key or revocation list. If none
    /// has, Secrets are probably kept elsewhere.
    pub fn holds_certificates(&self) -> bool {
        let named = |key: &str| key == "tls.key" || key.ends_with(".crt") || key.ends_with(".pem");
        let mut entries = self.secrets.iter().flat_map(|secret| &secret.entries);
        entries.any(|entry| named(&entry.key) && !entry.is_empty())
    }

    /// Moves bare documents without a namespace to Ambassador's own, as `Config.process` does.
    pub fn settle_bare_documents(&mut self, namespace: &str) {
        fn settle<T: Clone>(
            all: &mut List<T>,
            namespace: &str,
            object: fn(&mut T) -> &mut Object,
            of: fn(&T) -> &Object,
        ) -> bool {
            let is_open = |one: &T| {
                let object = of(one);
                matches!(object.origin, ObjectOrigin::File(_)) && object.namespace.is_none()
            };
            if !all.iter().any(|one| is_open(one)) {
                return false;
            }
            for one in all.iter_mut().filter(|one| is_open(one)) {
                let object = object(Arc::make_mut(one));
                let place = object.name.clone();
                object.namespace = Some(place.map(|_| namespace.into()));
            }
            true
        }
        self.is_settled |=
            settle(&mut self.contexts, namespace, |one| &mut one.object, |one| &one.object)
                | settle(&mut self.mappings, namespace, |one| &mut one.object, |one| &one.object)
                | settle(&mut self.hosts, namespace, |one| &mut one.object, |one| &one.object)
                | settle(&mut self.modules, namespace, |one| &mut one.object, |one| &one.object);
    }
}
