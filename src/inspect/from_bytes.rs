//! Turns the bytes of a file or entry into a subject.

use memchr::memmem;

use crate::cert::pem::{PemLabel, scan};
use crate::cert::{Certificate, Chain, Crl, PrivateKey};

use super::subject::{KeyFact, Subject, SubjectOrigin};

/// The maximum file size for which Envoy's loading of a pair is checked; larger ones are bundles.
const LARGEST_PAIR: usize = 1 << 20;

/// Whether bytes look like a manifest rather than certificates.
pub fn looks_like_manifest(name: &str, bytes: &[u8]) -> bool {
    let named = [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
    let has = |word: &[u8]| {
        memmem::find_iter(bytes, word)
            .any(|at| at == 0 || matches!(bytes[at - 1], b'\n' | b' ' | b'{' | b','))
    };
    named || has(b"apiVersion:") || has(b"\"apiVersion\":") || has(b"kind:")
}

/// Reads PEM or DER.
pub fn from_bytes(origin: SubjectOrigin, bytes: &[u8]) -> Subject {
    let mut subject = Subject::new(origin);
    if bytes.len() <= LARGEST_PAIR {
        subject.material.bytes = bytes.to_vec();
    }
    // A SEQUENCE with a long length: a certificate or a CRL as DER.
    if matches!(bytes, [0x30, 0x80..=0x84, ..]) {
        let certificate = Certificate::from_der(bytes.to_vec());
        let crl = Crl::from_der(bytes.to_vec());
        if certificate.fault.is_some() && crl.fault.is_none() {
            subject.crls.push(crl);
        } else {
            subject.chain = Chain::from_der([bytes.to_vec()]);
        }
        return subject;
    }
    let file = scan(bytes);
    subject.chain = Chain::from_file(&file);
    for block in file.blocks() {
        if block.label.is_private_key() {
            subject.keys.push(KeyFact {
                place: format!("line {}", block.line),
                key: PrivateKey::from_block(block),
            });
        } else if block.label == PemLabel::Crl {
            subject.crls.push(Crl::from_block(block));
        }
    }
    subject.faults = file.faults().cloned().collect();
    if let (Some(leaf), Some(KeyFact { key: Ok(key), .. })) =
        (subject.chain.leaf(), subject.keys.first())
    {
        subject.key_matches = key.matches(leaf);
    }
    // A file with only a key is not a certificate chain; the key is described, but not checked as a
    // pair.
    let only_key = subject.chain.is_empty() && subject.faults.is_empty();
    if bytes.len() <= LARGEST_PAIR && !subject.keys.is_empty() && !only_key {
        subject.material.key = Some((subject.origin.to_string(), bytes.to_vec()));
    }
    subject
}
