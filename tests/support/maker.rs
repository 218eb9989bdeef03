//! Creates certificates and CRLs of any form, well-formed or not.

use super::der_writer::{bits, boolean, integer, moment, number, octets, oid, seq, set, tlv, utf8};
use super::keys::{Hash, TestKey};

/// The default validity.
pub const FROM: &str = "20200101000000";
pub const UNTIL: &str = "21200101000000";

/// A certificate to be signed. Every part can be replaced by bytes.
#[derive(Clone)]
pub struct Spec {
    /// 1, 2 or 3.
    pub version: u8,
    /// INTEGER contents.
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub not_before: Vec<u8>,
    pub not_after: Vec<u8>,
    pub subject: Vec<u8>,
    pub info: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    pub hash: Hash,
    /// The algorithm inside, if it differs.
    pub inner_algorithm: Option<Vec<u8>>,
    /// Whether to flip a bit of the signature.
    pub corrupt: bool,
}

/// A certificate with what is needed to issue others.
#[derive(Clone)]
pub struct Made {
    pub der: Vec<u8>,
    pub subject: Vec<u8>,
    pub key: TestKey,
}

/// A name with one common name.
pub fn name(common_name: &str) -> Vec<u8> {
    named(&[("2.5.4.3", utf8(common_name))])
}

/// A name of attributes.
pub fn named(attributes: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> =
        attributes.iter().map(|(key, value)| set(&[seq(&[oid(key), value.clone()])])).collect();
    seq(&parts)
}

pub fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(id)];
    if critical {
        parts.push(boolean(true));
    }
    parts.push(octets(value));
    seq(&parts)
}

pub fn basic_constraints(ca: bool, length: Option<u64>, critical: bool) -> Vec<u8> {
    let mut parts = Vec::new();
    if ca {
        parts.push(boolean(true));
    }
    if let Some(length) = length {
        parts.push(number(length));
    }
    extension("2.5.29.19", critical, &seq(&parts))
}

/// keyUsage from its first byte: digitalSignature 0x80, keyEncipherment 0x20, keyAgreement 0x08,
/// keyCertSign 0x04, cRLSign 0x02.
pub fn key_usage(byte: u8) -> Vec<u8> {
    let unused = if byte == 0 { 7 } else { byte.trailing_zeros() as u8 };
    extension("2.5.29.15", true, &tlv(0x03, &[unused, byte]))
}

pub fn extended_key_usage(usages: &[&str]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = usages.iter().map(|usage| oid(usage)).collect();
    extension("2.5.29.37", false, &seq(&parts))
}

pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
pub const ANY_USAGE: &str = "2.5.29.37.0";

pub fn dns(name: &str) -> Vec<u8> {
    tlv(0x82, name.as_bytes())
}

pub fn uri(uri: &str) -> Vec<u8> {
    tlv(0x86, uri.as_bytes())
}

pub fn email(address: &str) -> Vec<u8> {
    tlv(0x81, address.as_bytes())
}

pub fn ip(bytes: &[u8]) -> Vec<u8> {
    tlv(0x87, bytes)
}

pub fn alternative_names(names: &[Vec<u8>]) -> Vec<u8> {
    extension("2.5.29.17", false, &seq(names))
}

/// nameConstraints from permitted and excluded bases.
pub fn name_constraints(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Vec<u8> {
    let subtrees = |tag: u8, bases: &[Vec<u8>]| {
        let parts: Vec<u8> =
            bases.iter().flat_map(|base| seq(std::slice::from_ref(base))).collect();
        if bases.is_empty() { Vec::new() } else { tlv(tag, &parts) }
    };
    extension("2.5.29.30", true, &seq(&[subtrees(0xa0, permitted), subtrees(0xa1, excluded)]))
}

/// The usual key identifier would need SHA-1; another hash works as well.
pub fn key_id(key: &TestKey) -> Vec<u8> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &key.info());
    digest.as_ref()[..20].to_vec()
}

pub fn subject_key_id(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.14", false, &octets(id))
}

pub fn authority_key_id(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.35", false, &seq(&[tlv(0x80, id)]))
}

/// An extension's identifier, if it is an extension.
fn id_of(extension: &[u8]) -> Option<Vec<u8>> {
    let inner = super::der_writer::contents(extension);
    super::der_writer::elements(inner).first().map(|id| id.to_vec())
}

