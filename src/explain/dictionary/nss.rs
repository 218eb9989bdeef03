//! Words of NSS and Firefox, and of Chromium and Safari, in front of a Host of Ambassador's.

use crate::explain::matching::entry::{Entry, Grade, Side, weight};

const E: Entry = Entry::of(
    "a browser, or a program with NSS",
    Side::Client,
    "names from NSS's and Chromium's own lists",
);

pub(super) const ENTRIES: &[Entry] = &[
    E.says(
        "nss/unknown-issuer",
        &["SEC_ERROR_UNKNOWN_ISSUER", "SEC_ERROR_UNTRUSTED_ISSUER", "SEC_ERROR_UNTRUSTED_CERT", "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "NET::ERR_CERT_AUTHORITY_INVALID",
          "ERR_CERT_AUTHORITY_INVALID", "Peer's Certificate issuer is not recognized", "Peer's certificate issuer has been marked as not trusted"],
        "the browser does not trust the CA of the certificate that Ambassador presents for this Host: a private CA, a missing \
         intermediate, or the fallback certificate because the Host's Secret was not found",
        "put the whole chain into the Host's Secret, or use a CA that browsers trust",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-missing", "secret-chain-order"]),
    E.says(
        "nss/expired",
        &["SEC_ERROR_EXPIRED_CERTIFICATE", "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", "NET::ERR_CERT_DATE_INVALID", "ERR_CERT_DATE_INVALID",
          "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", "Peer's Certificate has expired"],
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
        "issue it with that name, and see which Host answers",
    )
    .weight(weight::CAUSE)
    .rules(&["host-names-mismatch"]),
    E.says(
        "nss/client-certificate",
        &["SSL_ERROR_BAD_CERT_ALERT", "SSL_ERROR_HANDSHAKE_FAILURE_ALERT", "SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT", "SSL_ERROR_UNKNOWN_CA_ALERT",
          "SSL_ERROR_EXPIRED_CERT_ALERT", "SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT", "ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "SSL_ERROR_REVOKED_CERT_ALERT"],
        "Ambassador (or what stands there) asks clients for a certificate and does not accept the browser's, or got none: \
         the Host's `tls.cert_required` and `tls.ca_secret`",
        "import a client certificate that the Host's CA issued, or remove `cert_required`",
    )
    .weight(weight::CAUSE),
    E.says(
        "nss/no-cipher",
        &["SSL_ERROR_NO_CYPHER_OVERLAP", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "SSL_ERROR_UNSUPPORTED_VERSION", "ERR_SSL_OBSOLETE_VERSION", "SSL_ERROR_PROTOCOL_VERSION_ALERT"],
        "browser and server have no TLS version or cipher suite in common; also what a browser says of a server without a \
         certificate",
        "see that the Host has a certificate, and its `min_tls_version` and `cipher_suites`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["host-tls-without-secret", "context-tls-versions-exclude"]),
    E.says(
        "nss/not-tls",
        &["SSL_ERROR_RX_RECORD_TOO_LONG", "ERR_SSL_PROTOCOL_ERROR", "SSL received a record that exceeded the maximum permissible length"],
        "the port answers in plaintext: no Host terminates TLS on this Listener",
        "give the Host a `tlsSecret` that exists",
    )
    .weight(weight::SPECIFIC)
    .rules(&["host-tls-without-secret", "secret-missing"]),
    E.says(
        "nss/closed",
        &["PR_CONNECT_RESET_ERROR", "PR_END_OF_FILE_ERROR", "ERR_CONNECTION_CLOSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"],
        "the server hung up during the handshake: no filter chain has this name (SNI), or a load balancer in front has no \
         backend",
        "see whether a Host covers the name",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "nss/usage",
        &["SEC_ERROR_INADEQUATE_KEY_USAGE", "SEC_ERROR_INADEQUATE_CERT_TYPE", "SEC_ERROR_CA_CERT_INVALID", "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY", "SEC_ERROR_BAD_SIGNATURE",
          "SEC_ERROR_REVOKED_CERTIFICATE", "ERR_CERT_REVOKED", "ERR_CERT_WEAK_SIGNATURE_ALGORITHM", "NET::ERR_CERT_INVALID"],
        "the certificate is used for something that it does not allow, was revoked, or is signed too weakly: the name says \
         which",
        "issue it anew",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
];
