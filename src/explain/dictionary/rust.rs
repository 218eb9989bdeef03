//! Messages of rustls and of programs built on it: Linkerd's proxy, hyper, reqwest, tonic, kube-rs,
//! ztunnel.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a program with rustls (Linkerd, ztunnel, reqwest, tonic, …)",
    Side::Either,
    "rustls 0.23, run; Linkerd from reports",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "rustls/unknown-issuer",
        &["invalid peer certificate: UnknownIssuer", "InvalidCertificate(UnknownIssuer)"],
        "no CA that this program trusts issued the other side's certificate, or it does not send \
         an intermediate",
        "add the CA to the roots of this program, or make the other side send its whole chain",
    )
    .weight(weight::CAUSE)
    .other("it presents a certificate from another CA, or without its intermediate")
    .rules(&["ca-does-not-cover-own-issuer", "secret-chain-order"]),
    E.says(
        "rustls/expired",
        &["invalid peer certificate: Expired", "invalid peer certificate: certificate expired", "InvalidCertificate(Expired", "certificate expired: verification time"],
        "the other side's certificate, or one in its chain, has expired",
        "renew it; if it was renewed, the other side still uses the old one",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "rustls/not-valid-yet",
        &["invalid peer certificate: NotValidYet", "InvalidCertificate(NotValidYet", "certificate not valid yet"],
        "the other side's certificate is not valid yet by this machine's clock",
        "compare the clocks",
    )
    .weight(weight::CAUSE),
    E.says(
        "rustls/name",
        &["invalid peer certificate: NotValidForName", "invalid peer certificate: certificate not valid for name {name}", "invalid peer certificate: CertNotValidForName", "InvalidCertificate(CertNotValidForName)", "CertNotValidForName", "NotValidForName", "invalid dnsname", "InvalidDnsNameError", "UnsupportedNameType"],
        "the server's certificate does not have the name that this program asked for. Envoy under Ambassador does not \
         compare names",
        "issue the certificate with that name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "rustls/purpose",
        &["invalid peer certificate: InvalidPurpose", "InvalidPurpose", "RequiredEkuNotFound", "required EKU not found"],
        "the extended key usage of the other side's certificate does not allow this use: a client certificate needs \
         `clientAuth`, a server's `serverAuth`",
        "issue it with the required usage",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "rustls/encoding",
        &["invalid peer certificate: BadEncoding", "UnsupportedCertVersion", "CaUsedAsEndEntity", "EndEntityUsedAsCa"],
        "rustls is stricter than Envoy: it rejects X.509 v1 certificates, CA certificates as \
         leaves, and certificates issued by a leaf",
        "issue a v3 leaf from a CA",
    )
    .weight(weight::CAUSE),
    E.says(
        "rustls/name-constraints",
        &["NameConstraintViolation", "name constraint violation"],
        "a CA in the chain is limited to certain names (name constraints), and the certificate \
         has another one",
        "issue the certificate from another CA, or with names that the constraints permit",
    )
    .weight(weight::CAUSE),
    E.says(
        "rustls/bad-signature",
        &["invalid peer certificate: BadSignature", "InvalidCertificate(BadSignature)"],
        "a CA with the right name is trusted, but its key did not sign this certificate: it was \
         renewed under the same name",
        "replace the trusted CA with the one that signed",
    )
    .weight(weight::CAUSE)
    .rules(&["ca-does-not-cover-own-issuer"]),
    E.says(
        "rustls/critical-extension",
        &["UnsupportedCriticalExtension", "invalid peer certificate: UnhandledCriticalExtension"],
        "a certificate has a critical extension that rustls does not support, so it is skipped or \
         rejected",
        "issue it without that extension",
    )
    .weight(weight::CAUSE),
    E.says(
        "rustls/revoked",
        &["invalid peer certificate: Revoked", "UnknownRevocationStatus", "ExpiredRevocationList"],
        "the certificate is on a revocation list, or there is no current list for its issuer",
        "issue a new certificate, or update the lists",
    )
    .weight(weight::CAUSE)
    .rules(&["crl-expired"]),
    E.says(
        "rustls/no-certificate",
        &["peer sent no certificates", "NoCertificatesPresented"],
        "this server requires a client certificate and the client sent none",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 116")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "rustls/invalid-message",
        &["received corrupt message of type InvalidContentType", "received corrupt message", "InvalidMessage(InvalidContentType)"],
        "the data is not TLS: in a client's log the port serves plaintext, in a server's log a \
         client sent plaintext to its TLS port",
        "use `http:` or the port that serves TLS; in a server's log write the Mapping's service with `https://`",
    )
    .weight(weight::CAUSE)
    .rules(&["service-tls-to-port-80", "service-port-443-plaintext"]),
    E.says(
        "rustls/alert",
        &["received fatal alert: {alert}", "AlertReceived({alert})", "the handshake failed: received fatal alert: {alert}"],
        "the other side ended the connection with the alert {alert}",
        "see `mtlsctl explain {alert}`",
    )
    .weight(weight::GENERAL - 5),
    E.says(
        "rustls/alert-untrusted",
        &["received fatal alert: UnknownCA", "received fatal alert: BadCertificate", "received fatal alert: CertificateUnknown", "received fatal alert: UnsupportedCertificate",
          "AlertReceived(UnknownCA)", "AlertReceived(BadCertificate)", "AlertReceived(CertificateUnknown)"],
        "the other side rejects this program's certificate: in a server's log the client does not \
         trust the server, in a client's log the server rejects the client certificate",
        "read the other side's log; compare the certificate's issuer, dates and usage with what it trusts",
    )
    .in_client(
        "the server rejects this program's client certificate",
        "read the server's log; compare the client certificate's issuer, dates and usage with what it trusts",
    )
    .in_server(
        "the client does not trust this server's certificate",
        "give the client the CA (for Ambassador as client: the context's `ca_secret`), and serve the whole chain",
    )
    .weight(weight::SPECIFIC)
    .rules(&["ca-does-not-cover-own-issuer", "certificate-usage-wrong"]),
    E.says(
        "rustls/alert-expired",
        &["received fatal alert: CertificateExpired", "AlertReceived(CertificateExpired)"],
        "the other side reports that this program's certificate, or its own revocation list, has \
         expired",
        "renew the certificate; compare the clocks",
    )
    .weight(weight::SPECIFIC)
    .rules(&["certificate-expired"]),
    E.says(
        "rustls/alert-wanted",
        &["received fatal alert: CertificateRequired", "received fatal alert: HandshakeFailure", "AlertReceived(CertificateRequired)", "AlertReceived(HandshakeFailure)"],
        "the server asked for a client certificate and got none; for HandshakeFailure also: no \
         version, suite or group in common",
        "give this client a certificate if the server requires one",
    )
    .weight(weight::SPECIFIC)
    .side(Side::Client),
    E.says(
        "rustls/incompatible",
        &["peer is incompatible: {reason}", "PeerIncompatible({reason}", "peer misbehaved: {reason}", "PeerMisbehaved({reason}"],
        "client and server have nothing in common that rustls supports: {reason}. It supports TLS \
         1.2 with ECDHE and AEAD, and 1.3, but no CBC or RSA key exchange",
        "allow ECDHE with AES-GCM on TLS 1.2 on the other side",
    )
    .rules(&["context-cipher-suite-unknown", "context-tls-too-old"]),
    E.says(
        "rustls/eof",
        &["tls handshake eof", "peer closed connection without sending TLS close_notify", "unexpected end of file: tls handshake eof"],
        "the other side closed the connection, during the handshake or without close_notify",
        "read the other side's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "rustls/pair",
        &["keys may not be consistent: KeyMismatch", "InconsistentKeys(KeyMismatch)", "failed to parse private key as RSA, ECDSA, or EdDSA"],
        "this program cannot use its own certificate and key: they do not belong together, or \
         rustls does not support this kind of key",
        "`mtlsctl inspect CERTIFICATE --key KEY` compares them",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-key-unusable"]),
    E.says(
        "rustls/linkerd",
        &["TLS detected peer identity mismatch", "no TLS certificate available from peer", "direct connections must be mutually authenticated",
          "unauthenticated connection denied", "connection denied on unauthorized connection", "unauthorized connection", "linkerd app inbound::policy::tcp: Connection denied", "policy.linkerd.io"],
        "Linkerd's proxy in front of the upstream requires a meshed client and got none: \
         Ambassador's connection is not part of the mesh, or the policy does not allow its identity",
        "inject Linkerd into Ambassador's pod and make it send `l5d-dst-override`, or allow unauthenticated clients in \
         the policy; a TLSContext does not make Ambassador a member of Linkerd's mesh",
    )
    .by("Linkerd's proxy")
    .side(Side::Server),
    E.says(
        "rustls/linkerd-detection",
        &["TLS detection timed out", "TLS Detection timed out"],
        "Linkerd's proxy waited for the client's first bytes and got none: the client waits for \
         the server to send first (MySQL, SMTP), or only opened the connection",
        "mark such a port as opaque (`config.linkerd.io/opaque-ports`)",
    )
    .by("Linkerd's proxy")
    .side(Side::Server)
    .grade(Grade::Warning)
    .seen("Linkerd 2.10 to 2.14, from reports"),
    E.says(
        "rustls/sends-alert",
        &["Sending fatal alert {alert}"],
        "this side ended the handshake with the alert {alert}: it does not accept what the other \
         side sent, usually its certificate",
        "the error after it shows the reason (`invalid peer certificate: …`)",
    )
    .weight(weight::GENERAL)
    .seen("rustls 0.20 to 0.23"),
];
