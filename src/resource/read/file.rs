//! What one file holds, judged by its text alone; files are joined in `documents`.

use std::sync::Arc;

use crate::document::{Located, Problem, ProblemKind, Text};
use crate::resource::{
    ConfigMap, DestinationRule, Host, Ignore, Mapping, Module, Object, PeerAuthentication, Promise,
    Resolver, Role, RoleBinding, Secret, Service, TlsContext, Workload,
};
use crate::source::Span;

use super::refusal::{Refusal, RefusalReason};
use super::resources::{Duplicate, Resources};

/// What was read from a file, in text order.
#[derive(Debug, Default)]
pub(crate) struct FileResources {
    pub(super) found: Vec<Found>,
    /// The distinct namespaces in documents that were not parsed.
    pub(super) unread_namespaces: Vec<Box<str>>,
    /// Documents of any kind.
    pub(super) documents: usize,
    /// Irrelevant documents, which were not parsed.
    pub(super) skipped: usize,
    /// Skipped documents that turned out not to be YAML.
    pub(super) broken: usize,
}

/// An item read from a file, shared by all worlds that include it.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Context(Arc<TlsContext>),
    Mapping(Arc<Mapping>),
    Host(Arc<Host>),
    Module(Arc<Module>),
    Secret(Arc<Secret>),
    ConfigMap(Arc<ConfigMap>),
    Service(Arc<Service>),
    Workload(Arc<Workload>),
    Resolver(Arc<Resolver>),
    PeerAuthentication(Arc<PeerAuthentication>),
    DestinationRule(Arc<DestinationRule>),
    CitadelPolicy(Arc<Object>),
    Role(Arc<Role>),
    RoleBinding(Arc<RoleBinding>),
    Promise(Arc<Promise>),
    MapPromise(Arc<Promise>),
    Refusal(Arc<Refusal>),
    Duplicate(Arc<Duplicate>),
    UnquotedName(Arc<(Located<Text>, &'static str)>),
    /// A problem of an object.
    Problem(Arc<Problem>),
    /// A problem of the text, independent of objects.
    TextProblem(Arc<Problem>),
    /// An ignore of an object, or within its annotation.
    Ignore(Arc<Ignore>),
    /// An ignore in a comment of the text.
    TextIgnore(Arc<Ignore>),
}

impl Found {
    /// Where a document or an annotation cannot be read any further.
    pub(super) fn breaks_at(&self) -> Option<Span> {
        match self {
            Self::Problem(problem) | Self::TextProblem(problem) => match problem.kind {
                ProblemKind::Template
                | ProblemKind::AfterEnd
                | ProblemKind::TooManyAliases { .. }
                | ProblemKind::TooManyFields { .. } => None,
                _ => Some(problem.span),
            },
            Self::Refusal(refusal) => match refusal.reason {
                RefusalReason::AnnotationUnreadable { .. } => Some(refusal.place),
                _ => None,
            },
            _ => None,
        }
    }
}

impl FileResources {
    /// Whether it holds something that releases of Emissary treat differently.
    pub(super) fn depends_on_release(&self) -> bool {
        self.found.iter().any(|found| {
            matches!(
                found,
                Found::Context(_)
                    | Found::Mapping(_)
                    | Found::Host(_)
                    | Found::Module(_)
                    | Found::Resolver(_)
                    | Found::Refusal(_)
            )
        })
    }

    /// Adds everything to the resources of other files.
    pub(super) fn join(
        &self,
        all: &mut Resources,
        patches: bool,
        namespace: Option<&Located<Text>>,
    ) {
        all.documents += self.documents;
        all.skipped += self.skipped;
        all.broken += self.broken;
        for name in &self.unread_namespaces {
            if !all.unread_namespaces.contains(&**name) {
                all.unread_namespaces.insert(name.to_string());
            }
        }
        // A patch is a partial object; only its text problems and ignores count.
        let counts = |found: &&Found| {
            !patches || matches!(found, Found::TextProblem(_) | Found::TextIgnore(_))
        };
        for found in self.found.iter().filter(counts) {
            match namespace {
                None => found.clone().file(all),
                Some(namespace) => found.within(namespace).file(all),
            }
        }
    }
}

impl Found {
    /// Adds it to the list of its kind.
    fn file(self, all: &mut Resources) {
        match self {
            Self::Context(one) => all.contexts.push(one),
            Self::Mapping(one) => all.mappings.push(one),
            Self::Host(one) => all.hosts.push(one),
            Self::Module(one) => all.modules.push(one),
            Self::Secret(one) => all.secrets.push(one),
            Self::ConfigMap(one) => all.config_maps.push(one),
            Self::Service(one) => all.services.push(one),
            Self::Workload(one) => all.workloads.push(one),
            Self::Resolver(one) => all.resolvers.push(one),
            Self::PeerAuthentication(one) => all.peer_authentications.push(one),
            Self::DestinationRule(one) => all.destination_rules.push(one),
            Self::CitadelPolicy(one) => all.citadel_policies.push(one),
            Self::Role(one) => all.roles.push(one),
            Self::RoleBinding(one) => all.role_bindings.push(one),
            Self::Promise(one) => all.promises.push(one),
            Self::MapPromise(one) => all.map_promises.push(one),
            Self::Refusal(one) => all.refusals.push(one),
            Self::Duplicate(one) => all.duplicates.push(one),
            Self::UnquotedName(one) => all.unquoted_names.push(one),
            Self::Problem(one) | Self::TextProblem(one) => all.problems.push(one),
            Self::Ignore(one) | Self::TextIgnore(one) => all.ignores.push(one),
        }
    }

    /// A copy of it in the namespace that a kustomization sets for the file.
    fn within(&self, namespace: &Located<Text>) -> Self {
        match self {
            Self::Context(one) => Self::Context(moved(one, namespace, |one| &mut one.object)),
            Self::Mapping(one) => Self::Mapping(moved(one, namespace, |one| &mut one.object)),
            Self::Host(one) => Self::Host(moved(one, namespace, |one| &mut one.object)),
            Self::Module(one) => Self::Module(moved(one, namespace, |one| &mut one.object)),
            Self::Secret(one) => Self::Secret(moved(one, namespace, |one| &mut one.object)),
            Self::ConfigMap(one) => Self::ConfigMap(moved(one, namespace, |one| &mut one.object)),
            Self::Service(one) => Self::Service(moved(one, namespace, |one| &mut one.object)),
            Self::Workload(one) => Self::Workload(moved(one, namespace, |one| &mut one.object)),
            Self::Resolver(one) => Self::Resolver(moved(one, namespace, |one| &mut one.object)),
            Self::PeerAuthentication(one) => {
                Self::PeerAuthentication(moved(one, namespace, |one| &mut one.object))
            }
            Self::DestinationRule(one) => {
                Self::DestinationRule(moved(one, namespace, |one| &mut one.object))
            }
            Self::CitadelPolicy(one) => Self::CitadelPolicy(moved(one, namespace, |one| one)),
            Self::Role(one) => Self::Role(moved(one, namespace, |one| &mut one.object)),
            Self::RoleBinding(one) => {
                let mut binding = RoleBinding::clone(one);
                binding.object.move_to(namespace);
                // `kustomize` moves the accounts of a build along with everything else.
                binding.accounts.iter_mut().for_each(|account| account.namespace = None);
                Self::RoleBinding(Arc::new(binding))
            }
            Self::Promise(one) => Self::Promise(Arc::new(one.moved_to(namespace))),
            Self::MapPromise(one) => Self::MapPromise(Arc::new(one.moved_to(namespace))),
            Self::Refusal(one) => {
                let mut refusal = Refusal::clone(one);
                // An annotation's document with its own name also has its own namespace.
                if refusal.reason.is_of_annotation() || !refusal.in_annotation {
                    refusal.object.namespace = namespace.value.to_string();
                }
                Self::Refusal(Arc::new(refusal))
            }
            Self::Ignore(one) => {
                let mut ignore = Ignore::clone(one);
                ignore.move_to(&namespace.value);
                Self::Ignore(Arc::new(ignore))
            }
            Self::Duplicate(_)
            | Self::UnquotedName(_)
            | Self::Problem(_)
            | Self::TextProblem(_)
            | Self::TextIgnore(_) => self.clone(),
        }
    }
}

/// A copy of an object in another namespace.
fn moved<T: Clone>(
    one: &Arc<T>,
    namespace: &Located<Text>,
    object: impl Fn(&mut T) -> &mut Object,
) -> Arc<T> {
    let mut copy = T::clone(one);
    object(&mut copy).move_to(namespace);
    Arc::new(copy)
}
