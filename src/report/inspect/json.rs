//! `inspect -o json`: the contract, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::json_certificate::{CertificateJson, written};
use crate::cert::StrictVerdict;
use crate::cert::{Crl, Link};
use crate::envoy::EnvoyVerdict;
use crate::inspect::{Dependent, KeyFact, Remark, Subject, SubjectOrigin};
use crate::report::form::{ObjectJson, schema_of};
use crate::report::resolve::MountJson;

/// What `mtlsctl inspect -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl inspect -o json")]
struct Report<'s> {
    version: u32,
    subjects: Vec<SubjectJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subject")]
struct SubjectJson<'s> {
    origin: OriginJson<'s>,
    /// The world it belongs to, if there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    world: Option<&'s str>,
    certificates: Vec<CertificateJson<'s>>,
    keys: Vec<KeyJson<'s>>,
    key_matches: Option<bool>,
    crls: Vec<CrlJson<'s>>,
    chain: ChainJson,
    verdict: Option<VerdictJson<'s>>,
    strict: Option<StrictJson<'s>>,
    faults: Vec<FaultJson>,
    used_by: Vec<DependentJson<'s>>,
    mounts: Vec<MountJson>,
    remarks: Vec<RemarkJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Origin")]
enum OriginJson<'s> {
    File { file: &'s str },
    Secret { secret: String, key: &'s str },
    Server { server: &'s str },
    Consul { consul: &'s str },
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Key")]
struct KeyJson<'s> {
    place: &'s str,
    kind: Option<String>,
    form: Option<String>,
    problem: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Crl")]
struct CrlJson<'s> {
    issuer: String,
    this_update: Option<String>,
    next_update: Option<String>,
    revoked: &'s [String],
    signature_algorithm: &'s str,
    fault: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Chain")]
struct ChainJson {
    links: Vec<LinkJson>,
    problems: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Link")]
struct LinkJson {
    /// Position of the certificate, from 0.
    certificate: usize,
    /// Position of its issuer; null if that is not in the chain.
    issued_by: Option<usize>,
    self_issued: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Verdict")]
struct VerdictJson<'s> {
    result: &'static str,
    depth: Option<i32>,
    reason: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Strict")]
struct StrictJson<'s> {
    result: &'static str,
    reason: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fault")]
struct FaultJson {
    line: usize,
    message: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dependent")]
struct DependentJson<'s> {
    context: ObjectJson<'s>,
    role: String,
    hosts: &'s [String],
    routes: Vec<RouteJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Route")]
struct RouteJson<'s> {
    kind: &'s str,
    namespace: &'s str,
    name: &'s str,
    host: Option<&'s str>,
    prefix: Option<&'s str>,
    service: &'s str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Remark")]
struct RemarkJson<'s> {
    severity: String,
    message: &'s str,
    certificate: Option<usize>,
}

/// Writes the subjects as JSON, with dates compared with `now`. Private keys are described, never
/// written.
pub fn inspect_json(subjects: &[Subject], now: OffsetDateTime) -> String {
    let report = Report {
        version: 1,
        subjects: subjects.iter().map(|subject| SubjectJson::of(subject, now)).collect(),
    };
    // Plain structs of strings and numbers can always be serialised.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of what [`inspect_json`] writes.
pub fn inspect_schema() -> Value {
    schema_of::<Report<'_>>()
}

impl<'s> SubjectJson<'s> {
    fn of(subject: &'s Subject, now: OffsetDateTime) -> Self {
        let chain = &subject.chain;
        Self {
            origin: match &subject.origin {
                SubjectOrigin::File(path) => OriginJson::File { file: path },
                SubjectOrigin::Server(place) => OriginJson::Server { server: place },
                SubjectOrigin::Consul(what) => OriginJson::Consul { consul: what },
                SubjectOrigin::Secret { namespace, name, key } => {
                    OriginJson::Secret { secret: format!("{namespace}/{name}"), key }
                }
            },
            world: subject.world.as_deref(),
            certificates: chain
                .certificates()
                .iter()
                .map(|certificate| CertificateJson::of(certificate, now))
                .collect(),
            keys: subject.keys.iter().map(KeyJson::of).collect(),
            key_matches: subject.key_matches,
            crls: subject.crls.iter().map(CrlJson::of).collect(),
            chain: ChainJson {
                links: chain
                    .links()
                    .into_iter()
                    .enumerate()
                    .map(|(certificate, link)| LinkJson {
                        certificate,
                        issued_by: match link {
                            Link::IssuedBy(issuer) => Some(issuer),
                            Link::SelfIssued => Some(certificate),
                            Link::Outside => None,
                        },
                        self_issued: link == Link::SelfIssued,
                    })
                    .collect(),
                problems: chain.problems().iter().map(ToString::to_string).collect(),
            },
            verdict: subject.verdict.as_ref().map(VerdictJson::of),
            strict: subject.strict.as_ref().map(|strict| match strict {
                StrictVerdict::Accepted => StrictJson { result: "accepted", reason: None },
                StrictVerdict::Refused { reason } => {
                    StrictJson { result: "refused", reason: Some(reason) }
                }
            }),
            faults: subject
                .faults
                .iter()
                .map(|fault| FaultJson { line: fault.line, message: fault.kind.to_string() })
                .collect(),
            used_by: subject.dependents.iter().map(DependentJson::of).collect(),
            mounts: subject.mounts.iter().cloned().map(MountJson::of).collect(),
            remarks: subject.remarks.iter().map(RemarkJson::of).collect(),
        }
    }
}

impl<'s> KeyJson<'s> {
    fn of(fact: &'s KeyFact) -> Self {
        let key = fact.key.as_ref().ok();
        Self {
            place: &fact.place,
            kind: key.map(|key| key.kind().to_string()),
            form: key.map(|key| key.form().to_string()),
            problem: fact.key.as_ref().err().map(ToString::to_string),
        }
    }
}

impl<'s> CrlJson<'s> {
    fn of(crl: &'s Crl) -> Self {
        Self {
            issuer: crl.issuer.to_string(),
            this_update: crl.this_update.and_then(written),
            next_update: crl.next_update.and_then(written),
            revoked: &crl.revoked,
            signature_algorithm: &crl.signature_algorithm,
            fault: crl.fault.as_deref(),
        }
    }
}

impl<'s> VerdictJson<'s> {
    fn of(verdict: &'s EnvoyVerdict) -> Self {
        Self { result: verdict.result(), depth: verdict.depth(), reason: verdict.reason() }
    }
}

impl<'s> DependentJson<'s> {
    fn of(dependent: &'s Dependent) -> Self {
        Self {
            context: ObjectJson::of(&dependent.context),
            role: dependent.role.to_string(),
            hosts: &dependent.hosts,
            routes: dependent
                .routes
                .iter()
                .map(|route| RouteJson {
                    kind: &route.object.kind,
                    namespace: &route.object.namespace,
                    name: &route.object.name,
                    host: route.host.as_deref(),
                    prefix: route.prefix.as_deref(),
                    service: &route.service,
                })
                .collect(),
        }
    }
}

impl<'s> RemarkJson<'s> {
    fn of(remark: &'s Remark) -> Self {
        Self {
            severity: remark.severity.to_string(),
            message: &remark.text,
            certificate: remark.certificate,
        }
    }
}
