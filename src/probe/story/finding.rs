//! Problems as findings on manifest lines.

use super::sentence::{Check, Result};
use super::story::Story;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::probe::target::TargetOrigin;
use crate::probe::verdict::ProbeOutcome;
use crate::source::Span;

/// The findings of a target; `None` for HOST:PORT targets, which are in no manifest.
pub fn findings(story: &Story) -> Vec<Diagnostic> {
    let outcome = &story.outcome;
    let Some(origin) = &outcome.target.origin else {
        return Vec::new();
    };
    let bad = story.checks.iter().filter_map(|check| Some((check, severity(check.result)?)));
    bad.filter_map(|(check, severity)| finding(outcome, origin, check, severity)).collect()
}

fn finding(
    outcome: &ProbeOutcome,
    origin: &TargetOrigin,
    check: &Check,
    severity: Severity,
) -> Option<Diagnostic> {
    let (span, text) = place(origin, check)?;
    Some(Diagnostic {
        rule: check.name,
        severity,
        message: check.detail.clone(),
        field: String::new(),
        object: Some(origin.object.clone()),
        primary: Label { span, text: text.to_owned() },
        related: Vec::new(),
        notes: std::iter::once(format!("probed: {}", outcome.target.title()))
            .chain(check.evidence.iter().cloned())
            .collect(),
        help: check.hint.iter().cloned().collect(),
        fix: None,
        cause: None,
    })
}

fn severity(result: Result) -> Option<Severity> {
    match result {
        Result::Ok => None,
        Result::Warning => Some(Severity::Warning),
        // An unknown result makes the command fail, so it counts as an error here.
        Result::Unknown | Result::Error => Some(Severity::Error),
    }
}

/// Problems of the connection belong to `service`, problems of certificates to `tls`.
fn place(origin: &TargetOrigin, check: &Check) -> Option<(Span, &'static str)> {
    let way = matches!(check.name, "address" | "tcp" | "tls" | "plaintext" | "answer");
    let (service, tls) = (
        origin.service.map(|span| (span, "this service")),
        origin.tls.map(|span| (span, "with this context")),
    );
    if way { service.or(tls) } else { tls.or(service) }
}
