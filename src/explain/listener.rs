//! What BoringSSL's reasons mean if Envoy is the server: on an Ambassador listener, or inbound in a
//! sidecar.

/// Cause and next step for a reason on a server.
pub(super) fn at_listener(reason: &str) -> Option<(&'static str, &'static str)> {
    Some(match reason {
        "HTTP_REQUEST" | "HTTPS_PROXY_REQUEST" => (
            "a client sent plaintext HTTP to this TLS port: the address begins with `http://` \
             instead of `https://`, a load balancer in front terminates TLS and forwards \
             plaintext, or (in a sidecar's log) Ambassador's Mapping has no `https://` and no \
             usable `tls:` context",
            "use `https://` for this port, or an HTTP Listener; for Ambassador as client, write \
             the Mapping's service with `https://`",
        ),
        "WRONG_VERSION_NUMBER" => (
            "a client sent something other than TLS to this TLS port: plaintext, the PROXY \
             protocol, or a health check",
            "find out who the client is; a load balancer that sends the PROXY protocol needs \
             `PROXY` in the Listener's `protocolStack`",
        ),
        "NO_SHARED_CIPHER" => (
            "the client offers no cipher suite that this listener supports and that matches its \
             certificate's key (an old client, or an EC certificate and a client that supports \
             only RSA)",
            "check the Host's `cipher_suites` and `min_tls_version`; use an RSA certificate for \
             old clients",
        ),
        "UNSUPPORTED_PROTOCOL" | "VERSION_TOO_LOW" => (
            "the client offers TLS versions that this listener does not accept: 1.0 or 1.1 in \
             most cases",
            "update the client, or lower the Host's `min_tls_version`",
        ),
        "PEER_DID_NOT_RETURN_A_CERTIFICATE" => (
            "this listener requires a client certificate (`cert_required`, or an Istio sidecar in STRICT mode) and the client sent \
             none; in a sidecar's log that client may be Ambassador",
            "give the client a certificate; for Ambassador as client, use a TLSContext with a \
             `secret` on the Mapping",
        ),
        "CERTIFICATE_VERIFY_FAILED" => (
            "this listener does not trust the client's certificate",
            "compare its issuer with the Host's `tls.ca_secret` (or the mesh's root); Envoy 1.37 \
             and later log the reason after the code",
        ),
        "NO_APPLICATION_PROTOCOL" => (
            "client and listener have no ALPN protocol in common",
            "check the `alpn_protocols` of the Host's context",
        ),
        "CLIENTHELLO_TLSEXT" | "CLIENTHELLO_PARSE_FAILED" | "DECODE_ERROR" => {
            ("the client's ClientHello cannot be read", "find out which client it is")
        }
        "NO_CERTIFICATE_SET" | "NO_CERTIFICATE_ASSIGNED" | "NO_PRIVATE_KEY_ASSIGNED" => (
            "this listener has no certificate for the name",
            "give the Host a `tlsSecret` that exists",
        ),
        "NO_SHARED_GROUP" => (
            "client and listener have no curve in common",
            "check the `ecdh_curves` of the Host's context",
        ),
        "INAPPROPRIATE_FALLBACK" => (
            "the client retried with an older TLS version after a failure",
            "look at the preceding failure",
        ),
        "UNEXPECTED_MESSAGE"
        | "SSL_HANDSHAKE_FAILURE"
        | "BAD_DECRYPT"
        | "DECRYPTION_FAILED_OR_BAD_RECORD_MAC" => (
            "the client sent an unexpected message, or it was damaged in transit",
            "find out which client it is, and what is in between",
        ),
        _ => return None,
    })
}

/// Reasons that only occur on a server.
pub(super) fn is_servers_own(reason: &str) -> bool {
    matches!(
        reason,
        "HTTP_REQUEST"
            | "HTTPS_PROXY_REQUEST"
            | "NO_SHARED_CIPHER"
            | "PEER_DID_NOT_RETURN_A_CERTIFICATE"
            | "CLIENTHELLO_TLSEXT"
            | "CLIENTHELLO_PARSE_FAILED"
            | "INAPPROPRIATE_FALLBACK"
            | "NO_SHARED_GROUP"
    )
}
