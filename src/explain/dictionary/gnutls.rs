//! Messages of GnuTLS (wget, exim, lighttpd, gnutls-cli and gnutls-serv, libvirt).

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry =
    DictionaryEntry::of("a program with GnuTLS", Side::Either, "GnuTLS 3.7, run");

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "gnutls/fatal-alert",
        &["A TLS fatal alert has been received", "*** Fatal error: A TLS fatal alert has been received", "GNUTLS_E_FATAL_ALERT_RECEIVED"],
        "the other side ended the handshake with an alert, whose number follows (`Received alert \
         [48]`)",
        "see the alert",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "gnutls/received-alert",
        &["*** Received alert [{alert}]: {reason}", "Received alert [{alert}]: {reason}"],
        "the other side sent the alert {alert}: {reason}",
        "see `mtlsctl explain {alert}`",
    )
    .weight(weight::FRAME + 6),
    E.says(
        "gnutls/warning-alert",
        &["A TLS warning alert has been received", "GNUTLS_E_WARNING_ALERT_RECEIVED"],
        "the other side sent a warning, usually `close_notify`",
        "nothing to do, unless something fails",
    )
    .grade(Grade::Note)
    .weight(weight::FRAME),
    E.says(
        "gnutls/alert-required",
        &["Received alert [116]: {reason}"],
        "the server requires a client certificate and this client sent none (alert 116, TLS 1.3)",
        "give the client a certificate (`--x509certfile`, `--x509keyfile`); for a Mapping, a TLSContext with a `secret`",
    )
    .weight(weight::CAUSE + 1)
    .side(Side::Client)
    .rules(&["mapping-context-undefined", "context-without-certificate"]),
    E.says(
        "gnutls/no-certificate",
        &["No certificate was found", "GNUTLS_E_NO_CERTIFICATE_FOUND", "The peer did not send any certificate", "Peer did not send any certificate",
          "client did not send any certificate", "Fatal error: Certificate is required", "GNUTLS_E_CERTIFICATE_REQUIRED"],
        "the server requires a client certificate and the client sent none",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .alone(&["Certificate is required"])
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; from GnuTLS it gets alert 50 (TLS 1.2) or 116 \
            (TLS 1.3)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "gnutls/untrusted",
        &["The certificate is NOT trusted. The certificate issuer is unknown", "The certificate issuer is unknown", "The certificate doesn't have a known issuer", "certificate issuer is unknown"],
        "no CA that this program trusts issued the other side's certificate, or an intermediate is missing",
        "pass the CA (`--x509cafile`), or make the other side send its whole chain",
    )
    .weight(weight::CAUSE)
    .other("it presents a certificate from another CA; GnuTLS answers every rejected certificate \
            with alert 49 (access_denied)")
    .rules(&["ca-does-not-cover-own-issuer", "secret-chain-order"]),
    E.says(
        "gnutls/expired",
        &["The certificate chain uses expired certificate", "certificate chain uses expired certificate", "The certificate is NOT trusted. The certificate chain uses expired certificate"],
        "the other side's certificate, or one in its chain, has expired",
        "renew it",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "gnutls/not-activated",
        &["The certificate chain uses not yet valid certificate", "The certificate is not yet activated"],
        "the other side's certificate is not valid yet by this machine's clock",
        "compare the clocks",
    )
    .weight(weight::CAUSE),
    E.says(
        "gnutls/revoked",
        &["The certificate chain is revoked", "The revocation or OCSP data are old", "The certificate chain violates the signer's constraints",
          "The certificate chain uses insecure algorithm", "The signature in the certificate is invalid", "The certificate doesn't match the purpose",
          "The certificate chain does not match the intended purpose"],
        "the other side's certificate is not accepted; the message shows why (revoked, old \
         revocation data, constraints, algorithm, purpose)",
        "reissue it, or update the revocation data",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong", "crl-expired"]),
    E.says(
        "gnutls/name",
        &["The name in the certificate does not match the expected", "The certificate's owner does not match hostname {name}"],
        "the server's certificate does not have the name that this program asked for; Envoy under Ambassador does not compare \
         names",
        "issue the certificate with that name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "gnutls/verification",
        &["Error in the certificate verification", "Error in the certificate. {reason}", "*** PKI verification of server certificate failed", "Status: The certificate is NOT trusted. {reason}",
          "The certificate is NOT trusted", "GNUTLS_E_CERTIFICATE_ERROR", "Error in the certificate", "GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR"],
        "a certificate of the other side is not trusted",
        "see the sentence next to it (issuer unknown, expired, purpose)",
    )
    .weight(weight::GENERAL)
    .other("from a GnuTLS server it gets alert 49 (access_denied) or 42")
    .rules(&["ca-does-not-cover-own-issuer", "certificate-expired"]),
    E.says(
        "gnutls/unexpected-packet",
        &["An unexpected TLS packet was received", "GNUTLS_E_UNEXPECTED_PACKET", "GNUTLS_E_UNEXPECTED_PACKET_LENGTH", "A TLS record packet with invalid length was received",
          "A record packet with illegal version was received", "GNUTLS_E_UNSUPPORTED_VERSION_PACKET"],
        "the data is not TLS: in a client's log the port serves plaintext, in a server's log a \
         client sent plaintext to its TLS port",
        "use the port that serves TLS; in a server's log write the Mapping's service with `https://`",
    )
    .weight(weight::CAUSE)
    .rules(&["service-tls-to-port-80", "service-port-443-plaintext"]),
    E.says(
        "gnutls/unknown-san",
        &["Unknown Subject Alternative name in X.509 certificate", "GNUTLS_E_X509_UNKNOWN_SAN"],
        "GnuTLS cannot read the other side's certificate: a subject alternative name is empty \
         (cfssl with `\"hosts\": [\"\"]`) or of an unknown kind",
        "reissue it without that name",
    )
    .weight(weight::CAUSE)
    .other("from a GnuTLS server it gets alert 42 (bad_certificate) in TLS 1.2 and 80 \
            (internal_error) in TLS 1.3"),
    E.says(
        "gnutls/no-suites",
        &["No supported cipher suites have been found", "GNUTLS_E_NO_CIPHER_SUITES", "Could not negotiate a supported cipher suite", "GNUTLS_E_UNKNOWN_CIPHER_SUITE",
          "No or insufficient priorities were set", "No common key share with peer", "GNUTLS_E_NO_COMMON_KEY_SHARE", "None of the signature algorithms"],
        "client and server have no cipher suite, group or signature algorithm in common",
        "allow ECDHE with AES-GCM, X25519 or P-256, and use an RSA or P-256 certificate",
    )
    .weight(weight::CAUSE)
    .rules(&["context-cipher-suite-unknown", "context-curve-unknown"]),
    E.says(
        "gnutls/version",
        &["The TLS version packet was not supported", "A packet with illegal or unsupported version was received", "unsupported version was received", "GNUTLS_E_UNSUPPORTED_VERSION"],
        "client and server have no TLS version in common",
        "allow TLS 1.2 on both sides, or set `max_tls_version: v1.3` in the TLSContext",
    )
    .weight(weight::SPECIFIC)
    .rules(&["context-tls-versions-exclude"]),
    E.says(
        "gnutls/terminated",
        &["The TLS connection was non-properly terminated", "GNUTLS_E_PREMATURE_TERMINATION", "Error in the pull function", "Error in the push function", "A TLS packet with unexpected length was received",
          "The TLS connection was non-properly terminated"],
        "the other side closed the connection without close_notify, often during the handshake: \
         it does not serve TLS, rejects silently, or gave up",
        "read the other side's log",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "gnutls/requested-name",
        &["The server name sent was not recognized", "GNUTLS_E_RECEIVED_DISALLOWED_NAME", "A disallowed SNI server name has been received"],
        "the server does not know the name in the client's SNI; Envoy sends none unless the context has `sni`",
        "set `sni` in the TLSContext to a name that the server has",
    )
    .weight(weight::CAUSE)
    .rules(&["upstream-without-sni"]),
    E.says(
        "gnutls/handshake",
        &["gnutls_handshake() failed: {reason}", "gnutls_handshake: {reason}"],
        "the TLS handshake of a program with GnuTLS (git, apt, wget) failed: {reason}. `Handshake \
         failed` is the server's alert 40: no version or suite in common, no SNI, or no client \
         certificate although one is required",
        "`gnutls-cli -d 5 HOST` shows how far it got; read the server's log",
    )
    .side(Side::Client)
    .weight(weight::GENERAL - 5),
];
