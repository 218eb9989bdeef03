//! The Secret as a sink: read, compared, and written only if needed.

use serde_json::json;
use time::OffsetDateTime;

use super::manifest::object;
use super::placed::{Placed, SinkError};
use super::stored::{COPY, Opinion};
use crate::consul::pair::Pair;
use crate::consul::pair::{Contents, PairForm};
use crate::consul::sink::{SecretName, Stored};
use crate::kubernetes::{ApiError, ClusterClient, ClusterObject, RefusalKind};

/// A Secret and what is known about it.
#[derive(Debug)]
pub struct SecretSink {
    cluster: ClusterClient,
    object: ClusterObject,
    name: SecretName,
    force: bool,
    /// The chain of our last write; as long as it is there, nobody else is writing.
    wrote: Option<String>,
}

impl SecretSink {
    /// A Secret to write. The namespace defaults to that of the kubeconfig's context or the pod.
    /// With `force`, fields of other managers are taken over.
    pub fn new(cluster: ClusterClient, secret: &SecretName, force: bool) -> Self {
        let namespace = secret.namespace.clone();
        let namespace = namespace.unwrap_or_else(|| cluster.namespace().to_owned());
        let object = ClusterObject::secret(&namespace, &secret.name);
        let name = SecretName { name: secret.name.clone(), namespace: Some(namespace) };
        Self { cluster, object, name, force, wrote: None }
    }

    /// Its name, with the namespace.
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
                // The first time it is a change of identity; after that, two writers keep
                // overwriting each other.
                Opinion::Foreign(other) if self.wrote.is_some() => {
                    return Err(self.stuck(
                        format!("was overwritten with a certificate for {other}"),
                        "two writers of different identities need different Secrets",
                    ));
                }
                Opinion::Foreign(_) | Opinion::Replace => {}
            }
            if let Some(version) = stored.version {
                // The write is rejected if another client wrote after our read.
                object["metadata"]["resourceVersion"] = version.into();
            }
        }
        let applied = self.cluster.apply(&self.object, &object, self.force).await?;
        let mut left = serde_json::Map::new();
        if has_copy {
            // The annotation still has the old key, and its writer will not remove it.
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

    /// The stored Secret; `None` if it does not exist.
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
            needs_operator: true,
            unreached: false,
        }
    }
}

impl From<ApiError> for SinkError {
    /// The error messages for writing a Secret.
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
            // It does not matter whether a write was done: the next read shows it.
            RefusalKind::Timeout => "it will be retried".to_owned(),
            _ => error.hint(),
        };
        let (kind, needs_operator) = match &error.reason {
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
            needs_operator,
            unreached: matches!(error.reason, RefusalKind::Unreachable | RefusalKind::Timeout),
        }
    }
}
