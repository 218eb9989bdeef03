//! Why the API server did not do what it was asked, in words that help.

use std::error::Error;
use std::time::Duration;

use kube::client::AuthError;
use serde::Deserialize;

use crate::source::first_line;

/// The API server, or the way to it, said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What kind of no.
    pub reason: RefusalKind,
    /// What happened.
    pub message: String,
    /// When it may be tried again, if the server said so; at most ten minutes.
    pub retry_after: Option<Duration>,
}

/// Kinds of refusals that call for different steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalKind {
    /// There is no usable kubeconfig, nor a pod's account.
    Setup,
    /// Nobody answered, or not to the end.
    Unreachable,
    /// No complete answer within the time for one.
    Timeout,
    /// What answers is no Kubernetes API server.
    NotKubernetes,
    /// 401: the credentials are wrong or have expired.
    Unauthorized,
    /// 403: the account may not do that.
    Forbidden,
    /// 404: it, or its namespace, or its kind does not exist.
    NotFound,
    /// 409 of server-side apply: other managers own these fields.
    OwnedByOthers(Vec<String>),
    /// 409: it changed between reading and writing.
    Conflict,
    /// 410: the list that was being read has expired.
    Gone,
    /// 422: the object is not valid, or may not change so.
    Invalid,
    /// 429 or 5xx: the server has trouble.
    Trouble,
    /// What was created does not run, or does not end.
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

    /// Nothing was sent, because there is nowhere to send it to.
    pub(crate) fn no_way_in(error: &(dyn Error + 'static)) -> Self {
        let why = plugin(error).unwrap_or_else(|| innermost(error));
        Self::new(RefusalKind::Setup, format!("cannot connect to a cluster: {why}"))
    }

    /// Nobody answered, or not to the end.
    pub(crate) fn unreached(error: &(dyn Error + 'static)) -> Self {
        if let Some(why) = plugin(error) {
            return Self::new(RefusalKind::Setup, format!("cannot connect to a cluster: {why}"));
        }
        let message = format!("the API server cannot be reached: {}", innermost(error));
        Self::new(RefusalKind::Unreachable, message)
    }

    /// It did not answer in time; whether a write was done is not known.
    pub(crate) fn too_slow(patience: Duration) -> Self {
        let message = format!("the API server did not answer within {} s", patience.as_secs());
        Self::new(RefusalKind::Timeout, message)
    }

    /// What was created does not run, or does not end.
    pub(super) fn unstarted(message: String) -> Self {
        Self::new(RefusalKind::Unstarted, message)
    }

    /// Something answers that is no Kubernetes.
    pub(crate) fn not_kubernetes(why: &str) -> Self {
        Self::new(RefusalKind::NotKubernetes, format!("this is not a Kubernetes API server: {why}"))
    }

    /// An answer that is not 2xx. `what` cannot be `verb`: `Secret a/b`, `read`.
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

/// The API's `Status`, as far as it is used.
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
    /// Whether a body is one at all: a proxy's page is not.
    pub(super) fn is_one(body: &[u8]) -> bool {
        serde_json::from_slice::<Self>(body).is_ok_and(|status| status.kind == "Status")
    }
}

/// What went wrong with a credential plugin. The library's own words hold all that the plugin wrote,
/// and that may be a credential.
fn plugin(error: &(dyn Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        match error.downcast_ref::<AuthError>() {
            // Its command is told with its environment, which may hold more of the kind.
            Some(AuthError::AuthExecRun { out, .. }) => {
                let status = out.status;
                let said = first_line(&String::from_utf8_lossy(&out.stderr));
                let said = if said.is_empty() { said } else { format!(": {said}") };
                return Some(format!("the credential plugin ended with {status}{said}"));
            }
            Some(AuthError::AuthExecParse(_)) => {
                return Some("the credential plugin wrote no ExecCredential".to_owned());
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
