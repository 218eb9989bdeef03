//! Certificates created during the test: a CA that servers trust, one that they do not, and
//! clients.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::installed;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CustomExtension, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, PKCS_RSA_SHA256,
    RevokedCertParams, RsaKeySize, SanType, SerialNumber, SignatureAlgorithm,
};
use time::{Duration, OffsetDateTime};

/// The client's credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    None,
    Good,
    Expired,
    NotYetValid,
    UnknownCa,
    WrongUsage,
    /// A P-384 key, which Envoy's ClientHello does not support in TLS 1.2.
    WrongKey,
}

impl State {
    pub(crate) const ALL: [Self; 7] = [
        Self::None,
        Self::Good,
        Self::Expired,
        Self::NotYetValid,
        Self::UnknownCa,
        Self::WrongUsage,
        Self::WrongKey,
    ];
}

/// A certificate and its key in PEM.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) cert: String,
    pub(crate) key: String,
}

pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

/// Everything for a matrix of servers and clients, in one folder.
pub(crate) struct Pki {
    pub(crate) folder: PathBuf,
    pub(crate) authority: Authority,
    pub(crate) stranger: Authority,
    pub(crate) server: Pair,
}

impl Pki {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self::of(folder, "spiffe://cluster.local/ns/default/sa/server")
    }

    /// With a server that has this identity.
    pub(crate) fn of(folder: PathBuf, uri: &str) -> Self {
        let authority = Authority::new("peer-ca");
        let server = authority.issue(&Wanted {
            name: "server",
            usage: ExtendedKeyUsagePurpose::ServerAuth,
            uri: Some(uri),
            ..Wanted::default()
        });
        let pki = Self { folder, authority, stranger: Authority::new("stranger-ca"), server };
        pki.write("ca.pem", &pki.authority.pem);
        pki.write("server.pem", &pki.server.cert);
        pki.write("server.key", &pki.server.key);
        pki.write("server-both.pem", &format!("{}{}", pki.server.cert, pki.server.key));
        pki
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the test's folder can be written");
    }

    /// What a client with this credential presents.
    pub(crate) fn client(&self, state: State) -> Option<Pair> {
        let wanted = Wanted { name: "client", ..Wanted::default() };
        let ours = &self.authority;
        Some(match state {
            State::None => return None,
            State::Good => ours.issue(&wanted),
            State::Expired => ours.issue(&Wanted { days: (-20, -10), ..wanted }),
            State::NotYetValid => ours.issue(&Wanted { days: (10, 20), ..wanted }),
            State::UnknownCa => self.stranger.issue(&wanted),
            State::WrongUsage => {
                ours.issue(&Wanted { usage: ExtendedKeyUsagePurpose::ServerAuth, ..wanted })
            }
            State::WrongKey => ours.issue(&Wanted { algorithm: &PKCS_ECDSA_P384_SHA384, ..wanted }),
        })
    }
}

/// A certificate to create.
pub(crate) struct Wanted<'a> {
    pub(crate) name: &'a str,
    pub(crate) usage: ExtendedKeyUsagePurpose,
    pub(crate) uri: Option<&'a str>,
    pub(crate) days: (i64, i64),
    pub(crate) algorithm: &'static SignatureAlgorithm,
    /// Its only keyUsage.
    pub(crate) key_usage: KeyUsagePurpose,
    /// Its serial number; random by default.
    pub(crate) serial: Option<u64>,
    /// Whether it has an authorityKeyIdentifier.
    pub(crate) identifies_issuer: bool,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self {
            name: "someone",
            usage: ExtendedKeyUsagePurpose::ClientAuth,
            uri: None,
            days: (-1, 30),
            algorithm: &PKCS_ECDSA_P256_SHA256,
            key_usage: KeyUsagePurpose::DigitalSignature,
            serial: None,
            identifies_issuer: true,
        }
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a key");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let pem = params.self_signed(&key).expect("a root").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// An empty revocation list of this CA in PEM, with its validity in days from now.
    pub(crate) fn list(&self, days: (i64, i64)) -> String {
        self.list_of(days, Vec::new())
    }

    /// The same with revoked certificates.
    pub(crate) fn list_of(
        &self,
        days: (i64, i64),
        revoked_certs: Vec<RevokedCertParams>,
    ) -> String {
        let now = OffsetDateTime::now_utc();
        let params = CertificateRevocationListParams {
            this_update: now + Duration::days(days.0),
            next_update: now + Duration::days(days.1),
            crl_number: 1_u64.into(),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        self.revokes(&params)
    }

    /// A revocation list of this CA in PEM.
    pub(crate) fn revokes(&self, params: &CertificateRevocationListParams) -> String {
        params.signed_by(&self.issuer).expect("a list").pem().expect("PEM")
    }

    /// An intermediate of this CA.
    pub(crate) fn below(&self, name: &str) -> Self {
        self.intermediate(name, Vec::new())
    }

    /// An intermediate that may only issue URIs with this host.
    pub(crate) fn below_for_host(&self, name: &str, host: &str) -> Self {
        use crate::support::der_writer::{seq, tlv};
        let subtrees = tlv(0xa0, &seq(&[tlv(0x86, host.as_bytes())]));
        let limits = CustomExtension::from_oid_content(&[2, 5, 29, 30], seq(&[subtrees]));
        self.intermediate(name, vec![limits])
    }

    fn intermediate(&self, name: &str, extensions: Vec<CustomExtension>) -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a key");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.use_authority_key_identifier_extension = true;
        params.custom_extensions = extensions;
        let pem = params.signed_by(&key, &self.issuer).expect("an intermediate").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    pub(crate) fn issue(&self, wanted: &Wanted<'_>) -> Pair {
        let (key, pem) = key_pair(wanted.algorithm);
        let mut params =
            CertificateParams::new(vec!["localhost".to_owned()]).expect("a name that can be");
        params.distinguished_name.push(DnType::CommonName, wanted.name);
        params.extended_key_usages = vec![wanted.usage.clone()];
        params.key_usages = vec![wanted.key_usage];
        params.use_authority_key_identifier_extension = wanted.identifies_issuer;
        if let Some(uri) = wanted.uri {
            let uri = uri.try_into().expect("ASCII");
            params.subject_alt_names.push(SanType::URI(uri));
        }
        params.serial_number = wanted.serial.map(SerialNumber::from);
        let now = OffsetDateTime::now_utc();
        params.not_before = now + Duration::days(wanted.days.0);
        params.not_after = now + Duration::days(wanted.days.1);
        let cert = params.signed_by(&key, &self.issuer).expect("a certificate");
        Pair { cert: cert.pem(), key: pem }
    }
}

fn key_pair(algorithm: &'static SignatureAlgorithm) -> (KeyPair, String) {
    if algorithm == &PKCS_ED25519 {
        // rcgen writes PKCS#8 version 2, with the public key; BoringSSL reads version 1.
        let made = installed::command("openssl/usr/bin/openssl")
            .args(["genpkey", "-algorithm", "ed25519"])
            .output()
            .expect("openssl");
        let pem = String::from_utf8(made.stdout).expect("PEM");
        return (KeyPair::from_pem(&pem).expect("a key"), pem);
    }
    let key = match algorithm == &PKCS_RSA_SHA256 {
        true => KeyPair::generate_rsa_for(algorithm, RsaKeySize::_2048),
        false => KeyPair::generate_for(algorithm),
    }
    .expect("a key");
    let pem = key.serialize_pem();
    (key, pem)
}
