//! Why each rule is as severe as it is: severity means how certain the harm is.
//!
//! An outage or silent plaintext that the input proves is an error, anything that depends on facts
//! outside the input is a warning, and hygiene is a note.

/// Reasons, each with the rules it applies to.
static REASONS: [(&str, &[&str]); 28] = [
    (
        "An error: the input proves that Ambassador rejects the context, so Mappings that name it \
         get plaintext, or TLS without a client certificate.",
        &[
            "consul-secret-name",
            "context-ca-without-certificate",
            "context-cert-without-key",
            "context-file-in-other-container",
            "context-file-is-folder",
            "context-file-missing",
            "context-file-not-mounted",
            "context-file-path-wrong",
            "context-redirect-conflict",
            "context-secret-and-file",
            "context-without-certificate",
            "istio-certs-namespace",
            "istio-secret-dir-empty",
            "module-tls-secret-unfetched",
            "mount-empty-dir-unfilled",
            "mount-shadowed",
            "mount-sub-path-wrong",
            "mount-volume-undefined",
            "secret-certificate-not-text",
            "secret-entries-wrong",
            "secret-key-ec-parameters",
            "secret-name-dotted",
            "secret-name-hashed",
            "secret-namespacing-off",
            "secret-namespacing-split",
            "secret-not-issued",
            "secret-outside-watch",
            "secret-reference-like-service",
            "secret-type-unknown",
            "secret-withheld-by-validation",
            "secret-without-key",
            "volume-items-leave-out",
            "volume-key-missing",
            "volume-mode-unreadable",
            "volume-reads-config-map",
        ],
    ),
    (
        "An error: the input proves that Ambassador finds no usable context of that name, so the \
         upstream gets plaintext, or TLS without a client certificate.",
        &[
            "kustomize-name-not-followed",
            "mapping-context-of-other-ambassador",
            "mapping-tls-boolean-in-quotes",
            "module-tls-block",
            "tls-on-kind-without-it",
        ],
    ),
    (
        "An error where the input has TLSContexts, since a name that matches none of them is then \
         a mistake, and the upstream gets plaintext or TLS without a client certificate. A \
         warning where it has none: they are most likely defined elsewhere.",
        &["mapping-context-undefined"],
    ),
    (
        "An error: `kubectl apply` rejects the document. A warning in a folder that has only such \
         files, which Ambassador may read from disk.",
        &["document-bare"],
    ),
    (
        "An error where the input has Secrets with certificates, since this one is then missing, \
         and the context is rejected. A warning where it has none: they are most likely defined \
         elsewhere.",
        &["secret-missing", "volume-secret-missing"],
    ),
    (
        "An error: Envoy rejects the whole configuration, so no configuration change takes \
         effect, and a restarted pod has no configuration at all.",
        &[
            "certificate-request-key-size",
            "context-cert-required-upstream",
            "context-cipher-suite-unknown",
            "context-crl-without-ca",
            "context-curve-unknown",
            "context-key-without-cert",
            "context-secret-lacks-entry",
            "context-sni-on-termination",
            "context-sni-too-long",
            "secret-chain-order",
            "secret-chain-without-leaf",
            "secret-key-encrypted",
            "secret-key-mismatch",
            "secret-key-unusable",
            "secret-pem-invalid",
        ],
    ),
    (
        "An error: Ambassador raises an exception and loses the whole update.",
        &["configuration-crashes-ambassador"],
    ),
    (
        "An error: the object or document never reaches Ambassador, so what it configures does \
         not exist.",
        &[
            "ambassador-id-string",
            "annotation-ignored",
            "annotation-unreadable",
            "context-alpn-list",
            "document-after-end",
            "document-unreadable",
            "mapping-tls-boolean",
            "object-kind-case",
            "object-name-invalid",
            "object-name-not-text",
            "object-refused-by-schema",
            "object-without-name",
        ],
    ),
    (
        "An error: the object never reaches Ambassador, so what it configures does not exist. A \
         warning where the image tag of the input's Ambassador does not name a release, since \
         another release may read that version.",
        &["object-api-version-unknown"],
    ),
    (
        "An error: the input proves that the object is not used as written. A warning where that \
         depends on the release and the image tag of the input's Ambassador does not name one.",
        &["auth-service-misconfigured", "mapping-dropped"],
    ),
    (
        "An error: the input proves that no traffic reaches the upstream.",
        &[
            "consul-service-not-bare",
            "consul-service-with-dots",
            "endpoint-resolver-outside-host",
            "service-malformed",
            "service-port-undefined",
        ],
    ),
    (
        "An error where the input has a resolver of that kind or with a similar name, since the \
         Mapping is then dropped because of a typo. A warning where it has none: they are most \
         likely defined elsewhere.",
        &["resolver-unknown"],
    ),
    (
        "An error: every handshake or every request to the upstream fails, with any server.",
        &[
            "ca-secret-is-own-certificate",
            "certificate-expired",
            "context-tls-version-spelling",
            "context-tls-versions-exclude",
            "crl-expired",
            "crl-incomplete",
            "mapping-h2-without-grpc",
        ],
    ),
    (
        "An error: a certificate other than the configured one is presented, or none, silently.",
        &[
            "cluster-shared",
            "context-name-collision",
            "context-name-reserved",
            "object-defined-twice",
            "secret-mixed-up-by-cache",
        ],
    ),
    (
        "An error: a check that the input asks for is silently skipped.",
        &["context-crl-dropped", "host-tls-camel-case"],
    ),
    (
        "An error: the Host is dropped or has no TLS, so its names are served in cleartext or not \
         at all.",
        &[
            "host-secret-mismatch",
            "host-secret-unusable",
            "host-tls-twice",
            "host-tls-without-secret",
        ],
    ),
    (
        "An error where the input has TLSContexts, since the Host is then dropped because of a \
         wrong name. A warning where it has none: they are most likely defined elsewhere.",
        &["host-context-undefined"],
    ),
    (
        "An error, because it was enabled with `--preset strict` or by name. Whether it causes \
         harm depends on the network path.",
        &["upstream-not-mutual", "upstream-plaintext"],
    ),
    (
        "A warning: the connection works, but the identity of the server is not verified. \
         `--preset strict` makes it an error.",
        &["upstream-unverified"],
    ),
    (
        "An error where nothing in Ambassador's own pod can add mutual TLS, since the sidecar \
         then resets every connection. A warning where its own sidecar may add it.",
        &["istio-strict-plaintext"],
    ),
    (
        "An error where a mesh is known to request the certificate, or where clients verify it. A \
         warning otherwise: most servers do not request one.",
        &["certificate-usage-wrong"],
    ),
    (
        "A warning: whether it causes harm depends on the server, which is not in the input.",
        &[
            "ca-file-is-own-chain",
            "ca-renewed",
            "certificate-request-is-ca",
            "certificate-request-usages",
            "consul-target-not-sidecar",
            "context-alpn-malformed",
            "context-sni-not-host-name",
            "context-tls-too-old",
            "istio-mutual-disabled",
            "mapping-grpc-without-alpn",
            "service-port-443-plaintext",
            "service-tls-to-port-80",
            "upstream-without-sni",
        ],
    ),
    (
        "A warning: whether it causes harm depends on the cluster, and the input has only a part \
         of it.",
        &[
            "ambassador-id-unmatched",
            "consul-connector-host-default",
            "consul-connector-may-not-write",
            "consul-connector-namespace-unset",
            "consul-connector-replicas",
            "consul-resolver-by-default",
            "field-unknown",
            "host-names-mismatch",
            "istio-certs-unpublished",
            "istio-output-certs-incomplete",
            "mapping-not-routed",
            "module-name-unknown",
            "object-api-version-outdated",
            "object-given-twice",
            "object-outside-watch",
            "service-name-not-qualified",
            "value-with-dollar",
        ],
    ),
    (
        "A warning: it works, but not as written, and the difference is silent.",
        &[
            "canary-mixes-plaintext",
            "consul-connector-variable-ignored",
            "context-ca-overridden",
            "context-hosts-on-upstream",
            "context-used-both-ways",
            "document-duplicate-key",
            "host-hostname-taken",
            "mapping-tls-false-ignored",
            "module-tls-legacy",
            "service-scheme-contradicts-tls",
            "service-scheme-unknown",
            "tcp-mapping-scheme-ignored",
        ],
    ),
    (
        "A warning: it works today and stops at a known time, or with the next rotation.",
        &["certificate-expires-soon", "context-files-not-reloaded"],
    ),
    (
        "A warning: a private key is stored where too many people can read it.",
        &["private-key-in-config-map", "secret-key-in-last-applied"],
    ),
    (
        "A warning: the finding it was meant to suppress is reported anyway, or it suppresses nothing.",
        &["ignore-expired", "ignore-invalid", "ignore-unused"],
    ),
    (
        "A note: nothing breaks; it is useful to know, or to clean up.",
        &[
            "ca-does-not-cover-own-issuer",
            "context-redirect-without-effect",
            "context-unused",
            "document-template",
            "istio-alpn-missing",
            "istio-citadel-secret",
            "istio-identity-of-other-account",
            "istio-port-implicit",
            "patch-not-applied",
            "private-key-shared",
            "root-cert-rotates-alone",
            "service-path-ignored",
        ],
    ),
];

/// Why a rule has its severity, as one or two sentences; empty for an unknown id.
pub fn certainty(id: &str) -> &'static str {
    let reason = REASONS.iter().find(|(_, rules)| rules.contains(&id));
    reason.map_or("", |(reason, _)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::ALL;

    #[test]
    fn every_rule_has_one_reason_and_it_begins_with_a_severity_of_the_rule() {
        for rule in ALL {
            let count = REASONS.iter().filter(|(_, rules)| rules.contains(&rule.id)).count();
            assert_eq!(count, 1, "{}", rule.id);
            let named = certainty(rule.id).to_lowercase();
            assert!(named.contains(&rule.severity.to_string()), "{}: {named}", rule.id);
        }
        let all = REASONS.iter().flat_map(|(_, rules)| rules.iter());
        assert!(all.clone().all(|id| ALL.iter().any(|rule| rule.id == *id)));
    }
}
