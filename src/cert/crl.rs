//! A certificate revocation list, described.

use aws_lc_rs::digest;
use time::OffsetDateTime;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

use super::name::Name;
use super::pem::{Block, PemLabel, scan};
use super::words::{algorithm_name, hexadecimal};

/// A CRL. One that cannot be parsed has a [`Crl::fault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crl {
    /// Why it cannot be parsed.
    pub fault: Option<String>,
    pub issuer: Name,
    /// When it was issued.
    pub this_update: Option<OffsetDateTime>,
    /// When the next one is due. After that, Envoy rejects every certificate of its issuer.
    pub next_update: Option<OffsetDateTime>,
    /// The revoked serial numbers, in hexadecimal.
    pub revoked: Vec<String>,
    pub signature_algorithm: String,
    der: Vec<u8>,
    line: Option<usize>,
}

impl Crl {
    /// Describes a CRL in DER. Never fails.
    pub fn from_der(der: Vec<u8>) -> Self {
        Self::read(der, None)
    }

    /// The CRLs in a PEM text.
    pub fn from_pem(text: &[u8]) -> Vec<Self> {
        let file = scan(text);
        file.blocks().filter(|block| block.label == PemLabel::Crl).map(Self::from_block).collect()
    }

    /// The CRL in a block.
    pub fn from_block(block: &Block) -> Self {
        Self::read(block.der().to_vec(), Some(block.line))
    }

    fn read(der: Vec<u8>, line: Option<usize>) -> Self {
        let mut crl = Self {
            fault: None,
            issuer: Name::default(),
            this_update: None,
            next_update: None,
            revoked: Vec::new(),
            signature_algorithm: String::new(),
            der: Vec::new(),
            line,
        };
        match CertificateRevocationList::from_der(&der) {
            Ok((_, parsed)) => {
                crl.issuer = Name::read(parsed.issuer());
                crl.this_update = Some(parsed.last_update().to_datetime());
                crl.next_update = parsed.next_update().map(|time| time.to_datetime());
                crl.revoked = parsed
                    .iter_revoked_certificates()
                    .map(|entry| hexadecimal(entry.raw_serial(), ":"))
                    .collect();
                crl.signature_algorithm =
                    algorithm_name(parsed.signature_algorithm.algorithm.as_bytes());
            }
            Err(_) => crl.fault = Some("not a readable CRL".to_owned()),
        }
        crl.der = der;
        crl
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the DER in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hexadecimal(digest::digest(&digest::SHA256, &self.der).as_ref(), "")
    }

    /// The line of its `BEGIN`.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Whether the next list is due at `now` or earlier.
    pub fn is_expired(&self, now: OffsetDateTime) -> bool {
        self.next_update.is_some_and(|next| next <= now)
    }

    /// Whether it revokes this serial number, spelt like [`crate::cert::Certificate::serial`].
    pub fn revokes(&self, serial: &str) -> bool {
        self.revoked.iter().any(|revoked| revoked == serial)
    }
}
