//! Errors of the API server, with next steps.

use std::error::Error;
use std::time::Duration;

use kube::client::AuthError;
use serde::Deserialize;

use crate::source::first_line;

/// A request to the API server failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// The kind of error.
    pub reason: RefusalKind,
    /// What happened.
    pub message: String,
    /// When to retry, if the server said so; at most ten minutes.
    pub retry_after: Option<Duration>,
}

/// Kinds of errors with different next steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalKind {
    /// There is neither a usable kubeconfig nor a pod's service account.
    Setup,
    /// No response, or not a complete one.
    Unreachable,
    /// No complete response within the time limit.
    Timeout,
    /// The server is not a Kubernetes API server.
    NotKubernetes,
    /// 401: the credentials are wrong or have expired.
    Unauthorized,
    /// 403: the account is not allowed to do that.
    Forbidden,
    /// 404: the object, its namespace or its kind does not exist.
    NotFound,
    /// 409 of a server-side apply: other managers own these fields.
    OwnedByOthers(Vec<String>),
    /// 409: the object changed between reading and writing.
    Conflict,
    /// 410: the list expired while it was read.
    Gone,
    /// 422: the object is invalid, or the change is not allowed.
    Invalid,
    /// 429 or 5xx: a problem of the server.
    Trouble,
    /// A created object does not start or does not end.
    Unstarted,
    /// Any other status.
    Unexpected,
}

impl ApiError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.reason {
            RefusalKind::Setup => {
                "name a kubeconfig by --kubeconfig or KUBECONFIG, or run it in a pod"
            }
            RefusalKind::Unreachable | RefusalKind::NotKubernetes => {
                "is the address in the kubeconfig right?"
            }
            RefusalKind::Timeout => "the API server is slow or busy; try again",
            RefusalKind::Unauthorized => {
                "the cluster does not accept these credentials: use another \
                                     kubeconfig?"
            }
            RefusalKind::Forbidden => "the account needs a Role that allows it",
            RefusalKind::NotFound => "do the namespace and the kind exist?",
            RefusalKind::OwnedByOthers(fields) => {
                return format!("another client wrote {}", fields.join(", "));
            }
            RefusalKind::Conflict => "it changed meanwhile",
            RefusalKind::Gone => "the list expired while it was being read; try again",
            RefusalKind::Invalid => "the API server reports what is wrong with it",
            RefusalKind::Trouble => "the API server has a problem, which is often temporary",
            RefusalKind::Unstarted => "`kubectl describe` shows the events of its pod",
            RefusalKind::Unexpected => "is it a Kubernetes API server?",
        }
        .to_owned()
    }

    /// Nothing was sent, because no cluster is configured.
    pub(crate) fn no_way_in(error: &(dyn Error + 'static)) -> Self {
        let why = plugin(error).unwrap_or_else(|| innermost(error));
        Self::new(RefusalKind::Setup, format!("cannot connect to a cluster: {why}"))
    }

    /// No response, or not a complete one.
    pub(crate) fn unreached(error: &(dyn Error + 'static)) -> Self {
        if let Some(why) = plugin(error) {
            return Self::new(RefusalKind::Setup, format!("cannot connect to a cluster: {why}"));
        }
        let message = format!("the API server cannot be reached: {}", innermost(error));
        Self::new(RefusalKind::Unreachable, message)
    }

    /// No response in time; it is unknown whether a write was done.
    pub(crate) fn too_slow(patience: Duration) -> Self {
        let message = format!("the API server did not answer within {} s", patience.as_secs());
        Self::new(RefusalKind::Timeout, message)
    }

    /// A created object does not start or does not end.
    pub(super) fn unstarted(message: String) -> Self {
        Self::new(RefusalKind::Unstarted, message)
    }

    /// The server is not a Kubernetes API server.
    pub(crate) fn not_kubernetes(why: &str) -> Self {
        Self::new(RefusalKind::NotKubernetes, format!("this is not a Kubernetes API server: {why}"))
    }

    /// A response other than 2xx. In the message, `what` cannot be `verb`: `Secret a/b`, `read`.
    pub(super) fn refused(
        code: u16,
        body: &[u8],
        retry_after: Option<Duration>,
        (what, verb): (&dyn std::fmt::Display, &str),
    ) -> Self {
        let status: Status = serde_json::from_slice(body).unwrap_or_default();
        let retry_after = retry_after.or(status.details.retry_after.map(Duration::from_secs));
        let said = match first_line(&status.message) {
            said if said.is_empty() => format!("status {code}"),
            said => said,
        };
        let foreign = |cause: &Cause| cause.reason == "FieldManagerConflict";
        let reason = match code {
            401 => RefusalKind::Unauthorized,
            403 => RefusalKind::Forbidden,
            404 => RefusalKind::NotFound,
            409 if status.details.causes.iter().any(foreign) => {
                let causes = status.details.causes.into_iter().filter(foreign);
                RefusalKind::OwnedByOthers(causes.map(|cause| cause.field).collect())
            }
            409 => RefusalKind::Conflict,
            410 => RefusalKind::Gone,
            422 => RefusalKind::Invalid,
            429 | 500..=599 => RefusalKind::Trouble,
            _ => RefusalKind::Unexpected,
        };
        Self {
            reason,
            message: format!("{what} cannot be {verb}: {said}"),
            retry_after: retry_after.map(|after| after.min(Duration::from_secs(600))),
        }
    }

    fn new(reason: RefusalKind, message: String) -> Self {
        Self { reason, message, retry_after: None }
    }
}

/// The fields of the API's `Status` that are used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Status {
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
    /// Whether a response body is a Status; a proxy's error page is not.
    pub(super) fn is_one(body: &[u8]) -> bool {
        serde_json::from_slice::<Self>(body).is_ok_and(|status| status.kind == "Status")
    }
}

/// The error of a credential plugin. The library's own message includes the plugin's output, which
/// may be a credential.
fn plugin(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        match error.downcast_ref::<AuthError>() {
            // The message has the command with its environment, which may also hold credentials.
            Some(AuthError::AuthExecRun { out, .. }) => {
                let status = out.status;
                let said = first_line(&String::from_utf8_lossy(&out.stderr));
                let said = if said.is_empty() { said } else { format!(": {said}") };
                return Some(format!("the credential plugin ended with {status}{said}"));
            }
            Some(AuthError::AuthExecParse(_)) => {
                return Some("the credential plugin did not write an ExecCredential".to_owned());
            }
            Some(AuthError::AuthExecStart(error)) => {
                let why = innermost(error);
                return Some(format!("the credential plugin cannot be started: {why}"));
            }
            _ => next = error.source(),
        }
    }
    None
}

/// The innermost error, which is the most specific one.
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
