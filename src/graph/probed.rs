//! Results of `probe -o json`, by the Mapping that was probed.

use std::collections::HashMap;

use serde::Deserialize;

use crate::diagnostic::ObjectName;

/// The result of probing a Mapping's upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probed {
    /// Envoy's verdict.
    pub verdict: ProbeVerdict,
    /// The same for people, with the reason.
    pub words: String,
}

/// Envoy's verdict on an upstream, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeVerdict {
    /// Envoy succeeds.
    Accepted,
    /// Envoy succeeds, and forwards the server's error response.
    PassedOn,
    /// Unknown.
    Unknown,
    /// Envoy would not load this configuration.
    ConfigRejected,
    /// Envoy fails.
    Refused,
}

impl ProbeVerdict {
    /// Its machine-readable name, as in `probe`'s report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::PassedOn => "passed_on",
            Self::Unknown => "unknown",
            Self::ConfigRejected => "config_rejected",
            Self::Refused => "refused",
        }
    }

    /// Whether requests fail.
    pub fn fails(self) -> bool {
        matches!(self, Self::ConfigRejected | Self::Refused)
    }
}

/// Why a file is not a report of `probe`.
#[derive(Debug, thiserror::Error)]
pub enum ProbedError {
    /// It is different JSON, or not JSON.
    #[error("it is not a JSON report of `probe`: {0}")]
    Foreign(#[from] serde_json::Error),
    /// It was written by another version of mtlsctl.
    #[error("it is version {0} of the report, and only version 1 is supported")]
    Version(u64),
}

#[derive(Deserialize)]
struct Report {
    version: u64,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    object: Option<Object>,
    /// The world it was probed in, if there were several.
    #[serde(default)]
    world: String,
    verdict: Verdict,
}

#[derive(Deserialize)]
struct Object {
    kind: String,
    namespace: String,
    name: String,
}

#[derive(Deserialize)]
struct Verdict {
    envoy: ProbeVerdict,
    envoy_reason: Option<String>,
    mutual: String,
}

/// Results by world (empty if there was only one) and Mapping.
pub type Results = HashMap<(String, ObjectName), Probed>;

/// Reads a report; targets without a Mapping (a bare `HOST:PORT`) are left out, and of several
/// results for one Mapping the worst is used.
///
/// # Errors
/// A text that is not such a report.
pub fn probed(text: &str) -> Result<Results, ProbedError> {
    let report: Report = serde_json::from_str(text)?;
    if report.version != 1 {
        return Err(ProbedError::Version(report.version));
    }
    let mut results = Results::new();
    for target in report.targets {
        let Some(Object { kind, namespace, name }) = target.object else { continue };
        let result = Probed { verdict: target.verdict.envoy, words: words(&target.verdict) };
        let object = (target.world, ObjectName { kind, namespace, name });
        match results.get(&object) {
            Some(known) if known.verdict >= result.verdict => {}
            _ => drop(results.insert(object, result)),
        }
    }
    Ok(results)
}

fn words(verdict: &Verdict) -> String {
    let reason = verdict.envoy_reason.as_deref().unwrap_or("no reason given");
    match (verdict.envoy, verdict.mutual.as_str()) {
        (ProbeVerdict::Accepted, "required") => "probed: mutual TLS".to_owned(),
        (ProbeVerdict::Accepted, "optional") => {
            "probed: accepted, but the server also accepts clients without a certificate".to_owned()
        }
        (ProbeVerdict::Accepted, "not_requested") => {
            "probed: accepted, but the server does not ask for a client certificate".to_owned()
        }
        (ProbeVerdict::Accepted, _) => "probed: accepted".to_owned(),
        (ProbeVerdict::PassedOn, _) => format!("probed: accepted, and answers {reason}"),
        (ProbeVerdict::Unknown, _) => format!("probed: unknown, {reason}"),
        (ProbeVerdict::ConfigRejected, _) => format!("probed: Envoy rejects it, {reason}"),
        (ProbeVerdict::Refused, _) => format!("probed: fails, {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_result_of_a_mapping_counts() {
        let target = |verdict: &str| {
            format!(
                r#"{{"object": {{"kind": "Mapping", "namespace": "a", "name": "m"}}, "service": "s:1",
                "verdict": {{"envoy": "{verdict}", "envoy_reason": "why", "mutual": "required"}}}}"#
            )
        };
        let text = format!(
            r#"{{"version": 1, "targets": [{}, {}, {{"object": null,
            "verdict": {{"envoy": "accepted", "envoy_reason": null, "mutual": "unknown"}}}}]}}"#,
            target("refused"),
            target("accepted")
        );
        let results = probed(&text).unwrap();
        let result = results.into_values().next().unwrap();
        assert_eq!(result.verdict, ProbeVerdict::Refused);
        assert_eq!(result.words, "probed: fails, why");
    }

    #[test]
    fn results_of_several_worlds_are_told_apart() {
        let target = |world: &str, verdict: &str| {
            format!(
                r#"{{"object": {{"kind": "Mapping", "namespace": "a", "name": "m"}}, "world": "{world}",
                "verdict": {{"envoy": "{verdict}", "envoy_reason": "HTTP 401", "mutual": "optional"}}}}"#
            )
        };
        let both = format!("{}, {}", target("dev", "refused"), target("prod", "passed_on"));
        let results = probed(&format!(r#"{{"version": 1, "targets": [{both}]}}"#)).unwrap();
        let of = |world: &str| {
            let mut own = results.iter().filter(|((own, _), _)| own == world);
            own.next().map(|(_, result)| result.words.clone())
        };
        assert_eq!(of("dev").as_deref(), Some("probed: fails, HTTP 401"));
        assert_eq!(of("prod").as_deref(), Some("probed: accepted, and answers HTTP 401"));
    }

    #[test]
    fn other_files_are_refused_with_the_reason() {
        assert!(probed("[]").unwrap_err().to_string().contains("not a JSON report"));
        let newer = probed(r#"{"version": 2, "targets": []}"#).unwrap_err();
        assert!(newer.to_string().contains("version 2"));
    }
}
