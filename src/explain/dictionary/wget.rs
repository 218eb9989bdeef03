//! Words of wget, which has sentences of its own above OpenSSL and GnuTLS.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry =
    DictionaryEntry::of("wget", Side::Client, "wget 1.21's source, OpenSSL and GnuTLS builds");

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "wget/unknown-issuer",
        &["Unable to locally verify the issuer's authority", "The certificate of {name} is not trusted", "The certificate of {name} doesn't have a known issuer",
          "hasn't got a known issuer"],
        "wget does not trust the server's certificate: its CA is none of the system's, or the server sends no intermediate",
        "repeat it with `--ca-certificate` and the CA; what wget trusts says nothing about what Ambassador trusts",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/self-signed",
        &["Self-signed certificate encountered"],
        "the server presents a certificate that signed itself, or sends its root along, and wget does not trust it",
        "repeat it with `--ca-certificate` and that certificate",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/expired",
        &["Issued certificate has expired", "Issued certificate not yet valid", "The certificate of {name} has expired", "The certificate of {name} is not yet activated"],
        "the dates of the server's certificate do not include now: it has expired, or is not valid yet",
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
        "issue the certificate with that name, or ask by a name that it has",
    )
    .weight(weight::CAUSE),
    E.says(
        "wget/verify",
        &["cannot verify {host}'s certificate, issued by {text}"],
        "wget does not trust the certificate of {host}",
        "the line after it says why; `openssl s_client -connect HOST:443 -showcerts` shows what the server sends",
    )
    .weight(weight::GENERAL),
    E.says(
        "wget/no-connection",
        &["Unable to establish SSL connection"],
        "the TLS handshake of wget failed; the line does not say why: the server closed the connection, answered in \
         plaintext, or they have nothing in common",
        "`openssl s_client -connect HOST:443` shows the reason",
    )
    .weight(weight::GENERAL),
    E.says(
        "wget/not-verified",
        &["note: TLS certificate validation not implemented"],
        "BusyBox's wget does not check certificates at all, so that it works says nothing about trust",
        "test with curl or `openssl s_client`",
    )
    .by("wget of BusyBox")
    .grade(Grade::Note)
    .weight(weight::SPECIFIC),
];
