//! The meaning of an alert or a reason for operators of Ambassador, and the next step.

use super::alert::Alert;
use super::code::Decoded;
use super::facts::{closes_on_hello, offers, silent};

/// A cause and a next step, each as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Why it happens.
    pub cause: &'static str,
    /// What to do about it.
    pub next: &'static str,
}

/// The next step if there is no certificate to present.
pub(crate) const CERTIFICATE_WANTED: &str =
    "give the Mapping a TLSContext with a certificate (`tls:`)";
/// The next step if the certificate must be one that the server trusts.
pub(crate) const TRUSTED_CERTIFICATE_WANTED: &str =
    "give the Mapping a TLSContext with a certificate (`tls:`), signed by a CA the server trusts";
/// The next step if the server expects TLS and gets plaintext.
pub(crate) const TLS_WANTED: &str =
    "write the service with `https://`, or give the Mapping a `tls:` context";

/// The next step if the server closes the connection during the handshake.
pub(crate) const HANGS_UP_NEXT: &str = "with Istio, set `alpn_protocols: istio`; set `sni` to the server's name; else check \
                                        what listens on that port, and what is in front of it";

const fn meaning(cause: &'static str, next: &'static str) -> Option<Meaning> {
    Some(Meaning { cause, next })
}

/// The meaning of the peer's alert; `after_request` if the peer had requested a certificate.
pub(crate) fn of_alert(alert: Alert, after_request: bool) -> Option<Meaning> {
    match alert.0 {
        40 if after_request => meaning(
            "the server asked for a client certificate and got none, or none that it can use",
            TRUSTED_CERTIFICATE_WANTED,
        ),
        40 => meaning(
            "client and server have no cipher suite, group or signature algorithm in common",
            concat!(
                "Envoy offers ",
                offers!(),
                "; set `cipher_suites` or `ecdh_curves` in the TLSContext, or change the server"
            ),
        ),
        42 => meaning(
            "the server does not accept the client certificate: not valid yet, malformed, denied \
             by a Consul intention, or (Go servers) any reason at all, including a missing one",
            "compare the certificate's dates and issuer with what the server trusts; with Consul, \
             check the intentions",
        ),
        43 => meaning(
            "the client certificate may not be used by a client",
            "issue it with the extended key usage clientAuth, or with none",
        ),
        44 => meaning(
            "our certificate is on the server's revocation list",
            "issue a new client certificate and put it into the context's Secret",
        ),
        45 => meaning(
            "the client certificate, or one in its chain, has expired",
            "renew it; if it was already renewed, Envoy still has the old file: files are read \
             once, Secrets are reloaded",
        ),
        46 => meaning(
            "the server does not accept the client certificate and gives no reason",
            "read the server's log; then compare issuer, dates and names",
        ),
        47 if after_request => meaning(
            "the server cannot use the client certificate's key with what the ClientHello offered; a P-384 \
             or P-521 key on TLS 1.2 needs its curve in `ecdh_curves`",
            "add the curve to `ecdh_curves` (P-384), set `max_tls_version: v1.3`, or use a P-256 key",
        ),
        47 => meaning(
            "the server considers a value in the ClientHello out of range",
            "read the server's log",
        ),
        48 => meaning(
            "the server does not trust the CA that signed the client certificate, or an intermediate \
             is missing from the chain we send",
            "sign the client certificate with a CA the server trusts, add that CA on the server, or \
             complete the chain in `tls.crt`",
        ),
        49 => meaning(
            "the certificate was read, and access denied (GnuTLS sends this for any certificate \
             it does not accept)",
            "check the server's authorization rules, then issuer and dates of our certificate",
        ),
        50 if after_request => meaning(
            "the server could not read our Certificate message; GnuTLS sends this if it got none",
            CERTIFICATE_WANTED,
        ),
        51 if after_request => meaning(
            "the server could not verify a signature: `tls.crt` and `tls.key` are not a pair, or it trusts \
             a CA of our issuer's name with another key (OpenSSL, Envoy), or an EC key signed our \
             certificate with SHA-512 (rustls)",
            "check that `tls.crt` and `tls.key` are a pair; then compare the key of the CA that the \
             server trusts with our issuer's; then issue the certificate with SHA-256",
        ),
        51 => meaning(
            "the server could not verify our signature: key and certificate do not belong \
             together, or something changed the data in transit",
            "check that `tls.crt` and `tls.key` are a pair",
        ),
        70 => meaning(
            "the server has none of the TLS versions offered; Envoy offers TLS 1.2 only unless \
             configured otherwise",
            "if the server is limited to TLS 1.3, set `max_tls_version: v1.3` in the TLSContext; if it is \
             older than 1.2, renew it",
        ),
        71 => meaning(
            "the server requires stronger cryptography than was offered",
            "set `max_tls_version: v1.3` or `cipher_suites` in the TLSContext",
        ),
        80 if after_request => meaning(
            "the server had an internal error; where only first connections work, it cannot resume \
             sessions of clients with a certificate (OpenSSL without a session id context)",
            "read the server's log; `mtlsctl probe` tells whether resumption fails",
        ),
        80 => meaning("the server had an internal error", "read the server's log"),
        20 | 21 => meaning(
            "a record was damaged in transit, or the two sides do not agree on the keys",
            "check what is between Ambassador and the upstream; certificates are not the cause",
        ),
        10 => meaning(
            "the server got a message that it did not expect: it is not a proper TLS peer, or it \
             expects another protocol first",
            "read the server's log",
        ),
        100 => meaning("the server rejects a second handshake", "read the server's log"),
        86 => meaning(
            "the server thinks that a newer TLS version was tried before and should have worked",
            "read the server's log",
        ),
        114 => meaning(
            "the server pins client certificates by hash, and ours is not among them",
            "add the hash of the new certificate on the server",
        ),
        112 => meaning(
            "the server does not know the name that we sent as SNI, or requires SNI and got none",
            "set `sni:` in the TLSContext; Envoy sends none otherwise",
        ),
        116 => meaning("the server requires a client certificate and got none", CERTIFICATE_WANTED),
        120 => meaning(
            "the server supports none of the protocols offered by ALPN",
            "set `alpn_protocols` in the TLSContext to what the server supports, or `grpc: true` \
             on the Mapping for HTTP/2",
        ),
        _ => None,
    }
}

