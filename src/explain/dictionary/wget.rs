//! Messages of wget, which has its own in addition to those of OpenSSL and GnuTLS.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry =
    DictionaryEntry::of("wget", Side::Client, "wget 1.21's source, OpenSSL and GnuTLS builds");

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "wget/unknown-issuer",
        &["Unable to locally verify the issuer's authority", "The certificate of {name} is not trusted", "The certificate of {name} doesn't have a known issuer",
          "hasn't got a known issuer"],
        "wget does not trust the server's certificate: its CA is not in the system's trust store, \
         or the server does not send an intermediate",
        "repeat it with `--ca-certificate` and the CA; what wget trusts does not show what \
         Ambassador trusts",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/self-signed",
        &["Self-signed certificate encountered"],
        "the server presents a self-signed certificate, or sends its root as well, and wget does \
         not trust it",
        "repeat it with `--ca-certificate` and that certificate",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/expired",
        &["Issued certificate has expired", "Issued certificate not yet valid", "The certificate of {name} has expired", "The certificate of {name} is not yet activated"],
        "the server's certificate has expired, or is not valid yet",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "wget/name",
        &["no certificate subject alternative name matches requested host name {name}", "certificate common name {common} doesn't match requested host name {name}",
          "The certificate's owner does not match hostname {name}"],
        "the server's certificate does not have the name `{name}` that wget asked for. Envoy under Ambassador does not \
         compare names",
        "issue the certificate with that name, or connect by a name that it has",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/verify",
        &["cannot verify {host}'s certificate, issued by {text}"],
        "wget does not trust the certificate of {host}",
        "the line after it shows why; `openssl s_client -connect HOST:443 -showcerts` shows what \
         the server sends",
    )
    .weight(weight::GENERAL),
    E.says(
        "wget/no-connection",
        &["Unable to establish SSL connection"],
        "wget's TLS handshake failed; the line does not give the reason: the server closed the \
         connection, answered in plaintext, or has no version or suite in common",
        "`openssl s_client -connect HOST:443` shows the reason",
    )
    .weight(weight::GENERAL),
    E.says(
        "wget/not-verified",
        &["note: TLS certificate validation not implemented"],
        "BusyBox's wget does not check certificates, so its success says nothing about trust",
        "test with curl or `openssl s_client`",
    )
    .by("wget of BusyBox")
    .grade(Grade::Note)
    .weight(weight::SPECIFIC),
];
