//! The Ambassador Consul connector: where its Secret goes, and whether it may write it.
//!
//! From the public source, `cmd/consul_connect_integration` (emissary 04e604f82): it watches the
//! leaf certificate of one service and runs `kubectl apply` with a Secret.

use crate::resource::{EnvironmentValue, Resources, Role, RoleBinding, Workload};

use crate::world::installation::is_connector;

/// A connector of the input.
#[derive(Debug, Clone)]
pub struct Connector<'w> {
    /// Its workload.
    pub workload: &'w Workload,
    /// The namespace of the Secret that it writes.
    pub namespace: String,
    /// The name of that Secret.
    pub secret: String,
}

/// Why a connector may not write its Secret.
#[derive(Debug, Clone)]
pub enum WriteFault<'w> {
    /// The binding is for an account of that name in another namespace.
    OtherAccount(&'w RoleBinding),
    /// The binding applies to another namespace than the Secret's.
    OtherNamespace(&'w RoleBinding),
    /// The role lacks these verbs.
    Verbs(&'w Role, Vec<&'static str>),
}

/// All connectors of the input.
pub(crate) fn connectors(resources: &Resources) -> impl Iterator<Item = Connector<'_>> {
    resources.workloads.iter().filter(|workload| is_connector(workload)).map(|workload| {
        let value = |name: &str| match &workload.variable(name)?.value {
            EnvironmentValue::Literal(value) if !value.is_empty() => Some(value.value.to_string()),
            EnvironmentValue::Field(field) if field == "metadata.namespace" => {
                Some(workload.object.namespace().to_owned())
            }
            _ => None,
        };
        // The documentation omits `ambassador-` from the default.
        let service = match value("_AMBASSADOR_ID") {
            Some(id) => format!("ambassador-{id}"),
            None => "ambassador".to_owned(),
        };
        let secret = value("_AMBASSADOR_TLS_SECRET_NAME");
        let namespace = value("_AMBASSADOR_TLS_SECRET_NAMESPACE");
        Connector {
            workload,
            namespace: namespace.unwrap_or_else(|| workload.object.namespace().to_owned()),
            secret: secret.unwrap_or_else(|| format!("{service}-consul-connect")),
        }
    })
}
