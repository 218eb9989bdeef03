//! Rules about Mappings, TCPMappings and the upstreams they name.

pub(super) mod canary_mixes_plaintext;
pub(super) mod cluster_shared;
pub(super) mod mapping_context_of_other_ambassador;
pub(super) mod mapping_context_undefined;
pub(super) mod mapping_dropped;
pub(super) mod mapping_grpc_without_alpn;
pub(super) mod mapping_h2_without_grpc;
pub(super) mod mapping_not_routed;
pub(super) mod mapping_tls_boolean;
pub(super) mod mapping_tls_boolean_in_quotes;
pub(super) mod mapping_tls_false_ignored;
pub(super) mod resolver_unknown;
pub(super) mod service_malformed;
pub(super) mod service_name_not_qualified;
pub(super) mod service_path_ignored;
pub(super) mod service_port_443_plaintext;
pub(super) mod service_port_undefined;
pub(super) mod service_scheme_contradicts_tls;
pub(super) mod service_scheme_unknown;
pub(super) mod service_tls_to_port_80;
pub(super) mod tcp_mapping_scheme_ignored;
pub(super) mod tls_on_kind_without_it;
pub(super) mod upstream_unverified;
pub(super) mod upstream_without_sni;