impl Spec {
    /// Only names and a key.
    pub fn bare(common_name: &str, key: &TestKey) -> Self {
        Self {
            version: 3,
            serial: serial_of(common_name),
            issuer: name(common_name),
            not_before: moment(FROM),
            not_after: moment(UNTIL),
            subject: name(common_name),
            info: key.info(),
            extensions: Vec::new(),
            hash: Hash::Sha256,
            inner_algorithm: None,
            corrupt: false,
        }
    }

    /// A root: CA:TRUE, keyCertSign and cRLSign, a key identifier.
    pub fn root(common_name: &str, key: &TestKey) -> Self {
        Self {
            extensions: vec![
                basic_constraints(true, None, true),
                key_usage(0x06),
                subject_key_id(&key_id(key)),
            ],
            ..Self::bare(common_name, key)
        }
    }

    /// An intermediate, to be issued by another CA.
    pub fn intermediate(common_name: &str, key: &TestKey) -> Self {
        Self::root(common_name, key)
    }

    /// A server's leaf for `localhost`.
    pub fn leaf(key: &TestKey) -> Self {
        Self {
            extensions: vec![
                basic_constraints(false, None, true),
                key_usage(0xa0),
                extended_key_usage(&[SERVER_AUTH, CLIENT_AUTH]),
                alternative_names(&[dns("localhost")]),
                subject_key_id(&key_id(key)),
            ],
            ..Self::bare("localhost", key)
        }
    }

    /// Replaces the extension with this identifier, or adds it.
    pub fn with(mut self, extension: Vec<u8>) -> Self {
        self = self.without_like(&extension);
        self.extensions.push(extension);
        self
    }

    fn without_like(mut self, extension: &[u8]) -> Self {
        let id = id_of(extension);
        self.extensions.retain(|other| id_of(other) != id);
        self
    }

    /// Removes the extension with this identifier.
    pub fn without(mut self, id: &str) -> Self {
        let id = Some(oid(id));
        self.extensions.retain(|other| id_of(other) != id);
        self
    }

    /// Adds an extension even if there already is one.
    pub fn and(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub fn no_extensions(mut self) -> Self {
        self.extensions.clear();
        self
    }

    pub fn version(mut self, version: u8) -> Self {
        self.version = version;
        self
    }

    pub fn valid(mut self, from: &str, until: &str) -> Self {
        self.not_before = moment(from);
        self.not_after = moment(until);
        self
    }

    pub fn expired(self) -> Self {
        self.valid("20000101000000", "20010101000000")
    }

    pub fn not_yet(self) -> Self {
        self.valid("21100101000000", "21200101000000")
    }

    pub fn hash(mut self, hash: Hash) -> Self {
        self.hash = hash;
        self
    }

    pub fn serial(mut self, contents: &[u8]) -> Self {
        self.serial = contents.to_vec();
        self
    }

    pub fn subject(mut self, subject: Vec<u8>) -> Self {
        self.subject = subject;
        self
    }

    pub fn corrupt(mut self) -> Self {
        self.corrupt = true;
        self
    }

    /// Signs with the certificate's own key.
    pub fn self_signed(mut self, key: &TestKey) -> Made {
        self.issuer = self.subject.clone();
        self.signed_by_key(key, key)
    }

    /// Signs with an issuer's name and, if there are extensions, its key identifier.
    pub fn issued_by(mut self, issuer: &Made, key: &TestKey) -> Made {
        self.issuer = issuer.subject.clone();
        if !self.extensions.is_empty() {
            let id = authority_key_id(&key_id(&issuer.key));
            let already =
                self.extensions.iter().any(|other| id_of(other) == Some(oid("2.5.29.35")));
            if !already {
                self.extensions.push(id);
            }
        }
        self.signed_by_key(key, &issuer.key)
    }

    /// Signs with an issuer's name, without a key identifier.
    pub fn issued_plainly(mut self, issuer: &Made, key: &TestKey) -> Made {
        self.issuer = issuer.subject.clone();
        self.signed_by_key(key, &issuer.key)
    }

    /// Signs with any key, without changing names.
    pub fn signed_by_key(&self, own: &TestKey, signer: &TestKey) -> Made {
        let algorithm = signer.signature_algorithm(self.hash);
        let signed = self.to_be_signed(&algorithm);
        let mut signature = signer.sign(self.hash, &signed);
        if self.corrupt {
            let last = signature.len() - 1;
            signature[last] ^= 1;
        }
        let der = seq(&[signed, algorithm, bits(&signature)]);
        Made { der, subject: self.subject.clone(), key: own.clone() }
    }

    fn to_be_signed(&self, algorithm: &[u8]) -> Vec<u8> {
        let mut parts = Vec::new();
        if self.version > 1 {
            parts.push(tlv(0xa0, &number(u64::from(self.version - 1))));
        }
        parts.push(integer(&self.serial));
        parts.push(self.inner_algorithm.clone().unwrap_or_else(|| algorithm.to_vec()));
        parts.push(self.issuer.clone());
        parts.push(seq(&[self.not_before.clone(), self.not_after.clone()]));
        parts.push(self.subject.clone());
        parts.push(self.info.clone());
        if !self.extensions.is_empty() {
            parts.push(tlv(0xa3, &seq(&self.extensions)));
        }
        seq(&parts)
    }
}

/// A serial number that only depends on the name, so that files do not change needlessly.
fn serial_of(name: &str) -> Vec<u8> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, name.as_bytes());
    let mut serial = digest.as_ref()[..8].to_vec();
    serial[0] = serial[0] & 0x7f | 0x40;
    serial
}

