//! A Job that runs mtlsctl next to a pod: its manifest and its execution.

use std::time::Duration;

use hyper::Method;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use super::cluster::ClusterClient;
use super::error::{ApiError, RefusalKind};
use super::exec::Pod;

/// What a Job does, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobPlan {
    /// The pod it runs next to; the Job uses its namespace and service account.
    pub pod: Pod,
    /// The service account of that pod; the namespace's default if it names none.
    account: Option<String>,
    /// Labels and annotations by which a mesh decides about sidecars.
    labels: Map<String, Value>,
    annotations: Map<String, Value>,
    /// An image with mtlsctl.
    pub image: String,
    /// Arguments for mtlsctl.
    pub arguments: Vec<String>,
}

/// The result of a Job's container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code.
    pub code: i64,
    /// Its standard output and standard error, which the cluster merges.
    pub log: String,
}

/// The container's name.
const CONTAINER: &str = "mtlsctl";

/// The Job's `activeDeadlineSeconds`; it also ends a Job that nobody waits for.
const DEADLINE: u64 = 600;

/// How often a running Job is checked.
const INTERVAL: Duration = Duration::from_millis(500);

/// The labels and annotations that control Istio's injection. `sidecar.istio.io/status` is not
/// among them: it means that a sidecar was injected already, and would prevent another injection.
const ISTIO: [&str; 4] =
    ["sidecar.istio.io/", "traffic.sidecar.istio.io/", "proxy.istio.io/", "istio.io/rev"];
const LINKERD: [&str; 2] = ["linkerd.io/inject", "config.linkerd.io/"];

/// Without this, a container may connect before Istio's sidecar is ready.
const HOLD: (&str, &str) = ("proxy.istio.io/config", "{\"holdApplicationUntilProxyStarts\": true}");

/// States of a waiting container that will never start.
const CANNOT_START: [&str; 6] = [
    "ErrImagePull",
    "ImagePullBackOff",
    "InvalidImageName",
    "ErrImageNeverPull",
    "CreateContainerConfigError",
    "CreateContainerError",
];

impl JobPlan {
    /// A Job next to a pod, given as the API returns it.
    fn beside(pod: Pod, object: &Value, image: &str) -> Self {
        let of_mesh = |values: &Value| -> Map<String, Value> {
            let values = values.as_object().into_iter().flatten();
            let decides = |name: &str| {
                let mut starts = ISTIO.iter().chain(&LINKERD);
                starts.any(|start| name.starts_with(start)) && name != "sidecar.istio.io/status"
            };
            let kept = values.filter(|(name, _)| decides(name));
            kept.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        let labels = of_mesh(&object["metadata"]["labels"]);
        let mut annotations = of_mesh(&object["metadata"]["annotations"]);
        let containers = ["containers", "initContainers"]
            .into_iter()
            .flat_map(|field| object["spec"][field].as_array().into_iter().flatten());
        if containers.into_iter().any(|container| container["name"] == "istio-proxy") {
            annotations.entry(HOLD.0).or_insert_with(|| json!(HOLD.1));
        }
        Self {
            account: object["spec"]["serviceAccountName"].as_str().map(str::to_owned),
            pod,
            labels,
            annotations,
            image: image.to_owned(),
            arguments: Vec::new(),
        }
    }

    /// The Job as an API object.
    fn object(&self) -> Value {
        let mut labels = self.labels.clone();
        labels.insert("app.kubernetes.io/name".to_owned(), json!("mtlsctl-probe"));
        let mut metadata = json!({ "labels": labels });
        if !self.annotations.is_empty() {
            metadata["annotations"] = Value::Object(self.annotations.clone());
        }
        let mut spec = json!({ "restartPolicy": "Never" });
        if let Some(account) = &self.account {
            spec["serviceAccountName"] = json!(account);
        }
        spec["containers"] = json!([{
            "name": CONTAINER,
            "image": self.image,
            "command": ["mtlsctl"],
            "args": self.arguments,
            "env": [{"name": "LANG", "value": "C.UTF-8"}],
            "securityContext": {
                "allowPrivilegeEscalation": false,
                "readOnlyRootFilesystem": true,
                "runAsNonRoot": true,
                "runAsUser": 65532,
                "capabilities": {"drop": ["ALL"]},
            },
        }]);
        json!({
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {
                "name": "mtlsctl-probe",
                "namespace": self.pod.namespace,
                "labels": {"app.kubernetes.io/name": "mtlsctl-probe"},
            },
            "spec": {
                "backoffLimit": 0,
                "activeDeadlineSeconds": DEADLINE,
                "ttlSecondsAfterFinished": DEADLINE,
                "template": {"metadata": metadata, "spec": spec},
            },
        })
    }

    /// The Job as a manifest, with explanations as comments.
    pub fn manifest(&self) -> String {
        let account = self.account.as_deref().unwrap_or("default");
        let namespace = &self.pod.namespace;
        let yaml = serde_yaml::to_string(&self.object()).unwrap_or_default();
        format!(
            "# Probes from beside {pod}, as its ServiceAccount {namespace}/{account}, which must be\n\
             # able to read what `mtlsctl config rbac` lists. Network policies that select that pod by\n\
             # its labels do not apply to this one.\n\
             #   kubectl apply -f FILE\n\
             #   kubectl -n {namespace} logs -f job/mtlsctl-probe -c {CONTAINER}\n\
             #   kubectl -n {namespace} delete job mtlsctl-probe\n\
             {yaml}",
            pod = self.pod,
        )
    }
}

impl ClusterClient {
    /// Plans a Job next to the pod that `named` means, as for [`Self::find_pod`]; the caller sets
    /// its arguments.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn job_beside(
        &self,
        named: &str,
        namespace: Option<&str>,
        image: &str,
    ) -> Result<JobPlan, ApiError> {
        let (pod, object) = self.find_pod_object(named, namespace).await?;
        Ok(JobPlan::beside(pod, &object, image))
    }

