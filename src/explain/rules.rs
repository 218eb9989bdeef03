//! The rules that find the cause of a TLS code in manifests.

pub(super) const CLIENT_HELLO: &str = "HANDSHAKE_FAILURE_ON_CLIENT_HELLO";

/// Rules that find the cause of a code in manifests.
pub(super) fn rules_of(name: &str) -> Vec<&'static str> {
    match name {
        "CERTIFICATE_VERIFY_FAILED" => {
            vec!["ca-does-not-cover-own-issuer", "ca-secret-is-own-certificate"]
        }
        "WRONG_VERSION_NUMBER" => {
            vec!["service-tls-to-port-80", "istio-alpn-missing", "consul-target-not-sidecar"]
        }
        "NO_SUPPORTED_VERSIONS_ENABLED"
        | "TLSV1_ALERT_PROTOCOL_VERSION"
        | "UNSUPPORTED_PROTOCOL" => {
            vec!["context-tls-versions-exclude", "context-tls-too-old"]
        }
        "NO_CIPHERS_AVAILABLE" => vec!["context-tls-too-old", "context-cipher-suite-unknown"],
        CLIENT_HELLO => vec![
            "upstream-without-sni",
            "context-cipher-suite-unknown",
            "context-tls-versions-exclude",
        ],
        "SSLV3_ALERT_HANDSHAKE_FAILURE" | "TLSV1_ALERT_CERTIFICATE_REQUIRED" => {
            vec![
                "mapping-context-undefined",
                "secret-missing",
                "context-without-certificate",
                "upstream-without-sni",
            ]
        }
        "TLSV1_ALERT_UNRECOGNIZED_NAME" => {
            vec!["upstream-without-sni", "context-sni-not-host-name"]
        }
        "SSLV3_ALERT_CERTIFICATE_EXPIRED" => {
            vec!["certificate-expired", "context-files-not-reloaded"]
        }
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE" => vec!["certificate-usage-wrong"],
        "TLSV1_ALERT_UNKNOWN_CA" => vec!["secret-chain-order", "istio-identity-of-other-account"],
        "TLSV1_ALERT_NO_APPLICATION_PROTOCOL" => {
            vec!["context-alpn-malformed", "mapping-grpc-without-alpn", "istio-alpn-missing"]
        }
        "TLSV1_ALERT_DECRYPT_ERROR" | "BAD_SIGNATURE" => vec!["secret-key-mismatch"],
        "Connection reset by peer" => vec!["istio-alpn-missing", "upstream-without-sni"],
        _ => Vec::new(),
    }
}

pub(super) fn rules_at_listener(name: &str) -> Vec<&'static str> {
    match name {
        "HTTP_REQUEST" | "WRONG_VERSION_NUMBER" => {
            vec!["service-port-443-plaintext", "mapping-context-undefined"]
        }
        "PEER_DID_NOT_RETURN_A_CERTIFICATE" => {
            vec!["mapping-context-undefined", "istio-strict-plaintext"]
        }
        "NO_CERTIFICATE_SET" => vec!["host-tls-without-secret"],
        _ => Vec::new(),
    }
}
