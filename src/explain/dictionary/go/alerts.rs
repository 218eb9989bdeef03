//! Go's messages about alerts, from the other side and its own.

use super::certificates::{E, UNTRUSTED};
use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "go/remote-bad-certificate",
        &["remote error: tls: bad certificate"],
        "the other side ended the handshake with the alert bad_certificate (42). Go servers send \
         it for every rejected client certificate, including a missing one; so in a client's log, \
         the server rejected the client certificate or got none. In a server's log (`http: TLS \
         handshake error from …`), the client does not accept the server's certificate",
        "in a client's log, search the server's log for `x509: …` or `client didn't provide a \
         certificate`, and compare issuer and dates of the client certificate (`mtlsctl \
         inspect`); in a server's log, give that client the CA that issued the server's \
         certificate",
    )
    .in_client(
        "the server rejected the client certificate that this program presented, or required one \
         and got none (alert 42). Go servers send it for every reason",
        "search the server's log for `x509: …` or `client didn't provide a certificate`, and \
         compare issuer and dates of the client certificate (`mtlsctl inspect`)",
    )
    .in_server(
        "the client does not accept the certificate that this server presents (alert 42)",
        "read the client's log; give that client the CA that issued the server's certificate, and \
         check its dates and names",
    )
    .other("it rejected this side's certificate, or got none")
    .rules(&["mapping-context-undefined", "certificate-expired", "certificate-usage-wrong"]),
    E.says(
        "go/remote-unknown-authority",
        &["remote error: tls: unknown certificate authority"],
        "the other side does not trust the CA of the certificate that this program presented. In \
         a server's log, the client (Ambassador's Envoy) does not trust the server's certificate: \
         the context's `ca_secret` is another CA, or the server does not send an intermediate. In \
         a client's log, the server rejects the client certificate",
        "in a server's log, put the server's CA into `ca_secret`, or make the server send its \
         whole chain; in a client's log, get the client certificate from a CA that the server \
         trusts",
    )
    .in_client(
        "the server does not trust the CA of the client certificate that this program presented, \
         or the program did not send an intermediate",
        "get the client certificate from a CA that the server trusts, and send its whole chain",
    )
    .in_server(
        "the client does not trust the CA of the server's certificate, or the server does not \
         send an intermediate. If the client is Ambassador's Envoy, the context's `ca_secret` is \
         another CA",
        "put the server's CA into `ca_secret` (or that client's trust store), and make the server \
         send its whole chain",
    )
    .weight(weight::SPECIFIC + 10)
    .other("it does not have the CA that issued this side's certificate")
    .rules(UNTRUSTED),
    E.says(
        "go/remote-expired",
        &["remote error: tls: expired certificate"],
        "the other side reports that this program's certificate, or one in its chain, has \
         expired; some servers also send this when their revocation list is out of date",
        "renew the certificate; if it was renewed, restart or reload the program that still uses \
         the old one",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "go/remote-unknown-certificate",
        &["remote error: tls: unknown certificate"],
        "the other side rejects this program's certificate without giving a reason (alert 46): \
         Java sends it for every rejection, browsers for an untrusted certificate, Envoy if a \
         required name does not match",
        "read the other side's log",
    )
    .rules(UNTRUSTED),
    E.says(
        "go/remote-missing-extension",
        &["remote error: tls: missing extension"],
        "an extension that the other side requires is missing from what this program sent (alert \
         109); in TLS 1.3 that is a group, a signature algorithm or SNI that it requires",
        "read the other side's log; set `sni` in the TLSContext if the client is Ambassador",
    )
    .rules(&["upstream-without-sni"]),
    E.says(
        "go/remote-unsupported-certificate",
        &["remote error: tls: unsupported certificate"],
        "the other side reports that the certificate cannot be used for this purpose: a client \
         certificate without `clientAuth`, or a server's without `serverAuth`",
        "issue it with the required extended key usage, or with none",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "go/remote-revoked",
        &["remote error: tls: revoked certificate"],
        "the other side has a revocation list with this certificate",
        "issue a new certificate",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/remote-required",
        &["remote error: tls: certificate required"],
        "the server requires a client certificate and got none (alert 116, TLS 1.3)",
        "give the client a certificate; for a Mapping, use a TLSContext with a `secret`",
    )
    .weight(weight::CAUSE)
    .side(Side::Client)
    .rules(&["mapping-context-undefined", "context-without-certificate"]),
    E.says(
        "go/remote-handshake-failure",
        &["remote error: tls: handshake failure"],
        "the other side ended the handshake with alert 40, without giving a reason: no suite, \
         version, curve or signature algorithm in common, no SNI although one is needed, or \
         (OpenSSL, TLS 1.2) no client certificate although one is required",
        "read the other side's log; `mtlsctl probe` distinguishes the cases",
    )
    .weight(weight::GENERAL)
    .rules(&["upstream-without-sni", "context-cipher-suite-unknown"]),
    E.says(
        "go/remote-protocol-version",
        &["remote error: tls: protocol version not supported"],
        "the other side supports none of the TLS versions that this program offers; a Go client \
         offers 1.2 and 1.3, Envoy 1.2 only unless configured otherwise",
        "allow a version that both support, for example with `max_tls_version: v1.3` in a TLSContext",
    )
    .weight(weight::CAUSE)
    .rules(&["context-tls-versions-exclude"]),
    E.says(
        "go/remote-unrecognized-name",
        &["remote error: tls: unrecognized name"],
        "the server does not know the name in the client's SNI, or requires SNI and got none; \
         Envoy sends none unless the context has `sni`",
        "set `sni` in the TLSContext to a name that the server has",
    )
    .weight(weight::CAUSE)
    .rules(&["upstream-without-sni"]),
    E.says(
        "go/remote-internal-error",
        &["remote error: tls: internal error"],
        "an internal error occurred on the other side (alert 80): a Go server has no certificate for \
         the name, Caddy could not obtain one, Apache's `SSLVerifyDepth` is too small for the chain, \
         Java has an empty truststore",
        "read the other side's log",
    )
    .weight(weight::SPECIFIC)
    .rules(&["upstream-without-sni"]),
    E.says(
        "go/remote-no-application-protocol",
        &["remote error: tls: no application protocol", "tls: client requested unsupported application protocols {text}",
          "tls: client requested unsupported application protocols"],
        "client and server have no ALPN protocol in common; Envoy offers `http/1.1`, or `h2` for \
         `grpc: true`, unless `alpn_protocols` is set",
        "set `alpn_protocols` to what the server supports, or `grpc: true` on the Mapping of a \
         gRPC service",
    )
    .weight(weight::CAUSE)
    .rules(&["mapping-grpc-without-alpn", "context-alpn-malformed", "istio-alpn-missing"]),
    E.says(
        "go/remote-access-denied",
        &["remote error: tls: access denied"],
        "the other side read the certificate and denies access (alert 49); GnuTLS sends this for \
         any certificate that it does not accept",
        "check the other side's authorization, then issuer and dates of the certificate",
    ),
    E.says(
        "go/remote-decrypt-error",
        &["remote error: tls: error decrypting message"],
        "the other side could not verify a signature (alert 51): the key and certificate do not \
         belong together, or something changed the data in transit",
        "check that the certificate and key belong together",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-key-mismatch"]),
    E.says(
        "go/remote-illegal-parameter",
        &["remote error: tls: illegal parameter"],
        "the other side found an invalid value (alert 47); a P-384 or P-521 client key on TLS 1.2 needs \
         its curve in `ecdh_curves`",
        "add the curve to `ecdh_curves`, set `max_tls_version: v1.3`, or use a P-256 key",
    ),
    E.says(
        "go/remote-user-canceled",
        &["remote error: tls: user canceled"],
        "the other side closed the connection cleanly (Java sends this before it closes)",
        "nothing to do",
    )
    .grade(Grade::Note),
    E.says(
        "go/local-alert",
        &["local error: tls: {reason}"],
        "this program itself ended the handshake with the alert `{reason}`: it rejected something \
         that the other side sent",
        "the lines next to it show what; `bad record MAC` means damage in transit, `unexpected \
         message` another protocol",
    )
    .weight(weight::GENERAL),
    E.says(
        "go/remote-other",
        &["remote error: tls: {reason}"],
        "the other side ended the connection with the alert `{reason}`",
        "read the other side's log",
    )
    .weight(weight::FRAME + 5),
];