    /// Creates the Job with a generated name; returns the name.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn create_job(&self, plan: &JobPlan) -> Result<String, ApiError> {
        let mut job = plan.object();
        if let Some(metadata) = job["metadata"].as_object_mut() {
            metadata.remove("name");
            metadata.insert("generateName".to_owned(), json!("mtlsctl-probe-"));
        }
        let namespace = &plan.pod.namespace;
        let path = format!("/apis/batch/v1/namespaces/{namespace}/jobs");
        let what = format!("Job {namespace}/mtlsctl-probe");
        let created = self.change(Method::POST, &path, &job, (&what, "created")).await?;
        match created["metadata"]["name"].as_str() {
            Some(name) => Ok(name.to_owned()),
            None => Err(ApiError::not_kubernetes("its answer to the new Job has no name")),
        }
    }

    /// Waits until the Job's container has ended. A sidecar may still be running.
    ///
    /// # Errors
    /// [`ApiError`], also if the container cannot start or does not end in time.
    pub async fn job_end(&self, plan: &JobPlan, name: &str) -> Result<Ended, ApiError> {
        let namespace = &plan.pod.namespace;
        let what = format!("Job {namespace}/{name}");
        let end = Instant::now() + Duration::from_secs(DEADLINE);
        while Instant::now() < end {
            let path =
                format!("/api/v1/namespaces/{namespace}/pods?labelSelector=job-name%3D{name}");
            let pods = self.read(&path, &format!("pods of {what}")).await?;
            for pod in pods["items"].as_array().into_iter().flatten() {
                if let Some(code) = ended(pod, &what)? {
                    let pod = pod["metadata"]["name"].as_str().unwrap_or_default();
                    let path = format!(
                        "/api/v1/namespaces/{namespace}/pods/{pod}/log?container={CONTAINER}"
                    );
                    let log = self.read_text(&path, &format!("the log of {what}")).await?;
                    return Ok(Ended { code, log });
                }
            }
            let path = format!("/apis/batch/v1/namespaces/{namespace}/jobs/{name}");
            let job = self.read(&path, &what).await?;
            if let Some(why) = failed(&job) {
                return Err(ApiError::unstarted(format!("{what} failed: {why}")));
            }
            sleep(INTERVAL).await;
        }
        Err(ApiError::unstarted(format!("{what} has not ended within {DEADLINE} s")))
    }

    /// Deletes the Job and its pods.
    ///
    /// # Errors
    /// [`ApiError`]; a Job that no longer exists is not an error.
    pub async fn delete_job(&self, plan: &JobPlan, name: &str) -> Result<(), ApiError> {
        let namespace = &plan.pod.namespace;
        let path = format!("/apis/batch/v1/namespaces/{namespace}/jobs/{name}");
        let options = json!({
            "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Background",
        });
        let what = format!("Job {namespace}/{name}");
        match self.change(Method::DELETE, &path, &options, (&what, "deleted")).await {
            Err(error) if error.reason != RefusalKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// The exit code of our container, once it has ended.
///
/// # Errors
/// The container cannot start.
fn ended(pod: &Value, what: &str) -> Result<Option<i64>, ApiError> {
    let states = pod["status"]["containerStatuses"].as_array().into_iter().flatten();
    let Some(own) = states.into_iter().find(|state| state["name"] == CONTAINER) else {
        return Ok(None);
    };
    let waiting = &own["state"]["waiting"];
    if let Some(reason) = waiting["reason"].as_str().filter(|reason| CANNOT_START.contains(reason))
    {
        let why = waiting["message"].as_str().unwrap_or(reason);
        return Err(ApiError::unstarted(format!("{what} does not start: {reason}: {why}")));
    }
    Ok(own["state"]["terminated"]["exitCode"].as_i64())
}

/// Why a Job failed before its container ended, if it did.
fn failed(job: &Value) -> Option<String> {
    let mut conditions = job["status"]["conditions"].as_array().into_iter().flatten();
    let failed = conditions.find(|one| one["type"] == "Failed" && one["status"] == "True")?;
    let text = |field: &str| failed[field].as_str().unwrap_or_default();
    // A container's exit code is reported by its pod.
    (text("reason") != "BackoffLimitExceeded").then(|| text("message").to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plan(object: &Value) -> JobPlan {
        let pod = Pod {
            namespace: "emissary".to_owned(),
            name: "ambassador-1".to_owned(),
            container: "ambassador".to_owned(),
        };
        let arguments = vec!["probe".to_owned(), "shop".to_owned()];
        JobPlan { arguments, ..JobPlan::beside(pod, object, "mtlsctl:1") }
    }

    #[test]
    fn a_job_gets_the_account_and_the_sidecar_of_its_pod_and_no_other_label() {
        let plan = plan(&json!({
            "metadata": {
                "labels": {"service": "ambassador", "istio.io/rev": "canary"},
                "annotations": {
                    "sidecar.istio.io/status": "{}", "sidecar.istio.io/inject": "true",
                    "traffic.sidecar.istio.io/includeOutboundIPRanges": "", "note": "x",
                },
            },
            "spec": {
                "serviceAccountName": "ambassador",
                "containers": [{"name": "ambassador"}, {"name": "istio-proxy"}],
            },
        }));
        let job = plan.object();
        let template = &job["spec"]["template"];
        assert_eq!(
            template["metadata"],
            json!({
                "labels": {"istio.io/rev": "canary", "app.kubernetes.io/name": "mtlsctl-probe"},
                "annotations": {
                    "sidecar.istio.io/inject": "true",
                    "traffic.sidecar.istio.io/includeOutboundIPRanges": "",
                    "proxy.istio.io/config": "{\"holdApplicationUntilProxyStarts\": true}",
                },
            })
        );
        assert_eq!(template["spec"]["serviceAccountName"], "ambassador");
        let manifest = plan.manifest();
        let read: Value = serde_yaml::from_str(&manifest).unwrap();
        assert_eq!(read, job, "{manifest}");
    }

    #[test]
    fn a_container_that_cannot_start_is_not_waited_for() {
        let state = |state: Value| {
            let pod = json!({"status": {"containerStatuses": [
                {"name": "istio-proxy", "state": {"running": {}}},
                {"name": "mtlsctl", "state": state},
            ]}});
            ended(&pod, "Job a/b").map_err(|error| error.message)
        };
        assert_eq!(state(json!({"waiting": {"reason": "ContainerCreating"}})), Ok(None));
        assert_eq!(state(json!({"running": {}})), Ok(None));
        assert_eq!(state(json!({"terminated": {"exitCode": 4}})), Ok(Some(4)));
        let pull = json!({"waiting": {"reason": "ImagePullBackOff", "message": "no such tag"}});
        let why = "Job a/b does not start: ImagePullBackOff: no such tag";
        assert_eq!(state(pull), Err(why.to_owned()));
    }
}
