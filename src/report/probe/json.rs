//! `probe -o json`, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::envoy::Alert;
use crate::probe::{
    Check, CheckResult, EnvoyOutcome, HelloAs, Knock, Matrix, Mutual, Opinion, Otherwise, PortMode,
    Sight, Story, Upgrade,
};
use crate::report::form::{ObjectJson, Streamed, schema_of};

use super::json_attempt::{AttemptJson, attempt, identity};

/// What `mtlsctl probe -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl probe -o json")]
struct Report<'s> {
    /// The version of this format; it increases when a field changes or is removed.
    version: u32,
    targets: Streamed<'s, TargetJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Target")]
struct TargetJson<'s> {
    upstream: &'s str,
    /// The object that names the upstream; null without manifests.
    object: Option<ObjectJson<'s>>,
    service: String,
    context: Option<&'s str>,
    address: Option<String>,
    /// The connections, in the order they were made.
    attempts: Vec<AttemptJson<'s>>,
    verdict: VerdictJson<'s>,
    /// A connection with a different ClientHello, made if the first one failed.
    second_knock: Option<KnockJson<'s>>,
    matrix: Option<MatrixJson>,
    checks: Vec<CheckJson<'s>>,
    /// Only if the input has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    world: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Verdict")]
struct VerdictJson<'s> {
    /// `accepted`, `passed_on`, `refused`, `config_rejected` or `unknown`.
    envoy: &'static str,
    envoy_reason: Option<String>,
    /// `%RESPONSE_FLAGS%`.
    envoy_flags: Option<&'static str>,
    /// `%UPSTREAM_TRANSPORT_FAILURE_REASON%`.
    envoy_log: Option<&'s str>,
    /// The statistic that counts it, below `cluster.<name>.`.
    envoy_stat: Option<&'static str>,
    upgrade: Option<UpgradeJson<'s>>,
    /// `accepted`, `refused` or `unknown` by a strict client.
    strict: &'static str,
    strict_reason: Option<&'s str>,
    mutual: &'static str,
    mutual_unknown_because: Option<&'s str>,
    client_certificate_accepted: Option<bool>,
}

/// The first newer Envoy with a different verdict on the server's chain.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Upgrade")]
struct UpgradeJson<'s> {
    envoy_version: String,
    result: &'static str,
    depth: Option<i32>,
    reason: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Knock")]
struct KnockJson<'s> {
    with: &'static str,
    sni: Option<&'s str>,
    mutual: &'static str,
    attempt: AttemptJson<'s>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Matrix")]
struct MatrixJson {
    mode: &'static str,
    plaintext: &'static str,
    trials: Vec<TrialJson>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trial")]
struct TrialJson {
    identity: &'static str,
    alpn: Option<&'static str>,
    seen: &'static str,
    alert: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Check")]
struct CheckJson<'s> {
    name: &'static str,
    result: &'static str,
    detail: &'s str,
    evidence: &'s [String],
    hint: Option<&'s str>,
}

/// Streams the whole report, one target at a time, to save memory.
///
/// # Errors
/// Serializer errors, which a report cannot cause.
pub fn json(stories: &[Story], now: OffsetDateTime) -> serde_json::Result<String> {
    let targets = Streamed::of(|| stories.iter().map(|story| target(story, now)));
    Ok(serde_json::to_string_pretty(&Report { version: 1, targets })? + "\n")
}

/// The JSON Schema of what [`json`] writes.
pub fn schema() -> Value {
    schema_of::<Report<'_>>()
}

fn target(story: &Story, now: OffsetDateTime) -> TargetJson<'_> {
    let origin = story.target.origin.as_ref();
    let address = story.first().and_then(|attempt| attempt.via.as_ref());
    let world = origin.map(|origin| origin.world.as_str());
    TargetJson {
        upstream: &story.target.name,
        object: origin.map(|origin| ObjectJson::of(&origin.object)),
        service: format!("{}:{}", story.target.host, story.target.port),
        context: story.target.context.as_deref(),
        address: address.map(ToString::to_string),
        attempts: story.attempts.iter().map(|one| attempt(one, story.mutual, now)).collect(),
        verdict: verdict(story),
        second_knock: story.knock.as_ref().map(|one| knock(one, now)),
        matrix: story.matrix.as_ref().map(matrix),
        checks: story.checks.iter().map(check).collect(),
        world: world.filter(|world| !world.is_empty()),
    }
}

