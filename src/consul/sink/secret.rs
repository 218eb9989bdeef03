//! The Secret as a sink: read, compared, and written only where that helps.

use time::OffsetDateTime;

use super::manifest::object;
use super::sink::{Placed, SinkError};
use super::stored::{COPY, Opinion};
use crate::consul::pair::Pair;
use crate::consul::pair::{Contents, Form};
use crate::kubernetes::Cluster;

/// One Secret, and what we know of it.
#[derive(Debug)]
pub struct SecretSink {
    cluster: Cluster,
    force: bool,
    /// The chain of our last write; while it is still there, nobody else writes.
    wrote: Option<String>,
}

impl SecretSink {
    /// A Secret that we write. With `force`, fields that others wrote become ours.
    pub fn new(cluster: Cluster, force: bool) -> Self {
        Self { cluster, force, wrote: None }
    }

    /// Which Secret.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    pub(crate) async fn put(
        &mut self,
        pair: &Pair,
        form: Form,
        now: OffsetDateTime,
    ) -> Result<Placed, SinkError> {
        let contents = Contents::of(pair, form)?;
        let mut object = object(pair, form, self.cluster.secret())?;
        let mut has_copy = false;
        if let Some(stored) = self.cluster.read().await? {
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
        self.cluster.apply(&object, self.force).await?;
        if has_copy {
            // The old key lies in it, and whoever wrote it does not come back for it.
            self.cluster.drop_annotation(COPY).await?;
        }
        self.wrote = contents.entry("tls.crt").map(|chain| chain.reveal().to_owned());
        Ok(Placed::Written)
    }

    fn stuck(&self, what: String, hint: &str) -> SinkError {
        SinkError {
            kind: "contested",
            message: format!("Secret {} {what}", self.cluster.secret()),
            hint: hint.to_owned(),
            retry_after: None,
            needs_somebody: true,
            unreached: false,
        }
    }
}
