//! Commands in a container, over the API's exec.

use std::fmt;
use std::time::Duration;

use k8s_openapi::api::core::v1::Pod as ApiPod;
use kube::Api;
use kube::api::{AttachParams, AttachedProcess};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};

use super::cluster::ClusterClient;
use super::error::{ApiError, RefusalKind};

/// A container of a pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pod {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its container.
    pub container: String,
}

/// A running command.
pub struct Process {
    /// Its standard input.
    pub stdin: Box<dyn AsyncWrite + Send + Unpin>,
    /// Its standard output.
    pub stdout: Box<dyn AsyncRead + Send + Unpin>,
    /// Its standard error.
    pub stderr: Box<dyn AsyncRead + Send + Unpin>,
    /// Ends the command when dropped.
    pub keep: AttachedProcess,
}

/// Buffers of each stream, in bytes.
const BUFFER: usize = 64 << 10;

/// Container names of Ambassador.
const AMBASSADOR: [&str; 4] = ["ambassador", "emissary-ingress", "emissary", "aes"];

/// Labels in Ambassador's charts.
const LABELS: &str = "app.kubernetes.io/name in (ambassador,emissary-ingress,edge-stack)";

impl fmt::Display for Pod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pod {}/{}", self.namespace, self.name)
    }
}

/// A command that relays its standard streams to an address, using the tools in a container.
pub fn relay_command(host: &str, port: u16, patience: Duration, family: &str) -> Vec<String> {
    let seconds = format!("{}", patience.as_secs().max(1));
    let words = ["sh", "-c", include_str!("relay.sh"), "sh", host, &port.to_string(), &seconds];
    let more = [family, include_str!("relay.py")];
    words.into_iter().chain(more).map(str::to_owned).collect()
}

impl ClusterClient {
    /// The container for `KIND/NAME`: a pod, or a running pod of a Deployment, DaemonSet or
    /// StatefulSet; `auto` finds Ambassador by the labels of its charts. The namespace defaults to
    /// the context's; `auto` searches all namespaces.
    ///
    /// # Errors
    /// [`ApiError`], also if there is no such pod or none is running.
    pub async fn find_pod(&self, named: &str, namespace: Option<&str>) -> Result<Pod, ApiError> {
        Ok(self.find_pod_object(named, namespace).await?.0)
    }

    /// Like [`Self::find_pod`], with the pod as the API returns it.
    pub(super) async fn find_pod_object(
        &self,
        named: &str,
        namespace: Option<&str>,
    ) -> Result<(Pod, Value), ApiError> {
        let own = namespace.unwrap_or_else(|| self.namespace());
        let (kind, name) = named.split_once('/').unwrap_or(("pod", named));
        let escape = |text: &str| {
            text.replace('%', "%25").replace(' ', "%20").replace('=', "%3D").replace(',', "%2C")
        };
        let workload = match kind {
            _ if named == "auto" => None,
            "pod" | "pods" | "po" => {
                let path = format!("/api/v1/namespaces/{own}/pods/{name}");
                let pod = self.read(&path, &format!("pod {own}/{name}")).await?;
                return running(&[pod], named);
            }
            "deploy" | "deployment" | "deployments" => Some("deployments"),
            "ds" | "daemonset" | "daemonsets" => Some("daemonsets"),
            "sts" | "statefulset" | "statefulsets" => Some("statefulsets"),
            _ => {
                return Err(no_pod(format!(
                    "`{named}` is not one of pod/NAME, deploy/NAME, ds/NAME, sts/NAME, auto"
                )));
            }
        };
        let (place, selector) = match workload {
            None => match namespace {
                Some(namespace) => (format!("/api/v1/namespaces/{namespace}"), LABELS.to_owned()),
                None => ("/api/v1".to_owned(), LABELS.to_owned()),
            },
            Some(plural) => {
                let path = format!("/apis/apps/v1/namespaces/{own}/{plural}/{name}");
                let workload = self.read(&path, &format!("{kind} {own}/{name}")).await?;
                let labels = workload["spec"]["selector"]["matchLabels"].as_object();
                let labels = labels
                    .into_iter()
                    .flatten()
                    .filter_map(|(label, value)| Some(format!("{label}={}", value.as_str()?)));
                let selector: Vec<String> = labels.collect();
                (format!("/api/v1/namespaces/{own}"), selector.join(","))
            }
        };
        let path = format!("{place}/pods?labelSelector={}", escape(&selector));
        let pods = self.read(&path, &format!("pods of {named}")).await?;
        running(pods["items"].as_array().map_or(&[], Vec::as_slice), named)
    }

    /// Starts a command.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn exec(&self, pod: &Pod, command: &[String]) -> Result<Process, ApiError> {
        let pods: Api<ApiPod> = Api::namespaced(self.client(), &pod.namespace);
        let parameters = AttachParams {
            container: Some(pod.container.clone()),
            stdin: true,
            stdout: true,
            stderr: true,
            tty: false,
            max_stdin_buf_size: Some(BUFFER),
            max_stdout_buf_size: Some(BUFFER),
            max_stderr_buf_size: Some(BUFFER),
        };
        let started = pods.exec(&pod.name, command.to_vec(), &parameters).await;
        let mut process = started.map_err(|error| refused(pod, &error))?;
        match (process.stdin(), process.stdout(), process.stderr()) {
            (Some(stdin), Some(stdout), Some(stderr)) => Ok(Process {
                stdin: Box::new(stdin),
                stdout: Box::new(stdout),
                stderr: Box::new(stderr),
                keep: process,
            }),
            _ => Err(ApiError::not_kubernetes("exec returned no streams")),
        }
    }
}

/// The first running pod.
fn running(pods: &[Value], named: &str) -> Result<(Pod, Value), ApiError> {
    let runs = |pod: &&Value| {
        pod["status"]["phase"] == "Running" && pod["metadata"]["deletionTimestamp"].is_null()
    };
    let Some(pod) = pods.iter().find(runs) else {
        return Err(no_pod(format!("no pod of {named} is running; there are {}", pods.len())));
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let containers = pod["spec"]["containers"].as_array().into_iter().flatten();
    let names: Vec<String> = containers.map(|container| text(&container["name"])).collect();
    let annotation = &pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"];
    let ours = names.iter().find(|name| AMBASSADOR.contains(&name.as_str()));
    let container = ours.cloned().or_else(|| annotation.as_str().map(str::to_owned));
    let found = Pod {
        namespace: text(&pod["metadata"]["namespace"]),
        name: text(&pod["metadata"]["name"]),
        container: container.or_else(|| names.first().cloned()).unwrap_or_default(),
    };
    Ok((found, pod.clone()))
}

fn no_pod(message: String) -> ApiError {
    ApiError { reason: RefusalKind::NotFound, message, retry_after: None }
}

fn refused(pod: &Pod, error: &kube::Error) -> ApiError {
    let text = error.to_string();
    match error {
        kube::Error::Api(status) => {
            let code = status.code;
            let body = serde_json::to_vec(&serde_json::json!({
                "kind": "Status", "message": status.message,
            }));
            let what = format!("exec in {pod}");
            ApiError::refused(code, &body.unwrap_or_default(), None, (&what, "started"))
        }
        _ if text.contains("403") => ApiError {
            reason: RefusalKind::Forbidden,
            message: format!("exec in {pod} is forbidden to this account"),
            retry_after: None,
        },
        error => ApiError::unreached(error),
    }
}
