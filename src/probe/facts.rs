//! The few facts about certificates that the probe needs beside a verdict.

use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::FromDer;
use x509_parser::x509::X509Name;

fn parsed(der: &[u8]) -> Option<X509Certificate<'_>> {
    X509Certificate::from_der(der).ok().map(|(_, found)| found)
}

/// Subject of a certificate, DER.
pub(super) fn subject(der: &[u8]) -> Option<Vec<u8>> {
    parsed(der).map(|found| found.subject().as_raw().to_vec())
}

/// Issuer of a certificate, DER.
pub(super) fn issuer(der: &[u8]) -> Option<Vec<u8>> {
    parsed(der).map(|found| found.issuer().as_raw().to_vec())
}

/// A name as people write it.
pub(super) fn shown(name: &[u8]) -> String {
    match X509Name::from_der(name) {
        Ok((_, name)) if name.iter().next().is_none() => "(an empty name)".to_owned(),
        Ok((_, name)) => name.to_string(),
        Err(_) => "(a name that cannot be read)".to_owned(),
    }
}

/// The URIs of a certificate's subject alternative name.
pub(super) fn uris(der: &[u8]) -> Vec<String> {
    let Some(found) = parsed(der) else {
        return Vec::new();
    };
    let mut uris = Vec::new();
    for extension in found.extensions() {
        if let ParsedExtension::SubjectAlternativeName(names) = extension.parsed_extension() {
            for name in &names.general_names {
                if let GeneralName::URI(uri) = name {
                    uris.push((*uri).to_owned());
                }
            }
        }
    }
    uris
}

/// A certificate in PEM.
pub(super) fn pem(der: &[u8]) -> String {
    use base64::Engine;
    let body = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in body.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem + "-----END CERTIFICATE-----\n"
}
