//! Which rules offer fixes; written by `UPDATE=1 cargo test --test lint fix` from their examples.

use crate::diagnostic::Applicability;

/// Rules with a fix in their examples, and whether the best of them is safe.
#[rustfmt::skip]
static FIXABLE: [(&str, Applicability); 51] = [
    ("ambassador-id-string", Applicability::Safe),
    ("auth-service-misconfigured", Applicability::Unsafe),
    ("consul-resolver-by-default", Applicability::Unsafe),
    ("consul-secret-name", Applicability::Unsafe),
    ("consul-service-not-bare", Applicability::Safe),
    ("consul-target-not-sidecar", Applicability::Unsafe),
    ("context-alpn-list", Applicability::Safe),
    ("context-alpn-malformed", Applicability::Safe),
    ("context-cert-required-upstream", Applicability::Safe),
    ("context-crl-dropped", Applicability::Safe),
    ("context-curve-unknown", Applicability::Safe),
    ("context-file-not-mounted", Applicability::Unsafe),
    ("context-file-path-wrong", Applicability::Safe),
    ("context-hosts-on-upstream", Applicability::Unsafe),
    ("context-redirect-conflict", Applicability::Safe),
    ("context-redirect-without-effect", Applicability::Safe),
    ("context-sni-not-host-name", Applicability::Unsafe),
    ("context-tls-version-spelling", Applicability::Safe),
    ("context-tls-versions-exclude", Applicability::Safe),
    ("document-duplicate-key", Applicability::Unsafe),
    ("field-unknown", Applicability::Safe),
    ("host-context-undefined", Applicability::Unsafe),
    ("host-tls-camel-case", Applicability::Safe),
    ("ignore-unused", Applicability::Safe),
    ("istio-alpn-missing", Applicability::Unsafe),
    ("istio-certs-namespace", Applicability::Unsafe),
    ("mapping-context-undefined", Applicability::Safe),
    ("mapping-grpc-without-alpn", Applicability::Unsafe),
    ("mapping-not-routed", Applicability::Unsafe),
    ("mapping-tls-boolean", Applicability::Unsafe),
    ("mapping-tls-boolean-in-quotes", Applicability::Unsafe),
    ("module-name-unknown", Applicability::Unsafe),
    ("mount-volume-undefined", Applicability::Unsafe),
    ("object-api-version-outdated", Applicability::Unsafe),
    ("object-api-version-unknown", Applicability::Unsafe),
    ("object-kind-case", Applicability::Safe),
    ("object-name-not-text", Applicability::Safe),
    ("object-refused-by-schema", Applicability::Safe),
    ("resolver-unknown", Applicability::Unsafe),
    ("secret-name-dotted", Applicability::Safe),
    ("secret-namespacing-off", Applicability::Unsafe),
    ("secret-namespacing-split", Applicability::Safe),
    ("secret-reference-like-service", Applicability::Unsafe),
    ("service-malformed", Applicability::Safe),
    ("service-name-not-qualified", Applicability::Unsafe),
    ("service-path-ignored", Applicability::Unsafe),
    ("service-port-443-plaintext", Applicability::Unsafe),
    ("service-port-undefined", Applicability::Unsafe),
    ("service-scheme-contradicts-tls", Applicability::Safe),
    ("service-scheme-unknown", Applicability::Unsafe),
    ("volume-key-missing", Applicability::Unsafe),
];

/// Whether a rule offers fixes, and whether any of them can be applied without review.
pub fn fixable(rule: &str) -> Option<Applicability> {
    FIXABLE.iter().find(|(id, _)| *id == rule).map(|(_, applicability)| *applicability)
}
