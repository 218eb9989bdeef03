//! One certificate described: everything a person or a rule wants to know of it.

use std::net::{Ipv4Addr, Ipv6Addr};

use aws_lc_rs::digest;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, GeneralName, ParsedExtension, X509Certificate, X509Version};

use super::der::{Reader, SEQUENCE, dotted};
use super::identity::SpiffeId;
use super::name::{Name, is_unshowable};
use super::public_key::{KeyKind, PublicKey};
use super::validity::Validity;

/// A certificate. One that cannot be parsed is still described, as far as it goes: see
/// [`Certificate::fault`].
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    der: Vec<u8>,
    line: Option<usize>,
    /// Why the certificate cannot be read, in a few words; the other facts are then empty or what
    /// could be saved.
    pub fault: Option<String>,
    /// 1, 2 or 3; 0 if it cannot be read.
    pub version: u32,
    pub subject: Name,
    pub issuer: Name,
    /// The serial number in hexadecimal, two digits a byte, separated by colons.
    pub serial: String,
    pub validity: Option<Validity>,
    pub key: Option<PublicKey>,
    /// The signature algorithm's usual name, else its object identifier.
    pub signature_algorithm: String,
    pub alternative_names: AlternativeNames,
    /// What keyUsage allows, as RFC 5280 spells it; `None` if the extension is not there.
    pub key_usage: Option<Vec<&'static str>>,
    /// What extendedKeyUsage allows (`serverAuth`, `clientAuth`, … or an object identifier).
    pub extended_key_usage: Option<Vec<String>>,
    pub basic_constraints: Option<BasicConstraints>,
    /// The subject key identifier in hexadecimal.
    pub subject_key_id: Option<String>,
    /// The authority key identifier's key in hexadecimal.
    pub authority_key_id: Option<String>,
    /// Extensions that could not be read, by name, with the reason.
    pub broken_extensions: Vec<String>,
    /// SHA-256 of the DER.
    pub sha256: [u8; 32],
    self_issued: bool,
}

/// The subject's alternative names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlternativeNames {
    pub dns: Vec<String>,
    pub ip: Vec<String>,
    pub uri: Vec<String>,
    pub email: Vec<String>,
}

/// The basicConstraints extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    pub ca: bool,
    pub path_length: Option<u32>,
}

impl Certificate {
    /// Describes DER bytes. Never fails.
    pub fn from_der(der: Vec<u8>) -> Self {
        Self::read(der, None)
    }

    pub(super) fn from_block(der: &[u8], line: usize) -> Self {
        // What follows the certificate in a block (trust settings) is not part of it.
        let length =
            Reader::new(der).expect(SEQUENCE).map_or(der.len(), |element| element.whole.len());
        Self::read(der[..length].to_vec(), Some(line))
    }

