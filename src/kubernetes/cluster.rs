//! A client for the Kubernetes API of a cluster.

use std::path::PathBuf;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::header::{CONTENT_TYPE, RETRY_AFTER};
use hyper::{Method, Request, StatusCode};
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use serde_json::Value;
use zeroize::Zeroizing;

use super::applied::{Applied, FIELD_MANAGER};
use super::error::{ApiError, Status};
use super::object::ClusterObject;

const JSON: &str = "application/json";

/// The two content types of PATCH requests.
const APPLY: &str = "application/apply-patch+yaml";
const MERGE: &str = "application/merge-patch+json";

/// The time limit of a request, from first to last byte.
const PATIENCE: Duration = Duration::from_secs(20);

/// A page of a list: 500 objects, each limited to about 1.5 MiB by etcd.
const LARGEST_ANSWER: usize = 750 << 20;

/// How to connect to the cluster.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// A kubeconfig; by default `KUBECONFIG`, `~/.kube/config`, or the pod's service account.
    pub kubeconfig: Option<PathBuf>,
    /// A context in the kubeconfig; by default the current one.
    pub context: Option<String>,
    /// A cluster in the kubeconfig; by default that of the context.
    pub cluster: Option<String>,
}

/// A client for a cluster.
#[derive(Clone)]
pub struct ClusterClient {
    client: Client,
}

/// The API server's response.
struct Answer {
    status: StatusCode,
    retry_after: Option<Duration>,
    body: Zeroizing<Vec<u8>>,
}

impl ClusterClient {
    /// Prepares the connection. Sends nothing yet.
    ///
    /// # Errors
    /// [`super::Reason::Setup`]: the kubeconfig cannot be used, or there is none outside a pod.
    pub async fn connect(access: &Access) -> Result<Self, ApiError> {
        let options = KubeConfigOptions {
            context: access.context.clone(),
            cluster: access.cluster.clone(),
            ..KubeConfigOptions::default()
        };
        let config = match &access.kubeconfig {
            Some(path) => match Kubeconfig::read_from(path) {
                Ok(file) => Config::from_custom_kubeconfig(file, &options)
                    .await
                    .map_err(|error| ApiError::no_way_in(&error)),
                Err(error) => Err(ApiError::no_way_in(&error)),
            },
            None if access.context.is_some() || access.cluster.is_some() => {
                Config::from_kubeconfig(&options).await.map_err(|error| ApiError::no_way_in(&error))
            }
            None => Config::infer().await.map_err(|error| ApiError::no_way_in(&error)),
        };
        let mut config = config?;
        config.connect_timeout = Some(Duration::from_secs(10));
        // Retries are decided, and reported, by mtlsctl.
        config.default_retry = false;
        let client = Client::try_from(config).map_err(|error| ApiError::no_way_in(&error))?;
        Ok(Self { client })
    }

    pub(super) fn client(&self) -> Client {
        self.client.clone()
    }

    /// The namespace of the context or pod.
    pub fn namespace(&self) -> &str {
        self.client.default_namespace()
    }

    /// Reads a path of the API as JSON; `what` names it in messages.
    ///
    /// # Errors
    /// [`ApiError`].
    pub(super) async fn read(&self, path: &str, what: &str) -> Result<Value, ApiError> {
        let answer = self.send(Method::GET, path, APPLY, None).await?;
        if answer.status != StatusCode::OK {
            let code = answer.status.as_u16();
            // A gateway's error page says nothing about the objects of the API server.
            if code == 404 && !Status::is_one(&answer.body) {
                return Err(ApiError::not_kubernetes(&format!(
                    "its answer about {what} is not a Status"
                )));
            }
            let said = (&what as &dyn std::fmt::Display, "read");
            return Err(ApiError::refused(code, &answer.body, answer.retry_after, said));
        }
        serde_json::from_slice(&answer.body)
            .map_err(|_| ApiError::not_kubernetes(&format!("its answer about {what} is not JSON")))
    }

    /// Reads a path of the API as text.
    ///
    /// # Errors
    /// [`ApiError`].
    pub(super) async fn read_text(&self, path: &str, what: &str) -> Result<String, ApiError> {
        let answer = self.send(Method::GET, path, APPLY, None).await?;
        if answer.status != StatusCode::OK {
            let said = (&what as &dyn std::fmt::Display, "read");
            let code = answer.status.as_u16();
            return Err(ApiError::refused(code, &answer.body, answer.retry_after, said));
        }
        Ok(String::from_utf8_lossy(&answer.body).into_owned())
    }

