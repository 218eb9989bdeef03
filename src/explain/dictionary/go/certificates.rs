//! Words of Go about the certificate of the other side, and about its own.

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

pub(super) const E: DictionaryEntry = DictionaryEntry::of(
    "a program in Go (Caddy, Traefik, Consul, etcd, istiod, kubectl, …)",
    Side::Either,
    "Go 1.19 run; source of 1.20 to 1.23",
);

pub(super) const UNTRUSTED: &[&str] =
    &["ca-does-not-cover-own-issuer", "ca-secret-is-own-certificate"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "go/no-client-certificate",
        &["tls: client didn't provide a certificate"],
        "this server requires a client certificate and the client sent none. If the client is Ambassador's Envoy, the \
         Mapping has no context, or Emissary discarded it, or the context has no certificate",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 42 (bad_certificate)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "go/verify-client",
        &["tls: failed to verify client certificate: {reason}", "tls: failed to verify client's certificate: {reason}"],
        "this server does not accept the client's certificate: {reason}",
        "compare issuer, dates and extended key usage of Ambassador's certificate (`mtlsctl inspect`) with the server's \
         `ClientCAs`",
    )
    .side(Side::Server)
    .other("the client presented a certificate, and gets alert 42 (bad_certificate)")
    .rules(&["certificate-expired", "certificate-usage-wrong"]),
    E.says(
        "go/client-usage",
        &["client's certificate's extended key usage doesn't permit it to be used for client authentication"],
        "the client's certificate may not be used by a client: its extended key usage has no `clientAuth`",
        "issue it with `clientAuth`, or with no extended key usage",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented a certificate for servers only, and gets alert 42 (bad_certificate)")
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "go/client-name",
        &["tls: {name} does not match any of DNSNames {text}", "does not match any of DNSNames"],
        "etcd compares the address of its client with the DNS names of the client's certificate, \
         and `{name}` is not one of them",
        "issue the client's certificate without DNS names, or with one that resolves to its address",
    )
    .weight(weight::CAUSE)
    .by("etcd")
    .side(Side::Server),
    E.says(
        "go/unknown-authority",
        &["x509: certificate signed by unknown authority", "x509: {text} certificate is not trusted"],
        "no CA that this program trusts signed the other side's certificate, or the other side \
         does not send an intermediate",
        "add the CA to what this program trusts, or make the other side send its whole chain; `(possibly \
         because of …)` means that there is a CA with the same name but another key: it was renewed",
    )
    .in_server(
        "this server does not trust the CA that signed the client's certificate, or the client \
         does not send an intermediate",
        "compare the issuer of Ambassador's certificate (`mtlsctl inspect`) with the server's CA \
         file; put the intermediates after the leaf in the Secret's `tls.crt`",
    )
    .weight(weight::SPECIFIC + 10)
    .other("it presents a certificate from another CA, or without its intermediate")
    .rules(UNTRUSTED),
    E.says(
        "go/unknown-authority-candidate",
        &["x509: certificate signed by unknown authority (possibly because of {text} while trying to verify candidate authority certificate {detail}"],
        "a CA called {detail} is trusted, but its key did not sign this certificate ({text}): the \
         CA was renewed with the same name, and the old one is trusted here",
        "replace the trusted CA with the new one (keep both in the file during the change)",
    )
    .weight(weight::CAUSE)
    .rules(UNTRUSTED),
    E.says(
        "go/unknown-authority-algorithm",
        &["x509: certificate signed by unknown authority (possibly because of x509: cannot verify signature: {text} while trying to verify candidate authority certificate {detail}"],
        "a CA called {detail} is trusted, but this program does not verify this kind of signature \
         ({text}): SHA-1 or MD5, or an algorithm that Go does not support",
        "reissue the chain with SHA-256; Envoy accepts SHA-1",
    )
    .weight(weight::CAUSE + 1),
    E.says(
        "go/expired",
        &["x509: certificate has expired or is not yet valid: current time {now} is after {end}"],
        "the other side's certificate, or one in its chain, expired on {end}; this machine's \
         clock says {now}",
        "renew it; if it was renewed, the other side still uses the old one. Compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "go/validity",
        &["x509: certificate has expired or is not yet valid"],
        "the other side's certificate, or one in its chain, has expired or is not valid yet by \
         this machine's clock",
        "renew it; if it was renewed, the other side still uses the old one. Compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "go/not-yet-valid",
        &["x509: certificate has expired or is not yet valid: current time {now} is before {start}"],
        "the other side's certificate is valid from {start}, and this machine's clock says {now}",
        "compare the clocks, or wait",
    )
    .weight(weight::CAUSE + 1)
    .rules(&["certificate-expired"]),
    E.says(
        "go/usage",
        &["x509: certificate specifies an incompatible key usage"],
        "the extended key usage of the other side's certificate does not allow this use: a client certificate needs \
         `clientAuth` (or none at all), a server's `serverAuth`",
        "issue it with the required usage",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "go/name",
        &["x509: certificate is valid for {text}, not {name}"],
        "the server's certificate is for {text}, but this program asked for `{name}`. Envoy under Ambassador \
         does not compare names, so the message is from another client",
        "issue the certificate with `{name}` among its DNS names, or connect to the server by a \
         name that it has",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "go/no-san",
        &["x509: certificate relies on legacy Common Name field, use SANs instead", "x509: certificate relies on legacy Common Name field", "not valid for any names, but wanted to match {name}", "x509: certificate is not valid for any names",
          "x509: cannot validate certificate for {address} because it doesn't contain any IP SANs"],
        "the server's certificate has no subject alternative name to compare; Go programs no \
         longer check the common name",
        "issue it with its DNS names (or IP addresses) as subject alternative names. Envoy under Ambassador does not \
         compare names",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "go/ca-not-ca",
        &["x509: invalid signature: parent certificate cannot sign this kind of certificate",
          "x509: certificate is not authorized to sign other certificates", "x509: too many intermediates for path length constraint"],
        "a certificate in the chain signed another one but is not allowed to: it has `CA:FALSE`, \
         lacks `keyCertSign`, or the chain below it is too long",
        "use a CA whose certificate has `CA:TRUE`",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/name-constraints",
        &["x509: a root or intermediate certificate is not authorized to sign for this name: {reason}",
          "x509: a root or intermediate certificate is not authorized to sign for this name",
          "x509: issuer has name constraints but leaf doesn't have a SAN extension"],
        "a CA in the chain is limited to certain names, and this certificate is for another one",
        "issue the certificate from another CA",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/critical-extension",
        &["x509: unhandled critical extension"],
        "a certificate in the chain has a critical extension that Go does not check: an unknown \
         one, or name constraints on the subject (`dirName`), even if the names are permitted",
        "issue that certificate without the extension, or the client's from another CA; OpenSSL \
         and Envoy may accept it",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/sha1",
        &["x509: cannot verify signature: insecure algorithm {algorithm}"],
        "a certificate in the chain is signed with {algorithm}, which Go programs no longer \
         accept; Envoy accepts SHA-1",
        "reissue it with SHA-256",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/signature",
        &["x509: ECDSA verification failure", "x509: Ed25519 verification failure", "crypto/rsa: verification error"],
        "there is a CA with the right name, but its key did not sign this certificate: the CA was \
         renewed under the same name, or two CAs share a name",
        "replace the trusted CA with the one that signed (keep both in the file during the change)",
    )
    .weight(weight::CAUSE - 5)
    .rules(UNTRUSTED),
    E.says(
        "go/certificate-malformed",
        &["x509: negative serial number", "x509: certificate contains duplicate extensions", "x509: malformed certificate", "x509: invalid RDNSequence: {reason}", "x509: RSA modulus is not a positive number",
          "x509: serial number too large", "x509: failed to parse certificate", "x509: malformed tbs certificate", "x509: trailing data", "server's certificate contains an invalid RSA key"],
        "Go does not read the certificate: it breaks a rule that Go enforces and OpenSSL and Envoy may overlook",
        "reissue it with a current tool",
    )
    .weight(weight::CAUSE),
    E.says(
        "go/key-format",
        &["x509: failed to parse private key (use {function} instead for this key format)", "x509: failed to parse private key", "x509: failed to parse EC private key", "x509: unsupported elliptic curve"],
        "the private key is in a different format than this program expects (PKCS#1, PKCS#8, EC), \
         or of a kind that Go does not support",
        "convert it: `openssl pkcs8 -topk8 -nocrypt -in KEY`, or in the other direction with \
         `openssl pkey -traditional`",
    )
    .weight(weight::SPECIFIC + 10)
    .side(Side::Configuration)
    .rules(&["secret-key-unusable"]),
    E.says(
        "go/root-name-mismatch",
        &["x509: issuer name does not match subject from issuing certificate"],
        "the chain is not in order, or a CA with another name was used as its issuer",
        "put the leaf first, then each issuer in turn",
    )
    .rules(&["secret-chain-order"]),
    E.says(
        "go/verify-failed",
        &["tls: failed to verify certificate: {reason}"],
        "the other side's certificate is not accepted: {reason}",
        "see the text after it",
    )
    .weight(weight::FRAME),
];