fn verdict(story: &Story) -> VerdictJson<'_> {
    let (envoy, envoy_reason, refusal) = match &story.envoy {
        // Another client's ClientHello does not show how Envoy fares.
        _ if story.target.offer.profile == HelloAs::Strict => {
            ("unknown", Some("--profile strict sends a different ClientHello".to_owned()), None)
        }
        EnvoyOutcome::Accepted => ("accepted", None, None),
        EnvoyOutcome::PassedOn(status) => ("passed_on", Some(format!("HTTP {status}")), None),
        EnvoyOutcome::Refused(refusal) => ("refused", Some(refusal.reason.clone()), Some(refusal)),
        EnvoyOutcome::ConfigRejected(words) => ("config_rejected", Some(words.clone()), None),
        EnvoyOutcome::Unknown(why) => ("unknown", Some(why.clone()), None),
    };
    let (strict, _, strict_reason) = opinion(&story.strict);
    VerdictJson {
        envoy,
        envoy_reason,
        envoy_flags: refusal.map(|refusal| refusal.flags),
        envoy_log: refusal.and_then(|refusal| refusal.log.as_deref()),
        envoy_stat: refusal.map(|refusal| refusal.stat),
        upgrade: story.upgrade.as_ref().map(upgrade),
        strict,
        strict_reason,
        mutual: mutual(story.mutual),
        mutual_unknown_because: story.mutual_unknown.as_deref(),
        client_certificate_accepted: story.accepted,
    }
}

/// A verifier's result, with the certificate and the reason.
fn opinion(opinion: &Opinion) -> (&'static str, Option<i32>, Option<&str>) {
    match opinion {
        Opinion::Accepted => ("accepted", None, None),
        Opinion::Refused { depth, reason } => ("refused", *depth, Some(reason)),
        Opinion::Unknown(why) => ("unknown", None, Some(why)),
    }
}

fn upgrade(upgrade: &Upgrade) -> UpgradeJson<'_> {
    let (result, depth, reason) = opinion(&upgrade.opinion);
    UpgradeJson { envoy_version: upgrade.version.to_string(), result, depth, reason }
}

fn mutual(mutual: Mutual) -> &'static str {
    match mutual {
        Mutual::Required => "required",
        Mutual::Optional => "optional",
        Mutual::NotRequested => "not_requested",
        Mutual::AfterRequest => "after_request",
        Mutual::Unknown => "unknown",
    }
}

fn knock(knock: &Knock, now: OffsetDateTime) -> KnockJson<'_> {
    let (with, sni) = match &knock.otherwise {
        Otherwise::ServerName(name) => ("server_name", Some(name.as_str())),
        Otherwise::Tls13 => ("tls13", None),
    };
    let mutual = knock.demand.mutual;
    let attempt = attempt(&knock.attempt, mutual, now);
    KnockJson { with, sni, mutual: self::mutual(mutual), attempt }
}

fn check(check: &Check) -> CheckJson<'_> {
    let result = match check.result {
        CheckResult::Ok => "ok",
        CheckResult::Warning => "warning",
        CheckResult::Error => "error",
        CheckResult::Unknown => "unknown",
    };
    CheckJson {
        name: check.name,
        result,
        detail: &check.detail,
        evidence: &check.evidence,
        hint: check.hint.as_deref(),
    }
}

fn matrix(matrix: &Matrix) -> MatrixJson {
    let trials = matrix.trials.iter().map(|trial| TrialJson {
        identity: identity(trial.presented),
        alpn: trial.alpn,
        seen: sight(trial.sight),
        alert: match trial.sight {
            Sight::TurnedAway(Some(alert)) => Some(Alert(alert).name()),
            _ => None,
        },
    });
    MatrixJson {
        mode: mode(matrix.mode),
        plaintext: sight(matrix.plaintext),
        trials: trials.collect(),
    }
}

fn mode(mode: PortMode) -> &'static str {
    match mode {
        PortMode::IstioStrict => "istio_strict",
        PortMode::IstioPermissiveHttp => "istio_permissive_http",
        PortMode::IstioPermissiveAuto => "istio_permissive_auto",
        PortMode::ConsulEnvoy => "consul_envoy",
        PortMode::ConsulNative => "consul_native",
        PortMode::Strict => "strict",
        PortMode::Permissive => "permissive",
        PortMode::TlsOnly => "tls_only",
        PortMode::Plaintext => "plaintext",
        PortMode::Unknown => "unknown",
    }
}

fn sight(sight: Sight) -> &'static str {
    match sight {
        Sight::LetInAsked => "let_in",
        Sight::LetInUnasked => "let_in_unasked",
        Sight::TurnedAway(_) => "turned_away",
        Sight::Open => "not_confirmed",
        Sight::HungUp => "hung_up",
        Sight::Plain => "plaintext",
        Sight::Silent => "silence",
    }
}
