//! A Secret in a cluster, read and written over the Kubernetes API.

use std::path::PathBuf;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::header::{CONTENT_TYPE, RETRY_AFTER};
use hyper::{Method, Request, StatusCode};
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::refusal;
use crate::consul::SecretName;
use crate::consul::SinkError;
use crate::consul::sink::Stored;

/// Under which name the API server keeps our fields.
const FIELD_MANAGER: &str = "mtlsctl";

/// The two kinds of PATCH that are sent.
const APPLY: &str = "application/apply-patch+yaml";
const MERGE: &str = "application/merge-patch+json";

/// For one request, from the first byte to the last.
const PATIENCE: Duration = Duration::from_secs(20);

/// Secrets are limited to 1 MiB; what is larger is none.
const LARGEST_ANSWER: usize = 4 << 20;

/// How to get into the cluster.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// A kubeconfig; else `KUBECONFIG`, `~/.kube/config`, or the pod's own account.
    pub kubeconfig: Option<PathBuf>,
    /// A context in it; else the current one.
    pub context: Option<String>,
}

/// One Secret of one cluster.
#[derive(Clone)]
pub struct Cluster {
    client: Client,
    path: String,
    secret: SecretName,
}

/// What the API server says to a request.
pub(crate) struct Answer {
    status: StatusCode,
    retry_after: Option<Duration>,
    body: Zeroizing<Vec<u8>>,
}

impl Cluster {
    /// Finds the way in. Nothing is sent yet. Without a namespace, the Secret goes to that of the
    /// context, or of the pod.
    ///
    /// # Errors
    /// A kubeconfig that cannot be used, or none where there is no pod either.
    pub async fn find(access: &Access, secret: &SecretName) -> Result<Self, SinkError> {
        let options =
            KubeConfigOptions { context: access.context.clone(), ..KubeConfigOptions::default() };
        let config = match &access.kubeconfig {
            Some(path) => match Kubeconfig::read_from(path) {
                Ok(file) => Config::from_custom_kubeconfig(file, &options)
                    .await
                    .map_err(|error| refusal::no_way_in(&error)),
                Err(error) => Err(refusal::no_way_in(&error)),
            },
            None if access.context.is_some() => {
                Config::from_kubeconfig(&options).await.map_err(|error| refusal::no_way_in(&error))
            }
            None => Config::infer().await.map_err(|error| refusal::no_way_in(&error)),
        };
        let mut config = config?;
        config.connect_timeout = Some(Duration::from_secs(10));
        // How often to try again is ours to decide, and to tell.
        config.default_retry = false;
        let client = Client::try_from(config).map_err(|error| refusal::no_way_in(&error))?;
        let namespace = secret.namespace.clone();
        let namespace = namespace.unwrap_or_else(|| client.default_namespace().to_owned());
        let name = &secret.name;
        Ok(Self {
            path: format!("/api/v1/namespaces/{namespace}/secrets/{name}"),
            secret: SecretName { name: name.clone(), namespace: Some(namespace) },
            client,
        })
    }

    /// The Secret with its namespace.
    pub fn secret(&self) -> &SecretName {
        &self.secret
    }

    /// What is stored; `None` if the Secret does not exist.
    pub(crate) async fn read(&self) -> Result<Option<Stored>, SinkError> {
        let answer = self.send(Method::GET, &self.path, APPLY, None).await?;
        match answer.status {
            StatusCode::OK => Stored::read(&answer.body)
                .map(Some)
                .ok_or_else(|| refusal::not_kubernetes("its answer is no Secret")),
            StatusCode::NOT_FOUND if self.is_status(&answer) => Ok(None),
            _ => Err(self.refused("read", &answer)),
        }
    }

    /// Server-side apply: our fields become these, whoever owns others keeps them. With `force`, fields
    /// of other managers become ours.
    pub(crate) async fn apply(&self, object: &Value, force: bool) -> Result<(), SinkError> {
        let path = format!("{}?fieldManager={FIELD_MANAGER}&force={force}", self.path);
        let body = Zeroizing::new(object.to_string());
        let answer = self.send(Method::PATCH, &path, APPLY, Some(&body)).await?;
        match answer.status {
            StatusCode::OK | StatusCode::CREATED if Stored::read(&answer.body).is_some() => Ok(()),
            StatusCode::OK | StatusCode::CREATED => {
                Err(refusal::not_kubernetes("its answer to the write is no Secret"))
            }
            _ => Err(self.refused("written", &answer)),
        }
    }

    /// Takes an annotation away, whoever owns it.
    pub(crate) async fn drop_annotation(&self, name: &str) -> Result<(), SinkError> {
        let path = format!("{}?fieldManager={FIELD_MANAGER}", self.path);
        let body = serde_json::json!({"metadata": {"annotations": {name: null}}}).to_string();
        let answer = self.send(Method::PATCH, &path, MERGE, Some(&body)).await?;
        match answer.status {
            StatusCode::OK => Ok(()),
            _ => Err(self.refused("rid of the copy in its annotations", &answer)),
        }
    }

    fn is_status(&self, answer: &Answer) -> bool {
        serde_json::from_slice::<refusal::Status>(&answer.body).is_ok_and(|status| status.is_one())
    }

    fn refused(&self, verb: &str, answer: &Answer) -> SinkError {
        let status = serde_json::from_slice(&answer.body).unwrap_or_default();
        refusal::of(answer.status.as_u16(), &status, answer.retry_after, verb, &self.secret)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        kind: &'static str,
        body: Option<&str>,
    ) -> Result<Answer, SinkError> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(CONTENT_TYPE, kind)
            .header("accept", "application/json")
            .body(Body::from(body.unwrap_or_default().as_bytes().to_vec()))
            .map_err(|error| refusal::no_way_in(&error))?;
        let exchange = async {
            let response =
                self.client.send(request).await.map_err(|error| refusal::unreached(&error))?;
            let status = response.status();
            let after = response.headers().get(RETRY_AFTER);
            let after = after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
            let body = Limited::new(response.into_body(), LARGEST_ANSWER);
            let body = body.collect().await.map_err(|error| refusal::unreached(&*error))?;
            Ok(Answer {
                status,
                retry_after: after.map(Duration::from_secs),
                body: Zeroizing::new(body.to_bytes().to_vec()),
            })
        };
        match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(answer) => answer,
            Err(_) => Err(refusal::too_slow(PATIENCE)),
        }
    }
}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cluster({})", self.secret)
    }
}

/// As far as an object of the API says what it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Kind {
    /// `Secret`, `Status`, …
    pub(crate) kind: String,
}