/// A CRL to be signed.
#[derive(Clone)]
pub struct CrlSpec {
    pub issuer: Vec<u8>,
    pub this_update: Vec<u8>,
    pub next_update: Option<Vec<u8>>,
    /// Serial number contents.
    pub revoked: Vec<Vec<u8>>,
    pub extensions: Vec<Vec<u8>>,
    pub entry_extensions: Vec<Vec<u8>>,
    pub hash: Hash,
}

impl CrlSpec {
    pub fn of(issuer: &Made) -> Self {
        Self {
            issuer: issuer.subject.clone(),
            this_update: moment(FROM),
            next_update: Some(moment(UNTIL)),
            revoked: Vec::new(),
            extensions: vec![
                authority_key_id(&key_id(&issuer.key)),
                extension("2.5.29.20", false, &number(1)),
            ],
            entry_extensions: Vec::new(),
            hash: Hash::Sha256,
        }
    }

    pub fn revoking(mut self, serial: &[u8]) -> Self {
        self.revoked.push(serial.to_vec());
        self
    }

    pub fn signed_by(&self, key: &TestKey) -> Vec<u8> {
        let algorithm = key.signature_algorithm(self.hash);
        let mut parts =
            vec![number(1), algorithm.clone(), self.issuer.clone(), self.this_update.clone()];
        parts.extend(self.next_update.clone());
        if !self.revoked.is_empty() {
            let entries: Vec<Vec<u8>> = self
                .revoked
                .iter()
                .map(|serial| {
                    let mut entry = vec![integer(serial), moment(FROM)];
                    if !self.entry_extensions.is_empty() {
                        entry.push(seq(&self.entry_extensions));
                    }
                    seq(&entry)
                })
                .collect();
            parts.push(seq(&entries));
        }
        if !self.extensions.is_empty() {
            parts.push(tlv(0xa0, &seq(&self.extensions)));
        }
        let signed = seq(&parts);
        let signature = key.sign(self.hash, &signed);
        seq(&[signed, algorithm, bits(&signature)])
    }
}

/// The serial number contents of a certificate.
pub fn serial(made: &Made) -> Vec<u8> {
    use super::der_writer::{contents, elements};
    let inside = |element: &[u8]| -> Vec<Vec<u8>> {
        elements(contents(element)).into_iter().map(<[u8]>::to_vec).collect()
    };
    let certificate = inside(&made.der);
    let signed = certificate.first().map(|signed| inside(signed)).unwrap_or_default();
    let number = signed.iter().find(|field| field[0] == 0x02);
    number.map(|number| contents(number).to_vec()).unwrap_or_default()
}

/// PEM with 64 characters per line.
pub fn pem(label: &str, der: &[u8]) -> String {
    mtlsctl::cert::pem::encode(label, der)
}

/// A file with certificates.
pub fn pems(certificates: &[&Made]) -> String {
    certificates.iter().map(|made| pem("CERTIFICATE", &made.der)).collect()
}
