//! A certificate in `inspect -o json`.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cert::{Certificate, Validity};

/// A certificate's fields, with their names in the JSON format.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Certificate")]
pub(crate) struct CertificateJson<'s> {
    subject: String,
    issuer: String,
    serial: &'s str,
    version: u32,
    not_before: Option<String>,
    not_after: Option<String>,
    days_left: Option<i64>,
    share_of_life_used: Option<f64>,
    key: Option<String>,
    signature_algorithm: &'s str,
    san: SanJson<'s>,
    spiffe_id: Option<String>,
    identity: Option<String>,
    key_usage: Option<&'s [&'static str]>,
    extended_key_usage: Option<&'s [String]>,
    basic_constraints: Option<ConstraintsJson>,
    ski: Option<&'s str>,
    aki: Option<&'s str>,
    sha256: String,
    line: Option<usize>,
    fault: Option<&'s str>,
    #[schemars(with = "Option<String>")]
    pem: Pem<'s>,
}

/// Encoded only when written, because a bundle may have thousands. An unreadable block is not
/// written: a block labelled as a certificate may contain a key.
struct Pem<'s>(&'s Certificate);

impl Serialize for Pem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.fault {
            Some(_) => serializer.serialize_none(),
            None => serializer.serialize_str(&self.0.pem()),
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "San")]
struct SanJson<'s> {
    dns: &'s [String],
    ip: &'s [String],
    uri: &'s [String],
    email: &'s [String],
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Constraints")]
struct ConstraintsJson {
    ca: bool,
    path_length: Option<u32>,
}

/// A time in RFC 3339 format.
pub(crate) fn written(moment: OffsetDateTime) -> Option<String> {
    moment.format(&Rfc3339).ok()
}

impl<'s> CertificateJson<'s> {
    pub(crate) fn of(certificate: &'s Certificate, now: OffsetDateTime) -> Self {
        let validity = certificate.validity;
        let identity = certificate.spiffe_id();
        let share = |validity: Validity| {
            // Three digits are precise enough.
            (validity.share_used(now) * 1000.0).round() / 1000.0
        };
        Self {
            subject: certificate.subject.to_string(),
            issuer: certificate.issuer.to_string(),
            serial: &certificate.serial,
            version: certificate.version,
            not_before: validity.and_then(|validity| written(validity.not_before)),
            not_after: validity.and_then(|validity| written(validity.not_after)),
            days_left: certificate.days_left(now),
            share_of_life_used: validity.map(share),
            key: certificate.key_kind().map(ToString::to_string),
            signature_algorithm: &certificate.signature_algorithm,
            san: SanJson {
                dns: &certificate.alternative_names.dns,
                ip: &certificate.alternative_names.ip,
                uri: &certificate.alternative_names.uri,
                email: &certificate.alternative_names.email,
            },
            identity: identity.as_ref().map(ToString::to_string),
            spiffe_id: identity.map(|identity| identity.uri),
            key_usage: certificate.key_usage.as_deref(),
            extended_key_usage: certificate.extended_key_usage.as_deref(),
            basic_constraints: certificate.basic_constraints.map(|constraints| ConstraintsJson {
                ca: constraints.ca,
                path_length: constraints.path_length,
            }),
            ski: certificate.subject_key_id.as_deref(),
            aki: certificate.authority_key_id.as_deref(),
            sha256: certificate.fingerprint(),
            line: certificate.line(),
            fault: certificate.fault.as_deref(),
            pem: Pem(certificate),
        }
    }
}
