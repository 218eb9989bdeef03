//! Certificates for one day, with throw-away keys.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, Error, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime};

/// Their validity, long enough that nothing counts as expiring soon.
const LIFE: Duration = Duration::DAY;

/// Tolerance for clock differences.
const LEEWAY: Duration = Duration::HOUR;

/// A CA and its certificates.
pub(super) struct Pki {
    /// The CA's certificate, PEM.
    pub(super) ca: String,
    /// The server's certificate and key.
    pub(super) server: Pair,
    /// The client's certificate and key.
    pub(super) client: Pair,
}

/// A certificate and its key. There is no `Debug` for it, since it holds a key.
pub(super) struct Pair {
    /// PEM.
    pub(super) certificate: String,
    /// PKCS #8, PEM.
    pub(super) key: String,
}

impl Pki {
    /// Creates everything, valid for one day from `now`.
    ///
    /// # Errors
    /// A system without randomness.
    pub(super) fn new(now: OffsetDateTime) -> Result<Self, Error> {
        let key = KeyPair::generate()?;
        let mut params = named("demo CA", now);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let ca = params.self_signed(&key)?.pem();
        let issuer = Issuer::new(params, key);
        let pair = |name: &str, usage| {
            let key = KeyPair::generate()?;
            let mut params = named(name, now);
            let names = [format!("{name}.shop"), "127.0.0.1".to_owned()];
            params.subject_alt_names = CertificateParams::new(names)?.subject_alt_names;
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            params.extended_key_usages = vec![usage];
            let certificate = params.signed_by(&key, &issuer)?.pem();
            Ok::<_, Error>(Pair { certificate, key: key.serialize_pem() })
        };
        let server = pair("orders", ExtendedKeyUsagePurpose::ServerAuth)?;
        let client = pair("ambassador", ExtendedKeyUsagePurpose::ClientAuth)?;
        Ok(Self { ca, server, client })
    }
}

fn named(name: &str, now: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = now - LEEWAY;
    params.not_after = now + LIFE;
    params
}
