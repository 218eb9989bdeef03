//! What restricts the objects that Ambassador watches (`EP/interesting_types.go`, `GetQueries`).

use crate::resource::{Ingest, Resources};

use super::selector::Selector;

/// The restrictions of the watch, and what is known about the input.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Watch {
    /// Whether this release restricts it: selectors are implemented in Emissary's Go half.
    pub(super) is_there: bool,
    pub(super) labels: Option<Selector>,
    pub(super) fields: Option<Selector>,
    /// Whether Ambassador's namespace is stated rather than assumed to be `default`.
    pub(crate) namespace_is_stated: bool,
    /// Whether manifests omit their namespace, so that `default` may stand for any.
    pub(super) leaves_namespaces_out: bool,
    /// Whether a kustomization may set labels.
    pub(super) may_relabel: bool,
}

impl Watch {
    pub(crate) fn of(
        ingest: Ingest,
        resources: &Resources,
        labels: Option<&str>,
        fields: Option<&str>,
        namespace_is_stated: bool,
    ) -> Self {
        let contexts = resources.contexts.iter().map(|context| &context.object);
        let hosts = resources.hosts.iter().map(|host| &host.object);
        let secrets = resources.secrets.iter().map(|secret| &secret.object);
        let services = resources.services.iter().map(|service| &service.object);
        let mut all = contexts.chain(hosts).chain(secrets).chain(services);
        Self {
            is_there: ingest == Ingest::Snapshot,
            labels: labels.and_then(Selector::read),
            fields: fields.and_then(Selector::read),
            namespace_is_stated,
            leaves_namespaces_out: all.any(|object| object.namespace.is_none()),
            may_relabel: resources.may_relabel,
        }
    }
}
