//! Which resolver a Mapping uses (`irserviceresolver.py`).

use crate::document::{Located, Text};
use crate::resource::{Mapping, Module, Resources};

use super::cluster::ResolverKind;
use crate::world::installation::Storages;

/// All resolvers, by the names that Mappings and the Module use.
pub(crate) struct Resolvers<'w> {
    resources: &'w Resources,
    storages: &'w Storages,
    module: Option<&'w Module>,
}

impl<'w> Resolvers<'w> {
    pub(crate) fn new(
        resources: &'w Resources,
        storages: &'w Storages,
        module: Option<&'w Module>,
    ) -> Self {
        Self { resources, storages, module }
    }

    /// The name of the resolver that a Mapping uses.
    pub(crate) fn name<'m>(&self, mapping: &'m Mapping) -> &'m str
    where
        'w: 'm,
    {
        match (&mapping.resolver, self.module.and_then(|module| module.resolver.as_ref())) {
            (Some(own), _) => own,
            (None, Some(default)) => default,
            (None, None) => "kubernetes-service",
        }
    }

    /// The kind of the resolver that a Mapping uses; `None` if the name is unknown.
    pub(crate) fn of(&self, mapping: &Mapping) -> Option<ResolverKind<'w>> {
        self.named(self.name(mapping))
    }

    fn named(&self, name: &str) -> Option<ResolverKind<'w>> {
        let filed = |name: &str| {
            let stored = self.storages.resolvers.stored.iter().find(|s| s.name == name)?;
            Some(&self.resources.resolvers[stored.index])
        };
        // Each default resolver has two names, and a definition of one applies to both.
        let alias = match name {
            "endpoint" => Some("kubernetes-endpoint"),
            "kubernetes-endpoint" => Some("endpoint"),
            "consul" => Some("consul-endpoint"),
            "consul-endpoint" => Some("consul"),
            _ => None,
        };
        match filed(name).or_else(|| alias.and_then(filed)) {
            Some(resolver) => match resolver.object.kind.as_str() {
                "ConsulResolver" => {
                    let datacenter = resolver.datacenter.as_ref();
                    Some(ResolverKind::Consul(datacenter.map_or("", |name| name.as_str())))
                }
                "KubernetesEndpointResolver" => Some(ResolverKind::Endpoint),
                _ => Some(ResolverKind::Service),
            },
            None => match name {
                "kubernetes-service" => Some(ResolverKind::Service),
                "endpoint" | "kubernetes-endpoint" => Some(ResolverKind::Endpoint),
                "consul" | "consul-endpoint" => Some(ResolverKind::Consul("dc1")),
                _ => None,
            },
        }
    }

    /// The Module's `resolver`, if there is none of that name.
    pub(crate) fn unknown_default(&self) -> Option<&'w Located<Text>> {
        let default = self.module?.resolver.as_ref()?;
        self.named(default).is_none().then_some(default)
    }

    /// The kind of resolver for objects without a `resolver` field.
    pub(crate) fn default_kind(&self) -> ResolverKind<'w> {
        let default = self.module.and_then(|module| module.resolver.as_ref());
        default.and_then(|name| self.named(name)).unwrap_or(ResolverKind::Service)
    }
}
