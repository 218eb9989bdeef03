//! A certificate, described in terms of facts for people and rules.

use aws_lc_rs::digest;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, ParsedExtension, X509Certificate, X509Version};

use super::alternative_names::AlternativeNames;
use super::der::{Reader, SEQUENCE, dotted};
use super::identity::SpiffeId;
use super::key::{KeyKind, PrivateKey, PublicKey};
use super::name::Name;
use super::validity::Validity;
use super::words::{algorithm_name, extension_name, hexadecimal, key_usages, plain_words};
use super::x509::X509;

/// A certificate. One that cannot be parsed is still described as far as possible: see
/// [`Certificate::fault`].
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    der: Vec<u8>,
    line: Option<usize>,
    /// Why the certificate cannot be read, in a few words; the other fields are then empty or
    /// incomplete.
    pub fault: Option<String>,
    /// 1, 2 or 3; 0 if it cannot be read.
    pub version: u32,
    pub subject: Name,
    pub issuer: Name,
    /// The serial number in hexadecimal, as bytes separated by colons.
    pub serial: String,
    pub validity: Option<Validity>,
    pub key: Option<PublicKey>,
    /// The usual name of the signature algorithm, else its object identifier.
    pub signature_algorithm: String,
    pub alternative_names: AlternativeNames,
    /// The uses in keyUsage, as RFC 5280 spells them; `None` without the extension.
    pub key_usage: Option<Vec<&'static str>>,
    /// The uses in extendedKeyUsage (`serverAuth`, `clientAuth`, … or an object identifier).
    pub extended_key_usage: Option<Vec<String>>,
    pub basic_constraints: Option<BasicConstraints>,
    /// The subject key identifier in hexadecimal.
    pub subject_key_id: Option<String>,
    /// The key identifier of authorityKeyIdentifier in hexadecimal.
    pub authority_key_id: Option<String>,
    /// Extensions that could not be read, by name, with the reason.
    pub broken_extensions: Vec<String>,
    /// SHA-256 of the DER.
    pub sha256: [u8; 32],
    pub(super) self_issued: bool,
    pub(super) raw_issuer: Vec<u8>,
}

/// The basicConstraints extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    pub ca: bool,
    pub path_length: Option<u32>,
}

impl Certificate {
    /// Describes a certificate in DER. Never fails.
    pub fn from_der(der: Vec<u8>) -> Self {
        Self::read(der, None)
    }

    pub(super) fn from_block(der: &[u8], line: usize) -> Self {
        // Bytes after the certificate in a block (trust settings) are not part of it.
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
            raw_issuer: Vec::new(),
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
            Err(error) => match X509::parse(&der) {
                // Envoy accepts it, so it must not be called unreadable.
                Ok(strict) => certificate.describe_strictly(&strict),
                Err(_) => certificate.fault = Some(plain_words(&error)),
            },
        }
        certificate.der = der;
        certificate
    }

    fn describe(&mut self, parsed: &X509Certificate<'_>) {
        let X509Version(version) = parsed.version();
        self.version = version + 1;
        self.subject = Name::read(parsed.subject());
        self.issuer = Name::read(parsed.issuer());
        self.raw_issuer = parsed.issuer().as_raw().to_vec();
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

    /// The encoded issuer, as a server names it in its CertificateRequest.
    pub fn raw_issuer(&self) -> &[u8] {
        &self.raw_issuer
    }

    /// The DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The line of its `BEGIN` in the text it was read from.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The certificate as PEM, with 64 characters per line.
    pub fn pem(&self) -> String {
        super::pem::encode("CERTIFICATE", &self.der)
    }

    /// The first SPIFFE identity among its alternative names.
    pub fn spiffe_id(&self) -> Option<SpiffeId> {
        self.alternative_names.uri.iter().find_map(|uri| SpiffeId::parse(uri))
    }

    /// The kind of its key.
    pub fn key_kind(&self) -> Option<&KeyKind> {
        self.key.as_ref().map(PublicKey::kind)
    }

    /// Whether basicConstraints marks it as a CA.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    /// Whether subject and issuer are the same, byte for byte.
    pub fn is_self_issued(&self) -> bool {
        self.self_issued
    }

    /// Whether extendedKeyUsage is absent or includes `usage` (`serverAuth`, `clientAuth`).
    ///
    /// anyExtendedKeyUsage does not count, as in BoringSSL.
    pub fn allows_usage(&self, usage: &str) -> bool {
        self.extended_key_usage
            .as_ref()
            .is_none_or(|usages| usages.iter().any(|allowed| allowed == usage))
    }

    /// SHA-256 of the DER in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.sha256, "")
    }

    /// Whether `issuer` matches the issuer of this certificate by name and key identifier, compared
    /// as in BoringSSL. The signature is not checked; see [`Certificate::is_signed_by`].
    pub fn names_issuer(&self, issuer: &Self) -> bool {
        crate::cert::x509::names_issuer(&self.der, &issuer.der)
    }

    /// Whether `issuer`'s key made this certificate's signature; `None` for kinds of keys that
    /// cannot be checked.
    pub fn is_signed_by(&self, issuer: &Self) -> Option<bool> {
        crate::cert::x509::is_signed_by(&self.der, &issuer.der)
    }

    /// The days until it expires, rounded down; negative afterwards.
    pub fn days_left(&self, now: OffsetDateTime) -> Option<i64> {
        self.validity.map(|validity| validity.days_left(now))
    }
}

impl PrivateKey {
    /// Whether this is the key of `certificate`; `None` if either is of a kind that cannot be
    /// compared.
    pub fn matches(&self, certificate: &Certificate) -> Option<bool> {
        self.belongs_to(certificate.key.as_ref()?)
    }
}
