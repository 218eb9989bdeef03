//! What a Kubernetes API server says no with, in words that help.

use std::error::Error;
use std::time::Duration;

use serde::Deserialize;

use crate::consul::SecretName;
use crate::consul::SinkError;
use crate::consul::agent::first_line;

/// The API's `Status`, as far as it is used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Status {
    kind: String,
    message: String,
    details: Details,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Details {
    causes: Vec<Cause>,
    #[serde(rename = "retryAfterSeconds")]
    retry_after: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cause {
    reason: String,
    field: String,
}

impl Status {
    /// Whether it is one at all.
    pub(crate) fn is_one(&self) -> bool {
        self.kind == "Status"
    }
}

/// The words for an answer that is not 2xx. `verb` is what cannot be done: `read`, `written`.
pub(crate) fn of(
    code: u16,
    status: &Status,
    retry_after: Option<Duration>,
    verb: &str,
    secret: &SecretName,
) -> SinkError {
    let retry_after = retry_after.or(status.details.retry_after.map(Duration::from_secs));
    let said = match first_line(&status.message) {
        said if said.is_empty() => format!("status {code}"),
        said => said,
    };
    let message = format!("Secret {secret} cannot be {verb}: {said}");
    let error = |kind, needs_somebody, hint: &str| SinkError {
        kind,
        message: message.clone(),
        hint: hint.to_owned(),
        retry_after: retry_after.map(|after| after.min(Duration::from_secs(600))),
        needs_somebody,
        unreached: false,
    };
    let foreign = |cause: &&Cause| cause.reason == "FieldManagerConflict";
    match code {
        401 => error("unauthorized", true, "the cluster does not know us: another kubeconfig?"),
        403 => error(
            "forbidden",
            true,
            "the account needs get, create and patch on secrets; see `consul export --manifests`",
        ),
        404 => error("not_found", true, "does the namespace exist? --secret-namespace names it"),
        409 if status.details.causes.iter().any(|cause| foreign(&cause)) => {
            let fields: Vec<&str> =
                status.details.causes.iter().filter(foreign).map(field).collect();
            error(
                "owned_by_others",
                true,
                &format!(
                    "somebody else wrote {}; --force-conflicts takes it over, as after \
                     Ambassador's own connector",
                    fields.join(", ")
                ),
            )
        }
        409 => error("conflict", false, "it changed meanwhile"),
        422 => error(
            "invalid",
            true,
            "neither the type of a Secret nor an immutable one can be changed; delete it",
        ),
        429 | 500..=599 => error("trouble", false, "the API server has trouble; it often passes"),
        _ => error("unexpected", true, "is it a Kubernetes API server?"),
    }
}

fn field(cause: &Cause) -> &str {
    &cause.field
}

/// Nothing was sent, because there is nowhere to send it to.
pub(crate) fn no_way_in(error: &dyn Error) -> SinkError {
    SinkError {
        kind: "setup",
        message: format!("no way into a cluster: {}", innermost(error)),
        hint: "name a kubeconfig by --kubeconfig or KUBECONFIG, or run it in a pod".to_owned(),
        retry_after: None,
        needs_somebody: true,
        unreached: false,
    }
}

/// Nobody answered, or not to the end.
pub(crate) fn unreached(error: &(dyn Error + 'static)) -> SinkError {
    SinkError {
        kind: "unreachable",
        message: format!("the API server cannot be reached: {}", innermost(error)),
        hint: "is the address in the kubeconfig right?".to_owned(),
        retry_after: None,
        needs_somebody: false,
        unreached: true,
    }
}

/// It did not answer in time; whether a write was done is not known, and does not matter: the next
/// read tells.
pub(crate) fn too_slow(patience: Duration) -> SinkError {
    SinkError {
        kind: "timeout",
        message: format!("the API server did not answer within {} s", patience.as_secs()),
        hint: "it is tried again".to_owned(),
        retry_after: None,
        needs_somebody: false,
        unreached: true,
    }
}

/// Something answers that is no Kubernetes.
pub(crate) fn not_kubernetes(why: &str) -> SinkError {
    SinkError {
        kind: "unexpected",
        message: format!("this is no Kubernetes API server: {why}"),
        hint: "is the address in the kubeconfig right?".to_owned(),
        retry_after: None,
        needs_somebody: true,
        unreached: false,
    }
}

/// The error behind all the others, which is the one that says what happened.
fn innermost(error: &dyn Error) -> String {
    let mut inner = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        inner = error.to_string();
        next = error.source();
    }
    let end = inner.find(" (os error").unwrap_or(inner.len());
    first_line(&inner[..end])
}