    /// Sends a request that creates or deletes something, and returns the response. `(what, verb)`
    /// describe it in error messages.
    ///
    /// # Errors
    /// [`ApiError`].
    pub(super) async fn change(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        said: (&dyn std::fmt::Display, &str),
    ) -> Result<Value, ApiError> {
        let answer = self.send(method, path, JSON, Some(&body.to_string())).await?;
        if !answer.status.is_success() {
            let code = answer.status.as_u16();
            return Err(ApiError::refused(code, &answer.body, answer.retry_after, said));
        }
        serde_json::from_slice(&answer.body).map_err(|_| {
            ApiError::not_kubernetes(&format!("its answer about {} is not JSON", said.0))
        })
    }

    /// Reads an object as JSON; `None` if it does not exist.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn get(
        &self,
        object: &ClusterObject,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, ApiError> {
        let answer = self.send(Method::GET, &object.path(), APPLY, None).await?;
        match answer.status {
            StatusCode::OK if object.is_kind_of(&answer.body) => Ok(Some(answer.body)),
            StatusCode::OK => Err(no_such(object, "its answer")),
            StatusCode::NOT_FOUND if Status::is_one(&answer.body) => Ok(None),
            _ => Err(refused(object, "read", &answer)),
        }
    }

    /// Server-side apply: sets our fields and leaves those of other managers alone. With `force`,
    /// takes over conflicting fields. Returns the API server's bookkeeping.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn apply(
        &self,
        object: &ClusterObject,
        fields: &Value,
        force: bool,
    ) -> Result<Applied, ApiError> {
        let path = format!("{}?fieldManager={FIELD_MANAGER}&force={force}", object.path());
        let body = Zeroizing::new(fields.to_string());
        let answer = self.send(Method::PATCH, &path, APPLY, Some(&body)).await?;
        match answer.status {
            StatusCode::OK | StatusCode::CREATED if object.is_kind_of(&answer.body) => {
                Ok(Applied::read(&answer.body))
            }
            StatusCode::OK | StatusCode::CREATED => Err(no_such(object, "its answer to the write")),
            _ => Err(refused(object, "written", &answer)),
        }
    }

    /// Changes an object's metadata, regardless of its owner.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn change_metadata(
        &self,
        object: &ClusterObject,
        metadata: Value,
    ) -> Result<(), ApiError> {
        let path = format!("{}?fieldManager={FIELD_MANAGER}", object.path());
        let body = serde_json::json!({ "metadata": metadata }).to_string();
        let answer = self.send(Method::PATCH, &path, MERGE, Some(&body)).await?;
        match answer.status {
            StatusCode::OK => Ok(()),
            _ => Err(refused(object, "rid of what its former writer left", &answer)),
        }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        kind: &'static str,
        body: Option<&str>,
    ) -> Result<Answer, ApiError> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(CONTENT_TYPE, kind)
            .header("accept", "application/json")
            .body(Body::from(body.unwrap_or_default().as_bytes().to_vec()))
            .map_err(|error| ApiError::no_way_in(&error))?;
        let exchange = async {
            let response =
                self.client.send(request).await.map_err(|error| ApiError::unreached(&error))?;
            let status = response.status();
            let after = response.headers().get(RETRY_AFTER);
            let after = after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
            let body = Limited::new(response.into_body(), LARGEST_ANSWER);
            let body = body.collect().await.map_err(|error| ApiError::unreached(&*error))?;
            Ok(Answer {
                status,
                retry_after: after.map(Duration::from_secs),
                body: Zeroizing::new(body.to_bytes().to_vec()),
            })
        };
        match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(answer) => answer,
            Err(_) => Err(ApiError::too_slow(PATIENCE)),
        }
    }
}

fn no_such(object: &ClusterObject, answer: &str) -> ApiError {
    ApiError::not_kubernetes(&format!("{answer} is not a {}", object.kind))
}

fn refused(object: &ClusterObject, verb: &str, answer: &Answer) -> ApiError {
    let code = answer.status.as_u16();
    ApiError::refused(code, &answer.body, answer.retry_after, (object, verb))
}

impl std::fmt::Debug for ClusterClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cluster(..)")
    }
}