/// The meaning of a code in Envoy's log.
pub fn of_code(decoded: &Decoded) -> Option<Meaning> {
    match decoded {
        Decoded::Alert(alert) => of_alert(*alert, true),
        Decoded::Reason { name, .. } => of_reason(name),
        Decoded::System { errno, .. } => of_errno(*errno),
        Decoded::Other { .. } => None,
    }
}

/// The meaning of an error that Envoy itself detected.
pub(crate) fn of_reason(name: &str) -> Option<Meaning> {
    match name {
        "CERTIFICATE_VERIFY_FAILED" => meaning(
            "Envoy does not trust the server's certificate: unknown CA, expired, or of wrong use; \
             names are not checked",
            "compare the server's issuer with the context's `ca_secret` or `cacert_chain_file`; \
             Envoy 1.37 and later log the reason after the code; from 1.38 on it is only in the \
             access log, not in the response",
        ),
        "WRONG_VERSION_NUMBER" => meaning(
            "the port does not serve TLS; or it is an Istio sidecar in PERMISSIVE mode that \
             passed our TLS on to a plaintext app, because `alpn_protocols` does not contain \
             `istio`",
            "write the service without `https://`; with Istio, set `alpn_protocols: istio`",
        ),
        "NO_SUPPORTED_VERSIONS_ENABLED" => meaning(
            "the context's `min_tls_version` is above its `max_tls_version`, which is v1.2 unless set",
            "also set `max_tls_version: v1.3`",
        ),
        "NO_COMMON_SIGNATURE_ALGORITHMS" | "UNKNOWN_CERTIFICATE_TYPE" => meaning(
            "the server accepts client certificates, but none with a key like ours",
            "issue the client certificate with a key of the kind the server accepts",
        ),
        "KEY_USAGE_BIT_INCORRECT" => meaning(
            "the server's certificate has a keyUsage without digitalSignature",
            "issue the server's certificate with digitalSignature; Envoy 1.37 and older accept it \
             for RSA",
        ),
        "UNSUPPORTED_PROTOCOL" => meaning(
            "the server chose a TLS version that was not offered",
            "set `min_tls_version` and `cipher_suites` for the old version, or better, renew the server",
        ),
        "BAD_SIGNATURE" => meaning(
            "the server does not have the key of the certificate it presents",
            "check that the server's certificate and key are a pair",
        ),
        "EXCESSIVE_MESSAGE_SIZE" => meaning(
            "the server's certificates are larger than Envoy reads (about 100 KB)",
            "send only the chain, not a bundle of every CA",
        ),
        "NO_CIPHERS_AVAILABLE" => meaning(
            "no cipher suite is left for the TLS versions that the context allows: below TLS 1.2 the \
             default suites do not exist, and a list of `cipher_suites` may hold none for the version",
            "raise `max_tls_version` to v1.2, or name suites of the old version, such as \
             `ECDHE-RSA-AES128-SHA`",
        ),
        "NO_RENEGOTIATION" => meaning(
            "the server asked for a second handshake, mostly to get a client certificate for one \
             path only; Envoy rejects unless `allow_renegotiation`, which Ambassador cannot set \
             (503 UC)",
            "make the server ask for the certificate in the first handshake: for the whole \
             virtual host, not for a path",
        ),
        "HANDSHAKE_FAILURE_ON_CLIENT_HELLO" => meaning(
            "the server's alert handshake_failure (40) answered the ClientHello itself, before \
             any certificate was asked for: it requires SNI and got none, or has no TLS version, \
             cipher suite or curve in common with Envoy",
            "set `sni` in the TLSContext to the server's name; otherwise compare what the server \
             accepts with `cipher_suites`, `ecdh_curves` and `max_tls_version`. Envoy offers TLS \
             1.2 with ECDHE and AES-GCM or ChaCha20 unless configured otherwise; `mtlsctl probe` \
             tries both",
        ),
        "PROTOCOL_IS_SHUTDOWN" => meaning(
            "something was sent on a connection that had ended already; the cause is logged \
             before it",
            "look at the code before it",
        ),
        "SSL_HANDSHAKE_FAILURE" => meaning(
            "the handshake failed; the cause is logged with it",
            "look at the code next to it",
        ),
        "UNEXPECTED_MESSAGE" | "UNEXPECTED_RECORD" | "APP_DATA_IN_HANDSHAKE" => meaning(
            "a message came out of order: what answers is not a proper TLS server, or a proxy in \
             between mixes up connections",
            "see what listens on that port, and which version it is",
        ),
        "DECRYPTION_FAILED_OR_BAD_RECORD_MAC" | "BAD_DECRYPT" => meaning(
            "a record was damaged in transit",
            "check what is between Ambassador and the upstream; certificates are not the cause",
        ),
        "CANNOT_PARSE_LEAF_CERT" | "DECODE_ERROR" => meaning(
            "the server's certificate, or a message of its handshake, cannot be read",
            "issue the server's certificate anew with a current tool",
        ),
        "WRONG_CERTIFICATE_TYPE" => meaning(
            "the server's certificate is of another kind than the cipher suite that was chosen",
            "use an RSA or P-256 certificate on the server",
        ),
        "WRONG_CURVE"
        | "BAD_ECPOINT"
        | "UNSUPPORTED_ELLIPTIC_CURVE"
        | "ECC_CERT_NOT_FOR_SIGNING" => meaning(
            "the server uses a curve that Envoy did not offer: it offers X25519 and P-256 unless \
             configured otherwise",
            "add the curve to `ecdh_curves`, or use a P-256 certificate on the server",
        ),
        "WRONG_SIGNATURE_TYPE" => meaning(
            "the server signed with an algorithm that Envoy did not offer (P-521, Ed25519)",
            "use an RSA or P-256 certificate on the server",
        ),
        "INVALID_ALPN_PROTOCOL" | "NEGOTIATED_BOTH_NPN_AND_ALPN" => meaning(
            "the server chose an ALPN protocol that was not offered",
            "set `alpn_protocols` in the TLSContext to what the server supports",
        ),
        "TLS13_DOWNGRADE" | "DOWNGRADE_DETECTED" => meaning(
            "something between the two sides lowered the TLS version: a middlebox that intercepts \
             TLS",
            "remove it, or set `max_tls_version: v1.2`",
        ),
        "UNKNOWN_CIPHER_RETURNED" | "WRONG_CIPHER_RETURNED" => meaning(
            "the server chose a cipher suite that Envoy did not offer",
            "correct the server; name the suite in `cipher_suites` if it is one of TLS 1.2",
        ),
        "UNKNOWN_PROTOCOL" | "WRONG_SSL_VERSION" | "UNKNOWN_SSL_VERSION" => meaning(
            "the response has no TLS version that Envoy knows, or is not TLS at all",
            "see what listens on that port",
        ),
        "PEER_DID_NOT_RETURN_A_CERTIFICATE" => meaning(
            "Envoy as a server requires a client certificate, and the client sent none",
            CERTIFICATE_WANTED,
        ),
        "INVALID_OUTER_RECORD_TYPE" | "RECORD_TOO_LARGE" | "INVALID_CONTENT_TYPE" => meaning(
            "the data is not a TLS record: the port speaks another protocol, or a record was \
             damaged",
            "see what listens on that port",
        ),
        "SERVER_CERT_CHANGED" | "RENEGOTIATION_MISMATCH" => meaning(
            "the server changed between two handshakes of one connection",
            "make the server ask for the certificate in the first handshake",
        ),
        "UNSAFE_LEGACY_RENEGOTIATION_DISABLED" => {
            meaning("the server is too old for secure renegotiation", "renew the server")
        }
        "NO_CERTIFICATE_SET" | "NO_CERTIFICATE_ASSIGNED" | "NO_PRIVATE_KEY_ASSIGNED" => meaning(
            "a required certificate or key is missing",
            "use a Secret with `tls.crt` and `tls.key`",
        ),
        "PRIVATE_KEY_OPERATION_FAILED" => meaning(
            "the client's private key could not sign",
            "check that `tls.crt` and `tls.key` are a pair; `mtlsctl inspect` compares them",
        ),
        "KEY_VALUES_MISMATCH" | "KEY_TYPE_MISMATCH" | "CERTIFICATE_AND_PRIVATE_KEY_MISMATCH" => {
            meaning(
                "certificate and key do not belong together, or the leaf is not first in the chain",
                "put the leaf first, and the key that belongs to it",
            )
        }
        _ => None,
    }
}

fn of_errno(errno: u32) -> Option<Meaning> {
    match errno {
        32 | 104 => meaning(
            concat!(
                "the peer closed the connection during the handshake, without an alert: ",
                closes_on_hello!(),
                "; or one that refuses the client's certificate silently (",
                silent!(),
                ")"
            ),
            HANGS_UP_NEXT,
        ),
        110 => meaning(
            "there was no response in time",
            "check network policies, and that the Service has this port",
        ),
        111 => meaning(
            "nothing listens on that port",
            "check the port in `service:`; without one Ambassador uses 443 for https and 80 for http",
        ),
        _ => None,
    }
}
