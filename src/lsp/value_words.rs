//! Documentation of TLS setting values, one line each.

/// A cipher suite by its BoringSSL name: its key exchange, certificate type and encryption. AEAD
/// suites of TLS 1.2 are for that version only (RFC 5246, 6.2.3.3).
pub(super) fn cipher_suite(name: &str) -> String {
    let (agreement, rest) = match name.strip_prefix("ECDHE-") {
        Some(rest) => ("forward secrecy", rest),
        None => ("no forward secrecy", name),
    };
    let certificate = match rest {
        rest if rest.starts_with("ECDSA-") => "the server has an ECDSA certificate",
        rest if rest.starts_with("PSK-") => "pre-shared keys, which Envoy does not support",
        _ => "the server has an RSA certificate",
    };
    let bits = if rest.contains("AES256") { 256 } else { 128 };
    let (encryption, versions) = match rest {
        rest if rest.contains("CHACHA20") => ("ChaCha20-Poly1305".to_owned(), "TLS 1.2 only"),
        rest if rest.contains("GCM") => (format!("AES-{bits} in GCM mode"), "TLS 1.2 only"),
        _ => (format!("AES-{bits} in CBC mode"), "TLS 1.0 to 1.2"),
    };
    format!("{versions}: {agreement}; {certificate}; {encryption}.")
}

/// A key exchange group.
pub(super) fn curve(name: &str) -> &'static str {
    match name {
        "X25519" => "Curve25519 (RFC 7748).",
        "P-256" => "The NIST curve secp256r1, which nearly everything supports.",
        "P-384" => "The NIST curve secp384r1.",
        "P-521" => "The NIST curve secp521r1.",
        _ => "",
    }
}

/// ALPN protocols.
pub(super) fn alpn(names: &str) -> &'static str {
    match names {
        "h2" => "HTTP/2. For upstreams, only Mappings with `grpc: true` use it.",
        "http/1.1" => "HTTP/1.1.",
        "h2,http/1.1" => "HTTP/2 and HTTP/1.1; the server chooses.",
        "istio" => "Lets an Istio sidecar in PERMISSIVE mode recognise the mesh's mutual TLS.",
        _ => "",
    }
}

/// A TLS version.
pub(super) fn version(name: &str) -> &'static str {
    match name {
        "v1.0" => "TLS 1.0, which RFC 8996 forbids.",
        "v1.1" => "TLS 1.1, which RFC 8996 forbids.",
        "v1.2" => "TLS 1.2.",
        "v1.3" => "TLS 1.3, whose cipher suites cannot be chosen.",
        _ => "",
    }
}
