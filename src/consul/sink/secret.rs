//! The Secret as a sink: read, compared, and written only where that helps.

use serde_json::json;
use time::OffsetDateTime;

use super::manifest::object;
use super::placed::{Placed, SinkError};
use super::stored::{COPY, Opinion};
use crate::consul::pair::Pair;
use crate::consul::pair::{Contents, PairForm};
use crate::consul::sink::{SecretName, Stored};
use crate::kubernetes::{ApiError, ClusterClient, ClusterObject, RefusalKind};

/// One Secret, and what we know of it.
#[derive(Debug)]
pub struct SecretSink {
    cluster: ClusterClient,
    object: ClusterObject,
    name: SecretName,
    force: bool,
    /// The chain of our last write; while it is still there, nobody else writes.
    wrote: Option<String>,
}

impl SecretSink {
    /// A Secret that we write; without a namespace, into that of the kubeconfig's context or of the
    /// pod. With `force`, fields that others wrote become ours.
    pub fn new(cluster: ClusterClient, secret: &SecretName, force: bool) -> Self {
        let namespace = secret.namespace.clone();
        let namespace = namespace.unwrap_or_else(|| cluster.namespace().to_owned());
        let object = ClusterObject::secret(&namespace, &secret.name);
        let name = SecretName { name: secret.name.clone(), namespace: Some(namespace) };
        Self { cluster, object, name, force, wrote: None }
    }

    /// Which Secret, with its namespace.
    pub fn name(&self) -> &SecretName {
        &self.name
    }

    pub(crate) async fn put(
        &mut self,
        pair: &Pair,
        form: PairForm,
        now: OffsetDateTime,
    ) -> Result<Placed, SinkError> {
        let contents = Contents::of(pair, form)?;
        let mut object = object(pair, form, &self.name)?;
        let mut has_copy = false;
        if let Some(stored) = self.read().await? {
            has_copy = stored.has_copy;
            if stored.kind != "kubernetes.io/tls" {
                return Err(self.stuck(
                    format!("has the type `{}`", stored.kind),
                    "the type of a Secret cannot change; delete it",
                ));
            }
            let ours = self.wrote.is_some() && self.wrote.as_deref() == stored.chain();
            match stored.opinion(pair, &contents, ours, now) {
                Opinion::Same => {
                    self.wrote = stored.chain().map(str::to_owned);
                    return Ok(Placed::Unchanged);
                }
                Opinion::Stays { why, facts } => {
                    return Ok(Placed::Kept { why, until: facts.validity.not_after });
                }
                // Once is a change of identity; again is a fight, which nobody wins.
                Opinion::Foreign(other) if self.wrote.is_some() => {
                    return Err(self.stuck(
                        format!("was overwritten with a certificate for {other}"),
                        "two writers of different identities need different Secrets",
                    ));
                }
                Opinion::Foreign(_) | Opinion::Replace => {}
            }
            if let Some(version) = stored.version {
                // Refused if somebody writes between our reading and our writing.
                object["metadata"]["resourceVersion"] = version.into();
            }
        }
        let applied = self.cluster.apply(&self.object, &object, self.force).await?;
        let mut left = serde_json::Map::new();
        if has_copy {
            // The old key lies in it, and whoever wrote it does not come back for it.
            left.insert("annotations".to_owned(), json!({ COPY: null }));
        }
        if let Some(managers) = applied.without_empty_maps(COPY).filter(|_| self.force) {
            left.insert("managedFields".to_owned(), json!(managers));
            left.insert("resourceVersion".to_owned(), json!(applied.version));
        }
        if !left.is_empty() {
            self.cluster.change_metadata(&self.object, left.into()).await?;
        }
        self.wrote = contents.entry("tls.crt").map(|chain| chain.reveal().to_owned());
        Ok(Placed::Written)
    }

    /// What is stored; `None` if the Secret does not exist.
    async fn read(&self) -> Result<Option<Stored>, SinkError> {
        let Some(body) = self.cluster.get(&self.object).await? else { return Ok(None) };
        match Stored::read(&body) {
            Some(stored) => Ok(Some(stored)),
            None => Err(ApiError::not_kubernetes("its answer is not a Secret").into()),
        }
    }

    fn stuck(&self, what: String, hint: &str) -> SinkError {
        SinkError {
            kind: "contested",
            message: format!("Secret {} {what}", self.name),
            hint: hint.to_owned(),
            retry_after: None,
            needs_somebody: true,
            unreached: false,
        }
    }
}

impl From<ApiError> for SinkError {
    /// The words for somebody who wants a Secret to be written.
    fn from(error: ApiError) -> Self {
        let hint = match &error.reason {
            RefusalKind::Forbidden => {
                "the account needs get, create and patch on secrets; see `consul export --manifests`"
                    .to_owned()
            }
            RefusalKind::NotFound => "does the namespace exist? --secret-namespace names it".to_owned(),
            RefusalKind::OwnedByOthers(_) => format!(
                "{}; --force-conflicts takes it over, for example from Ambassador's own connector",
                error.hint()
            ),
            RefusalKind::Invalid => {
                "neither the type of a Secret nor an immutable one can be changed; delete it"
                    .to_owned()
            }
            // Whether a write was done does not matter: the next read tells.
            RefusalKind::Timeout => "it will be retried".to_owned(),
            _ => error.hint(),
        };
        let (kind, needs_somebody) = match &error.reason {
            RefusalKind::Setup => ("setup", true),
            RefusalKind::Unreachable => ("unreachable", false),
            RefusalKind::Timeout => ("timeout", false),
            RefusalKind::Unauthorized => ("unauthorized", true),
            RefusalKind::Forbidden => ("forbidden", true),
            RefusalKind::NotFound => ("not_found", true),
            RefusalKind::OwnedByOthers(_) => ("owned_by_others", true),
            RefusalKind::Conflict => ("conflict", false),
            RefusalKind::Invalid => ("invalid", true),
            RefusalKind::Trouble => ("trouble", false),
            RefusalKind::NotKubernetes
            | RefusalKind::Gone
            | RefusalKind::Unstarted
            | RefusalKind::Unexpected => ("unexpected", true),
        };
        Self {
            kind,
            message: error.message,
            hint,
            retry_after: error.retry_after,
            needs_somebody,
            unreached: matches!(error.reason, RefusalKind::Unreachable | RefusalKind::Timeout),
        }
    }
}
