//! Messages of NSS and Firefox, and of Chromium and Safari, as clients of an Ambassador Host.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a browser, or a program with NSS",
    Side::Client,
    "names from NSS's and Chromium's own lists",
);

/// A server or client that logs NSS's messages.
const N: DictionaryEntry =
    DictionaryEntry::of("a program with NSS", Side::Either, "NSS 3.87, selfserv and tstclnt, run");

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "nss/unknown-issuer",
        &["SEC_ERROR_UNKNOWN_ISSUER", "SEC_ERROR_UNTRUSTED_ISSUER", "SEC_ERROR_UNTRUSTED_CERT", "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "NET::ERR_CERT_AUTHORITY_INVALID",
          "ERR_CERT_AUTHORITY_INVALID"],
        "the browser does not trust the CA of the certificate that Ambassador presents for this Host: a private CA, a missing \
         intermediate, or the fallback certificate because the Host's Secret was not found",
        "put the whole chain into the Host's Secret, or use a CA that browsers trust",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-missing", "secret-chain-order"]),
    E.says(
        "nss/expired",
        &["SEC_ERROR_EXPIRED_CERTIFICATE", "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", "NET::ERR_CERT_DATE_INVALID", "ERR_CERT_DATE_INVALID",
          "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE"],
        "the certificate that Ambassador presents for this Host has expired, or is not valid yet by the client's clock",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "nss/name",
        &["SSL_ERROR_BAD_CERT_DOMAIN", "NET::ERR_CERT_COMMON_NAME_INVALID", "ERR_CERT_COMMON_NAME_INVALID", "requested domain name does not match the server's certificate"],
        "the certificate that Ambassador presents is for another name: no Host covers this one, or the Host's certificate \
         lacks it",
        "issue it with that name, and check which Host answers",
    )
    .weight(weight::CAUSE)
    .rules(&["host-names-mismatch"]),
    E.says(
        "nss/client-certificate",
        &["SSL_ERROR_BAD_CERT_ALERT", "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "SSL_ERROR_UNKNOWN_CA_ALERT",
          "SSL_ERROR_EXPIRED_CERT_ALERT", "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT", "ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "SSL_ERROR_REVOKED_CERT_ALERT"],
        "Ambassador (or another server there) asks clients for a certificate and does not accept \
         the browser's, or got none: the Host's `tls.cert_required` and `tls.ca_secret`",
        "import a client certificate that the Host's CA issued, or remove `cert_required`",
    )
    .weight(weight::CAUSE),
    E.says(
        "nss/no-cipher",
        &["SSL_ERROR_NO_CYPHER_OVERLAP", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "SSL_ERROR_UNSUPPORTED_VERSION", "ERR_SSL_OBSOLETE_VERSION", "SSL_ERROR_PROTOCOL_VERSION_ALERT"],
        "browser and server have no TLS version or cipher suite in common; browsers also report \
         this for a server without a certificate",
        "check that the Host has a certificate, and check its `min_tls_version` and `cipher_suites`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["host-tls-without-secret", "context-tls-versions-exclude"]),
    E.says(
        "nss/not-tls",
        &["SSL_ERROR_RX_UNKNOWN_RECORD_TYPE", "ssl_error_rx_record_too_long", "SSL_ERROR_RX_RECORD_TOO_LONG", "SSL received a record that exceeded the maximum permissible length"],
        "the port answers in plaintext: no Host terminates TLS on this Listener",
        "give the Host a `tlsSecret` that exists",
    )
    .weight(weight::SPECIFIC)
    .rules(&["host-tls-without-secret", "secret-missing"]),
    E.says(
        "nss/protocol-error",
        &["ERR_SSL_PROTOCOL_ERROR"],
        "the browser did not get the TLS response it expects: the port answers in plaintext (no \
         Host terminates TLS on this Listener), or the server ended the handshake with an alert, \
         for example because no filter chain has this name",
        "`curl -v` distinguishes the two (`wrong version number` is plaintext); give the Host a \
         `tlsSecret` that exists",
    )
    .weight(weight::SPECIFIC)
    .rules(&["host-tls-without-secret", "secret-missing"]),
    E.says(
        "nss/name-not-known",
        &["ERR_SSL_UNRECOGNIZED_NAME_ALERT", "SSL_ERROR_UNRECOGNIZED_NAME_ALERT"],
        "the server does not know the name that the browser asked for (alert 112). Envoy never \
         sends that alert, so it comes from a load balancer or another server in front of \
         Ambassador",
        "check where the name's DNS record points, and configure the name and its certificate on \
         that server",
    )
    .weight(weight::CAUSE),
    E.says(
        "nss/internal-error",
        &["SSL_ERROR_INTERNAL_ERROR_ALERT", "Peer reports it experienced an internal error"],
        "an internal error occurred in the server (alert 80): it has no certificate for the name, \
         or cannot load it",
        "read the server's log",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "nss/h2-cipher",
        &["ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", "NS_ERROR_NET_INADEQUATE_SECURITY"],
        "HTTP/2 was negotiated with a cipher suite or TLS version that HTTP/2 forbids (CBC \
         suites, TLS below 1.2)",
        "allow AES-GCM or ChaCha20 suites in the Host's `cipher_suites`, or remove `h2` from its \
         `alpn_protocols`",
    )
    .weight(weight::CAUSE),
    E.says(
        "nss/handshake-failure",
        &["SSL_ERROR_HANDSHAKE_FAILURE_ALERT"],
        "the server ended the handshake with alert 40: it requires a client certificate and got none (the Host's \
         `tls.cert_required`, TLS 1.2), or has no version, cipher suite or name in common with the browser",
        "import a client certificate that the Host's CA issued, or remove `cert_required`; \
         otherwise compare TLS versions",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "nss/closed",
        &["PR_CONNECT_RESET_ERROR", "PR_END_OF_FILE_ERROR", "ERR_CONNECTION_CLOSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"],
        "the server closed the connection during the handshake: no filter chain has this name \
         (SNI), or a load balancer in front has no backend",
        "check whether a Host covers the name",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "nss/usage",
        &["SEC_ERROR_INADEQUATE_KEY_USAGE", "SEC_ERROR_INADEQUATE_CERT_TYPE", "SEC_ERROR_CA_CERT_INVALID", "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY", "SEC_ERROR_BAD_SIGNATURE",
          "SEC_ERROR_REVOKED_CERTIFICATE", "ERR_CERT_REVOKED", "ERR_CERT_WEAK_SIGNATURE_ALGORITHM", "NET::ERR_CERT_INVALID"],
        "the certificate is used for something that it does not allow, was revoked, or has a weak \
         signature: the error's name shows which",
        "reissue it",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    N.says(
        "nss/no-client-certificate",
        &["SSL_ERROR_NO_CERTIFICATE", "returned error -12285", "Unable to find the certificate or key necessary for authentication"],
        "this server requires a client certificate and the client sent none; the message sounds \
         as if the server's own were missing",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets handshake_failure (40), in TLS 1.3 \
            certificate_required (116)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    N.says(
        "nss/peer-unknown-issuer",
        &["Peer's Certificate issuer is not recognized", "Peer's certificate issuer has been marked as not trusted", "returned error -8179"],
        "this program does not trust the CA of the other side's certificate (in a server's log \
         the client's, in a client's log the server's), or the other side does not send an \
         intermediate",
        "compare the issuer of that certificate with the CAs in this program's database (`certutil -L`)",
    )
    .weight(weight::CAUSE)
    .rules(&["ca-does-not-cover-own-issuer", "secret-chain-order"]),
    N.says(
        "nss/peer-expired",
        &["Peer's Certificate has expired", "returned error -8181"],
        "the other side's certificate has expired by this machine's clock",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    N.says(
        "nss/peer-usage",
        &["Certificate type not approved for application", "Certificate key usage inadequate for attempted operation", "returned error -8101"],
        "the extended key usage of the other side's certificate does not allow this use: a client certificate needs `clientAuth`, a \
         server's `serverAuth`",
        "issue it with the required usage",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    N.says(
        "nss/alert-untrusted",
        &["Peer does not recognize and trust the CA that issued your certificate", "returned error -12195", "SSL peer cannot verify your certificate", "returned error -12271",
          "SSL peer had some unspecified issue with the certificate it received", "returned error -12219"],
        "the other side does not trust the CA of this program's certificate, or does not accept \
         the certificate: in a server's log the client does not trust the server, in a client's \
         log the server rejects the client certificate",
        "read the other side's log; compare the certificate's issuer with what it trusts",
    )
    .weight(weight::CAUSE)
    .rules(&["ca-does-not-cover-own-issuer"]),
    N.says(
        "nss/alert-expired",
        &["SSL peer rejected your certificate as expired", "returned error -12269"],
        "the other side reports that this program's certificate has expired",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    N.says(
        "nss/alert-handshake",
        &["SSL peer was unable to negotiate an acceptable set of security parameters", "returned error -12227"],
        "handshake_failure (40): the server asked for a client certificate and got none, or there is no cipher suite in common",
        "give this client a certificate if the server requires one; otherwise compare the cipher \
         suites",
    )
    .weight(weight::SPECIFIC)
    .side(Side::Client),
    N.says(
        "nss/peer-plaintext",
        &["SSL received a record with an unknown content type", "returned error -12263"],
        "the data is not TLS: in a server's log a client sent plaintext to its TLS port, in a \
         client's log the port serves plaintext",
        "in a server's log, write the Mapping's service with `https://`; otherwise use the port \
         that serves TLS",
    )
    .weight(weight::CAUSE)
    .rules(&["service-port-443-plaintext", "service-tls-to-port-80"]),
    E.says(
        "nss/apple-untrusted",
        &["NSURLErrorDomain Code=-1202", "NSURLErrorServerCertificateUntrusted", "CFNetwork SSLHandshake failed (-9807)", "SSLHandshake failed (-98{number})", "kCFStreamErrorDomainSSL, -9807"],
        "an Apple client does not accept the certificate of this Host: its CA is not trusted, it is for another name, or it is valid for \
         longer than 825 days",
        "put the whole chain into the Host's Secret, or install the CA on the device",
    )
    .by("a client on macOS or iOS")
    .weight(weight::CAUSE)
    .seen("CFNetwork, from reports"),
    E.says(
        "nss/cloudflare",
        &["Cloudflare 525", "Cloudflare 526", "Error 525", "Error 526", "error code: 525", "error code: 526", "525: SSL handshake failed", "526: Invalid SSL certificate"],
        "Cloudflare as Ambassador's client could not connect: 525, the handshake failed (no Host \
         terminates TLS for the name, or no version or suite in common); 526, it does not trust \
         the Host's certificate (mode `Full (strict)`)",
        "525: check that a Host with `tlsSecret` covers the name; 526: give the Host a \
         certificate from a public CA or from Cloudflare's origin CA",
    )
    .by("Cloudflare, in front of Ambassador")
    .weight(weight::CAUSE)
    .rules(&["host-tls-without-secret"])
    .seen("Cloudflare's documentation of its 52x"),
    E.says(
        "nss/pinning",
        &["Certificate pinning failure"],
        "a client that pins certificates (OkHttp) got an unpinned one, usually after a renewal \
         with a new key",
        "update the client's pins, or pin the CA",
    )
    .by("a client that pins (OkHttp)")
    .weight(weight::CAUSE),
];
