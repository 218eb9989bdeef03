//! Fields that the schemas of Emissary's Python half lack in older versions of the API.

/// Fields of `v2` that the schema of this version and kind does not have, so that an annotation with one is
/// refused (v1.14.4 `python/schemas`). A `v0` Mapping is read
/// by what its schema has.
pub fn lacking(version: &str, kind: &str) -> &'static [&'static str] {
    match (version, kind) {
        ("v1", "Mapping") => &MAPPING,
        ("v1", "TCPMapping") => &["circuit_breakers", "cluster_tag"],
        ("v0", "AuthService") => &AUTH_SERVICE,
        ("v1", "AuthService") => AUTH_SERVICE.split_at(V1_AUTH_SERVICE).0,
        ("v0", "RateLimitService") => &["domain", "protocol_version", "tls"],
        ("v1", "RateLimitService") => &["protocol_version"],
        ("v0" | "v1", "TracingService") => &["sampling"],
        _ => &[],
    }
}

const MAPPING: [&str; 15] = [
    "allow_upgrade",
    "auth_context_extensions",
    "bypass_error_response_overrides",
    "cluster_max_connection_lifetime_ms",
    "cluster_tag",
    "dns_type",
    "docs",
    "error_response_overrides",
    "prefix_exact",
    "query_parameters",
    "redirect_response_code",
    "regex_query_parameters",
    "regex_redirect",
    "regex_rewrite",
    "respect_dns_ttl",
];

/// Those that `v1` lacks, then those that it brought.
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
