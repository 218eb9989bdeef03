//! A generated mesh: CAs, leaf certificates as returned by an agent, and their possible faults.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, SanType,
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

pub(crate) const DOMAIN: &str = "11111111-2222-3333-4444-555555555555.consul";

pub(crate) fn uri(service: &str) -> String {
    format!("spiffe://{DOMAIN}/ns/default/dc/dc1/svc/{service}")
}

/// A certification authority of the mesh.
pub(crate) struct Authority {
    pub(crate) id: String,
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// The properties of a leaf certificate.
pub(crate) struct Wanted {
    pub(crate) service: String,
    pub(crate) uri: String,
    /// Validity in minutes from now.
    pub(crate) minutes: (i64, i64),
}

impl Wanted {
    pub(crate) fn good() -> Self {
        Self::of("ambassador")
    }

    pub(crate) fn of(service: &str) -> Self {
        Self { service: service.to_owned(), uri: uri(service), minutes: (-1, 72 * 60) }
    }
}

impl Authority {
    pub(crate) fn new(id: &str) -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, format!("Consul CA {id}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let pem = params.self_signed(&key).unwrap().pem();
        Self { id: id.to_owned(), pem, issuer: Issuer::new(params, key) }
    }

    /// A leaf as returned by `/v1/agent/connect/ca/leaf/`.
    pub(crate) fn leaf(&self, wanted: &Wanted) -> Value {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let mut params = CertificateParams::default();
        params.subject_alt_names.push(SanType::URI(wanted.uri.as_str().try_into().unwrap()));
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ClientAuth, ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        let now = OffsetDateTime::now_utc();
        params.not_before = now + Duration::minutes(wanted.minutes.0);
        params.not_after = now + Duration::minutes(wanted.minutes.1);
        let cert = params.signed_by(&key, &self.issuer).unwrap();
        json!({
            "SerialNumber": "08", "CertPEM": cert.pem(), "PrivateKeyPEM": key.serialize_pem(),
            "Service": wanted.service, "ServiceURI": wanted.uri,
            "ValidAfter": "", "ValidBefore": "", "CreateIndex": 7, "ModifyIndex": 7,
        })
    }
}

/// Roots as returned by `/v1/agent/connect/ca/roots`; the first is the active one.
pub(crate) fn roots(authorities: &[&Authority]) -> Value {
    let list: Vec<Value> = authorities
        .iter()
        .enumerate()
        .map(|(place, authority)| {
            json!({"ID": authority.id, "RootCert": authority.pem, "Active": place == 0})
        })
        .collect();
    json!({"ActiveRootID": authorities[0].id, "TrustDomain": DOMAIN, "Roots": list})
}
