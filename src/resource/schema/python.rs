//! Which fields the schemas of Emissary's Python half have in older API versions.

/// Whether the schema of this version and kind has a field of `v2` (`sampling`,
/// `config.collector_hostname`); an annotation with a field that it lacks is rejected (v1.14.4
/// `python/schemas`). True if there is no schema. A Mapping without a version is validated as `v0`,
/// whose schema allows no other fields.
pub fn has_field(version: Option<&str>, kind: &str, field: &str) -> bool {
    let lacking: &[&str] = match (version, kind) {
        (None | Some("v0"), "Mapping") => return V0_MAPPING.contains(&field),
        (Some("v1"), "Mapping") => &MAPPING,
        (Some("v1"), "TCPMapping") => &["circuit_breakers", "cluster_tag"],
        (Some("v0"), "AuthService") => &AUTH_SERVICE,
        (Some("v1"), "AuthService") => AUTH_SERVICE.split_at(V1_AUTH_SERVICE).0,
        (Some("v0"), "RateLimitService") => &["domain", "protocol_version", "tls"],
        (Some("v1"), "RateLimitService") => &["protocol_version"],
        (Some("v0"), "TracingService") => &TRACING_SERVICE,
        (Some("v1"), "TracingService") => TRACING_SERVICE.split_at(V1_TRACING_SERVICE).0,
        _ => &[],
    };
    !lacking.contains(&field)
}

const V0_MAPPING: [&str; 39] = [
    "add_request_headers",
    "add_response_headers",
    "ambassador_id",
    "apiVersion",
    "auto_host_rewrite",
    "case_sensitive",
    "circuit_breaker",
    "connect_timeout_ms",
    "cors",
    "envoy_override",
    "generation",
    "grpc",
    "headers",
    "host",
    "host_redirect",
    "host_regex",
    "host_rewrite",
    "kind",
    "metadata_labels",
    "method",
    "method_regex",
    "modules",
    "name",
    "namespace",
    "outlier_detection",
    "path_redirect",
    "precedence",
    "prefix",
    "prefix_regex",
    "priority",
    "rate_limits",
    "regex_headers",
    "rewrite",
    "service",
    "shadow",
    "timeout_ms",
    "tls",
    "use_websocket",
    "weight",
];

/// Fields of `v2` that `v1` lacks.
const MAPPING: [&str; 16] = [
    "allow_upgrade",
    "auth_context_extensions",
    "bypass_error_response_overrides",
    "cluster_max_connection_lifetime_ms",
    "cluster_tag",
    "dns_type",
    "docs",
    "error_response_overrides",
    "prefix_exact",
    "prefix_redirect",
    "query_parameters",
    "redirect_response_code",
    "regex_query_parameters",
    "regex_redirect",
    "regex_rewrite",
    "respect_dns_ttl",
];

/// Fields that `v1` lacks, then fields that `v1` added.
const AUTH_SERVICE: [&str; 11] = [
    "add_auth_headers",
    "protocol_version",
    "add_linkerd_headers",
    "allow_request_body",
    "allowed_authorization_headers",
    "allowed_request_headers",
    "failure_mode_allow",
    "include_body",
    "proto",
    "status_on_error",
    "timeout_ms",
];
const V1_AUTH_SERVICE: usize = 2;

/// Fields that `v1` lacks, then fields that `v1` added.
const TRACING_SERVICE: [&str; 5] = [
    "config.collector_endpoint_version",
    "config.collector_hostname",
    "sampling",
    "config.collector_cluster",
    "config.service_name",
];
const V1_TRACING_SERVICE: usize = 3;