    fn read(der: Vec<u8>, line: Option<usize>) -> Self {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest::digest(&digest::SHA256, &der).as_ref());
        let mut certificate = Self {
            line,
            fault: None,
            version: 0,
            subject: Name::default(),
            issuer: Name::default(),
            serial: String::new(),
            validity: None,
            key: None,
            signature_algorithm: String::new(),
            alternative_names: AlternativeNames::default(),
            key_usage: None,
            extended_key_usage: None,
            basic_constraints: None,
            subject_key_id: None,
            authority_key_id: None,
            broken_extensions: Vec::new(),
            sha256,
            self_issued: false,
            der: Vec::new(),
        };
        match X509Certificate::from_der(&der) {
            Ok((rest, parsed)) => {
                certificate.describe(&parsed);
                if !rest.is_empty() {
                    certificate.fault =
                        Some(format!("{} bytes follow the certificate", rest.len()));
                }
            }
            Err(error) => certificate.fault = Some(plain_words(&error)),
        }
        certificate.der = der;
        certificate
    }

    fn describe(&mut self, parsed: &X509Certificate<'_>) {
        let X509Version(version) = parsed.version();
        self.version = version + 1;
        self.subject = Name::read(parsed.subject());
        self.issuer = Name::read(parsed.issuer());
        self.self_issued = parsed.subject().as_raw() == parsed.issuer().as_raw();
        self.serial = hexadecimal(parsed.raw_serial(), ":");
        self.validity = Some(Validity {
            not_before: parsed.validity().not_before.to_datetime(),
            not_after: parsed.validity().not_after.to_datetime(),
        });
        self.key = PublicKey::parse(parsed.public_key().raw);
        self.signature_algorithm = algorithm_name(parsed.signature_algorithm.algorithm.as_bytes());
        for extension in parsed.extensions() {
            self.describe_extension(extension.parsed_extension(), extension.oid.as_bytes());
        }
    }

    fn describe_extension(&mut self, extension: &ParsedExtension<'_>, oid: &[u8]) {
        match extension {
            ParsedExtension::SubjectAlternativeName(names) => {
                for name in &names.general_names {
                    self.alternative_names.add(name, &mut self.broken_extensions);
                }
            }
            ParsedExtension::KeyUsage(usage) => {
                self.key_usage = Some(key_usages(usage.flags));
            }
            ParsedExtension::ExtendedKeyUsage(usage) => {
                let mut usages: Vec<String> = [
                    (usage.any, "anyExtendedKeyUsage"),
                    (usage.server_auth, "serverAuth"),
                    (usage.client_auth, "clientAuth"),
                    (usage.code_signing, "codeSigning"),
                    (usage.email_protection, "emailProtection"),
                    (usage.time_stamping, "timeStamping"),
                    (usage.ocsp_signing, "OCSPSigning"),
                ]
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, name)| name.to_owned())
                .collect();
                usages.extend(usage.other.iter().map(|oid| dotted(oid.as_bytes())));
                self.extended_key_usage = Some(usages);
            }
            ParsedExtension::BasicConstraints(constraints) => {
                self.basic_constraints = Some(BasicConstraints {
                    ca: constraints.ca,
                    path_length: constraints.path_len_constraint,
                });
            }
            ParsedExtension::SubjectKeyIdentifier(id) => {
                self.subject_key_id = Some(hexadecimal(id.0, ":"));
            }
            ParsedExtension::AuthorityKeyIdentifier(id) => {
                self.authority_key_id = id.key_identifier.as_ref().map(|id| hexadecimal(id.0, ":"));
            }
            ParsedExtension::ParseError { .. } => {
                self.broken_extensions.push(format!("{} cannot be read", extension_name(oid)));
            }
            _ => {}
        }
    }

    /// The subject as it is encoded; what a server names when it asks for certificates.
    pub fn raw_subject(&self) -> &[u8] {
        &self.raw_subject
    }

    /// The issuer as it is encoded.
    pub fn raw_issuer(&self) -> &[u8] {
        &self.raw_issuer
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The line of its `BEGIN` in the text it came from.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The certificate as PEM, with 64 characters a line.
    pub fn pem(&self) -> String {
        super::pem::encode("CERTIFICATE", &self.der)
    }

    /// The first SPIFFE identity among its alternative names.
    pub fn spiffe_id(&self) -> Option<SpiffeId> {
        self.alternative_names.uri.iter().find_map(|uri| SpiffeId::parse(uri))
    }

    /// What kind of key it is for.
    pub fn key_kind(&self) -> Option<&KeyKind> {
        self.key.as_ref().map(PublicKey::kind)
    }

    /// Whether basicConstraints says that it is a CA.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    /// Whether subject and issuer are the same, byte for byte.
    pub fn is_self_issued(&self) -> bool {
        self.self_issued
    }

    /// Whether extendedKeyUsage allows `usage` (`serverAuth`, `clientAuth`), or is not there.
    ///
    /// anyExtendedKeyUsage does not count, as for BoringSSL.
    pub fn allows_usage(&self, usage: &str) -> bool {
        self.extended_key_usage
            .as_ref()
            .is_none_or(|usages| usages.iter().any(|allowed| allowed == usage))
    }

    /// SHA-256 of the DER in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.sha256, "")
    }

    /// Whether this names `issuer` as its issuer, by names and key identifiers, as BoringSSL
    /// compares them. The signature is not checked; see [`Certificate::is_signed_by`].
    pub fn names_issuer(&self, issuer: &Self) -> bool {
        super::envoy::names_issuer(&self.der, &issuer.der)
    }

    /// Whether `issuer`'s key made this certificate's signature; `None` if it is of a kind we cannot
    /// check.
    pub fn is_signed_by(&self, issuer: &Self) -> Option<bool> {
        super::envoy::is_signed_by(&self.der, &issuer.der)
    }

    /// The days left until it expires, rounded down; negative afterwards.
    pub fn days_left(&self, now: OffsetDateTime) -> Option<i64> {
        self.validity.map(|validity| validity.days_left(now))
    }
}

impl AlternativeNames {
    fn add(&mut self, name: &GeneralName<'_>, broken: &mut Vec<String>) {
        match name {
            GeneralName::DNSName(name) => self.dns.push(clean(name)),
            GeneralName::URI(uri) => self.uri.push(clean(uri)),
            GeneralName::RFC822Name(address) => self.email.push(clean(address)),
            GeneralName::IPAddress(bytes) => match address(bytes) {
                Some(address) => self.ip.push(address),
                None => broken.push("subjectAltName holds an IP address of odd length".to_owned()),
            },
            GeneralName::Invalid(..) => {
                broken.push("subjectAltName holds a name that cannot be read".to_owned());
            }
            _ => {}
        }
    }

