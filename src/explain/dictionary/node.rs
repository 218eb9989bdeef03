//! Messages of Node.js (with OpenSSL) and Bun.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a program in Node.js",
    Side::Either,
    "Node 20, run; names from its documentation",
);

const UNTRUSTED: &[&str] = &["ca-does-not-cover-own-issuer", "secret-chain-order"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "node/leaf-signature",
        &["UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
        "only the leaf was received, and none of the trusted CAs issued it: the other side does \
         not send its intermediate, or the wrong CA is configured (`ca`, `NODE_EXTRA_CA_CERTS`)",
        "make the other side send its whole chain (leaf first, then intermediates), or trust the \
         CA that issued the leaf",
    )
    .weight(weight::CAUSE)
    .other("it sends only its leaf")
    .rules(UNTRUSTED),
    E.says(
        "node/no-issuer",
        &["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_GET_ISSUER_CERT"],
        "the issuer of a certificate in the chain is not among those that this program trusts",
        "add the CA to `ca` (or `NODE_EXTRA_CA_CERTS`), or make the other side send its whole \
         chain",
    )
    .weight(weight::CAUSE)
    .rules(UNTRUSTED),
    E.says(
        "node/self-signed-chain",
        &["SELF_SIGNED_CERT_IN_CHAIN"],
        "the root that the other side sends is not among those that this program trusts",
        "add that root to `ca`, or get the certificate from a trusted CA",
    )
    .weight(weight::CAUSE)
    .rules(UNTRUSTED),
    E.says(
        "node/self-signed",
        &["DEPTH_ZERO_SELF_SIGNED_CERT"],
        "the other side presents a self-signed certificate that this program does not trust",
        "add that certificate to `ca`, or issue one from a CA",
    )
    .weight(weight::CAUSE)
    .rules(UNTRUSTED),
    E.says(
        "node/expired",
        &["CERT_HAS_EXPIRED"],
        "the other side's certificate, or one in its chain, has expired",
        "renew it; if it was renewed, the other side still uses the old one",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "node/not-yet-valid",
        &["CERT_NOT_YET_VALID"],
        "the other side's certificate is not valid yet by this machine's clock",
        "compare the clocks",
    )
    .weight(weight::CAUSE),
    E.says(
        "node/other-verification",
        &["CERT_SIGNATURE_FAILURE", "CERT_UNTRUSTED", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED", "CERT_REVOKED", "CERT_REJECTED", "CERT_CHAIN_TOO_LONG"],
        "the other side's certificate is not accepted: the error's name gives the reason \
         (purpose, revoked, CA, chain length, revocation list)",
        "issue it with the required usage, or update the revocation list",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "node/altname",
        &["ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames: {text}", "Hostname/IP does not match certificate's altnames"],
        "the server's certificate does not have the name that this program asked for. Envoy under Ambassador does \
         not compare names, so the message is from another client",
        "issue the certificate with that name, or pass `servername`",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "node/handshake-timeout",
        &["ERR_TLS_HANDSHAKE_TIMEOUT"],
        "this server accepted a connection on which no handshake completed in time: a TCP check, \
         or a client that sends plaintext and waits",
        "find out who that client is",
    )
    .side(Side::Server)
    .grade(Grade::Warning),
    E.says(
        "node/http-request",
        &["ERR_SSL_HTTP_REQUEST"],
        "a client sent plaintext HTTP to this TLS port. If the client is Ambassador, the Mapping's service has no \
         `https://` and no usable `tls:` context",
        "write the service with `https://`, or give the Mapping a `tls:` context that exists",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .rules(&["service-port-443-plaintext", "mapping-context-undefined"]),
    E.says(
        "node/wrong-version",
        &["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"],
        "the data is not TLS: the other side uses plaintext on this port",
        "use `http:`, or the port that serves TLS",
    )
    .weight(weight::CAUSE)
    .rules(&["service-tls-to-port-80"]),
    E.says(
        "node/unsupported-protocol",
        &["ERR_SSL_UNSUPPORTED_PROTOCOL", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "ERR_SSL_VERSION_TOO_LOW", "ERR_TLS_INVALID_PROTOCOL_VERSION", "ERR_TLS_PROTOCOL_VERSION_CONFLICT"],
        "client and server have no TLS version in common; Envoy as a client offers 1.2 only, \
         unless the context sets it",
        "set `max_tls_version: v1.3` in the TLSContext, or lower `minVersion` on the server",
    )
    .weight(weight::CAUSE)
    .rules(&["context-tls-versions-exclude"]),
    E.says(
        "node/no-shared-cipher",
        &["ERR_SSL_NO_SHARED_CIPHER", "ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM"],
        "this server finds no cipher suite in the client's ClientHello that matches its settings \
         and its certificate's key; a server without `cert` and `key` also gives this error",
        "give it an RSA or P-256 certificate, and allow ECDHE with AES-GCM",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .rules(&["context-cipher-suite-unknown"]),
    E.says(
        "node/alert-unknown-ca",
        &["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"],
        "the other side does not trust the CA of the certificate that this program presented. In a server's log that \
         is the client: for Ambassador's Envoy, the context's `ca_secret` is another CA, or the server does not send \
         an intermediate",
        "put the server's CA into `ca_secret`, or the whole chain into `cert`",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(UNTRUSTED),
    E.says(
        "node/alert-handshake-failure",
        &["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE"],
        "the other side ended the handshake with alert 40, without giving a reason: no suite or \
         version in common, no SNI, or no client certificate although one is required",
        "read the other side's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "node/alert-certificate",
        &["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED",
          "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED"],
        "the other side rejects this program's certificate, or required one and got none: the \
         name of the alert shows which",
        "read the other side's log; compare issuer, dates and usage of this side's certificate",
    )
    .rules(&["certificate-expired", "certificate-usage-wrong"]),
    E.says(
        "node/no-peer-certificate",
        &["ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"],
        "this server requires a client certificate (`requestCert`, `rejectUnauthorized`) and the client sent none",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 40 (TLS 1.2) or 116 (TLS 1.3)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "node/required-certificate-name",
        &["ERR_TLS_REQUIRED_SERVER_NAME"],
        "a Node server needs SNI to choose a certificate (`addContext`) and got none",
        "set `sni` in the TLSContext",
    )
    .weight(weight::CAUSE)
    .rules(&["upstream-without-sni"]),
    E.says(
        "node/socket",
        &["Client network socket disconnected before secure TLS connection was established", "socket hang up", "ECONNRESET"],
        "the other side closed the connection before or during the handshake: it does not serve \
         TLS, rejects silently, or gave up. A Node server also logs this if it rejected the \
         client's certificate itself, since it closes the connection without an alert",
        "read the other side's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "node/refused",
        &["ECONNREFUSED", "EHOSTUNREACH", "ETIMEDOUT"],
        "no connection was established; TLS was not involved",
        "check the name, port and network policies",
    )
    .weight(weight::SPECIFIC)
    .side(Side::Client),
    E.says(
        "node/lookup",
        &["getaddrinfo ENOTFOUND {host}", "ENOTFOUND", "EAI_AGAIN"],
        "the name does not resolve; TLS was not involved",
        "write `NAME.NAMESPACE` for a Service of another namespace",
    )
    .side(Side::Client)
    .rules(&["service-name-not-qualified"]),
    E.says(
        "node/key",
        &["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "ERR_OSSL_PEM_NO_START_LINE", "ERR_OSSL_BAD_DECRYPT", "ERR_OSSL_PEM_BAD_PASSWORD_READ", "ERR_MISSING_PASSPHRASE",
          "ERR_OSSL_UNSUPPORTED", "ERR_OSSL_X509_KEY_TYPE_MISMATCH"],
        "this program cannot use its own certificate or key: the error's name gives the reason \
         (no match, not PEM, encrypted)",
        "check the files with `mtlsctl inspect`",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-pem-invalid", "secret-key-encrypted"]),
    E.says(
        "node/dh",
        &["ERR_TLS_DH_PARAM_SIZE", "ERR_TLS_RENEGOTIATION_DISABLED", "ERR_TLS_SESSION_ATTACK", "ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED", "ERR_TLS_INVALID_CONTEXT",
          "ERR_TLS_CERT_ALTNAME_FORMAT", "ERR_TLS_SNI_FROM_SERVER", "ERR_TLS_INVALID_STATE", "ERR_TLS_ALPN_CALLBACK_INVALID_RESULT", "ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS"],
        "an error of Node's own TLS settings or of renegotiation; its name shows which",
        "look it up in Node's documentation; certificates are not the cause",
    )
    .weight(weight::SPECIFIC - 5),
];
