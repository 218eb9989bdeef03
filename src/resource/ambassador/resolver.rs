//! Resolvers: how a service name is resolved to endpoints.

use crate::document::{Located, Text};

use crate::resource::Object;
use crate::resource::spec::Spec;

/// A ConsulResolver, KubernetesEndpointResolver or KubernetesServiceResolver.
#[derive(Debug, Clone)]
pub struct Resolver {
    /// Identity and origin, with the kind of resolver.
    pub object: Object,
    /// Consul's address; without it, Consul is not asked.
    pub address: Option<Located<Text>>,
    /// Consul's datacenter; Emissary rejects a ConsulResolver without it.
    pub datacenter: Option<Located<Text>>,
}

impl Resolver {
    pub(crate) fn read(object: Object, spec: &Spec<'_>) -> Self {
        let text = |name: &str| spec.at(name)?.text().filter(|text| !text.is_empty());
        Self { address: text("address"), datacenter: text("datacenter"), object }
    }
}