    /// Whether there is none of these kinds.
    pub fn is_empty(&self) -> bool {
        self.dns.is_empty() && self.ip.is_empty() && self.uri.is_empty() && self.email.is_empty()
    }

    /// All of them, with their kind in front where it is not plain: `DNS:a`, `IP:10.0.0.1`.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let dns = self.dns.iter().map(|name| format!("DNS:{name}"));
        let ip = self.ip.iter().map(|address| format!("IP:{address}"));
        let uri = self.uri.iter().map(|uri| format!("URI:{uri}"));
        let email = self.email.iter().map(|address| format!("email:{address}"));
        dns.chain(ip).chain(uri).chain(email)
    }
}

/// Names are somebody else's text and must not be able to draw on a terminal.
fn clean(text: &str) -> String {
    if text.chars().any(is_unshowable) { text.escape_debug().to_string() } else { text.to_owned() }
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(bytes).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|bytes| Ipv6Addr::from(bytes).to_string())
}

pub(super) fn hexadecimal(bytes: &[u8], separator: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

fn key_usages(flags: u16) -> Vec<&'static str> {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    NAMES
        .iter()
        .enumerate()
        .filter(|(bit, _)| flags >> bit & 1 == 1)
        .map(|(_, name)| *name)
        .collect()
}

/// The usual name of a signature algorithm.
pub(super) fn algorithm_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last] => match last {
            2 => "md2WithRSAEncryption",
            4 => "md5WithRSAEncryption",
            5 => "sha1WithRSAEncryption",
            10 => "rsassaPss",
            11 => "sha256WithRSAEncryption",
            12 => "sha384WithRSAEncryption",
            13 => "sha512WithRSAEncryption",
            14 => "sha224WithRSAEncryption",
            _ => "",
        },
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => "ecdsa-with-SHA1",
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, last] => match last {
            1 => "ecdsa-with-SHA224",
            2 => "ecdsa-with-SHA256",
            3 => "ecdsa-with-SHA384",
            4 => "ecdsa-with-SHA512",
            _ => "",
        },
        [0x2b, 0x65, 0x70] => "Ed25519",
        [0x2b, 0x65, 0x71] => "Ed448",
        _ => "",
    };
    if name.is_empty() { dotted(oid) } else { name.to_owned() }
}

fn extension_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x55, 0x1d, 14] => "subjectKeyIdentifier",
        [0x55, 0x1d, 15] => "keyUsage",
        [0x55, 0x1d, 17] => "subjectAltName",
        [0x55, 0x1d, 19] => "basicConstraints",
        [0x55, 0x1d, 30] => "nameConstraints",
        [0x55, 0x1d, 31] => "cRLDistributionPoints",
        [0x55, 0x1d, 32] => "certificatePolicies",
        [0x55, 0x1d, 35] => "authorityKeyIdentifier",
        [0x55, 0x1d, 37] => "extendedKeyUsage",
        _ => return format!("extension {}", dotted(oid)),
    };
    name.to_owned()
}

/// A parser's error in words; its own text is about its internals.
fn plain_words(error: &x509_parser::nom::Err<x509_parser::error::X509Error>) -> String {
    use x509_parser::error::X509Error;
    let what = match error {
        x509_parser::nom::Err::Incomplete(_) => "it ends too early",
        x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error) => {
            match error {
                X509Error::InvalidVersion => "its version is invalid",
                X509Error::InvalidSerial => "its serial number is invalid",
                X509Error::InvalidAlgorithmIdentifier => "an algorithm identifier is invalid",
                X509Error::InvalidX509Name => "a name is invalid",
                X509Error::InvalidDate => "a date is invalid",
                X509Error::InvalidSPKI => "its public key is invalid",
                X509Error::InvalidSubjectUID | X509Error::InvalidIssuerUID => {
                    "a unique identifier is invalid"
                }
                X509Error::InvalidExtensions | X509Error::DuplicateExtensions => {
                    "its extensions are invalid"
                }
                X509Error::DuplicateAttributes => "an attribute is there twice",
                X509Error::InvalidSignatureValue => "its signature is no bit string",
                X509Error::InvalidTbsCertificate | X509Error::InvalidCertificate => {
                    "it is no certificate"
                }
                _ => "it is no valid DER",
            }
        }
    };
    format!("not a readable certificate: {what}")
}
