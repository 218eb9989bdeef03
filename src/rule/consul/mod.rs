//! Rules about Consul Connect and its connector.

pub(super) mod consul_connector_host_default;
pub(super) mod consul_connector_may_not_write;
pub(super) mod consul_connector_namespace_unset;
pub(super) mod consul_connector_replicas;
pub(super) mod consul_connector_variable_ignored;
pub(super) mod consul_resolver_by_default;
pub(super) mod consul_secret_name;
pub(super) mod consul_service_not_bare;
pub(super) mod consul_service_with_dots;
pub(super) mod consul_target_not_sidecar;
