//! The Ambassador that will read these manifests: its id, namespace and environment.

use crate::resource::{EnvironmentValue, Resources};
use crate::source::Span;

use super::ambassador_workload::{container, find, is_connector};
use super::environment::Environment;
use super::settings::Settings;

/// What is known about the Ambassador installation.
#[derive(Debug, Clone)]
pub struct Installation {
    /// Its `AMBASSADOR_ID`.
    pub id: String,
    /// Its namespace.
    pub namespace: String,
    /// Where the input says so.
    pub id_place: Option<Span>,
    /// Index of its workload among [`Resources::workloads`].
    pub workload: Option<usize>,
    /// Index of Ambassador's own container in that workload.
    pub container: Option<usize>,
    /// `AMBASSADOR_ISTIO_SECRET_DIR`, where it is set.
    pub istio_secret_dir: Option<String>,
    /// Whether it watches its own namespace only.
    pub single_namespace: bool,
    /// `AMBASSADOR_LABEL_SELECTOR`, where it is set.
    pub label_selector: Option<String>,
    /// Whether Secrets are validated before they are used.
    pub force_secret_validation: bool,
    pub(super) environment: Environment,
}

impl Installation {
    /// Whether the pod has a variable of that name, as far as the input says; its value may lie
    /// elsewhere.
    pub fn has_variable(&self, resources: &Resources, name: &str) -> bool {
        let workload = self.workload.map(|index| &resources.workloads[index]);
        self.environment.get(name).is_some()
            || workload.is_some_and(|workload| workload.variable(name).is_some())
    }

    pub(super) fn of(settings: &Settings, resources: &Resources) -> Self {
        let id = settings.ambassador_id.as_deref();
        let workload = find(resources, settings.ambassador_namespace.as_deref(), id);
        let own = workload.and_then(|index| container(&resources.workloads[index]));
        let mut environment = Environment::default();
        let mut id_place = None;
        let mut namespace = None;
        if let Some(workload) = workload.map(|index| &resources.workloads[index]) {
            namespace = Some(workload.object.namespace().to_owned());
            let containers = workload.containers.iter().enumerate();
            let ours = containers.filter(|(index, _)| own.is_none_or(|own| own == *index));
            for variable in ours.flat_map(|(_, container)| &container.environment) {
                match &variable.value {
                    EnvironmentValue::Literal(value) => {
                        environment.set(&variable.name, value);
                        if *variable.name == "AMBASSADOR_ID" {
                            id_place = Some(value.span);
                        }
                    }
                    EnvironmentValue::Field(field) if field == "metadata.namespace" => {
                        environment.set(&variable.name, workload.object.namespace());
                    }
                    _ => {}
                }
            }
        }
        let from = |name: &str| environment.get(name).filter(|v| !v.is_empty()).map(str::to_owned);
        let id = settings.ambassador_id.clone().or_else(|| from("AMBASSADOR_ID"));
        let id = id.unwrap_or_else(|| "default".to_owned());
        let namespace = settings
            .ambassador_namespace
            .clone()
            .or_else(|| from("AMBASSADOR_NAMESPACE"))
            .or(namespace)
            .unwrap_or_else(|| "default".to_owned());
        let istio_secret_dir = from("AMBASSADOR_ISTIO_SECRET_DIR");
        let single_namespace = from("AMBASSADOR_SINGLE_NAMESPACE").is_some();
        let label_selector = from("AMBASSADOR_LABEL_SELECTOR");
        let forced = from("AMBASSADOR_FORCE_SECRET_VALIDATION");
        let forced = forced.is_some_and(|value| is_true(&value));
        environment.set("AMBASSADOR_ID", &id);
        environment.set("AMBASSADOR_NAMESPACE", &namespace);
        Self {
            id,
            namespace,
            id_place,
            workload,
            container: own,
            istio_secret_dir,
            single_namespace,
            label_selector,
            force_secret_validation: settings.force_secret_validation || forced,
            environment,
        }
    }
}

/// Go's `strconv.ParseBool`.
fn is_true(value: &str) -> bool {
    matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True")
}

/// Secrets that the Consul connector in the input writes, as namespace and name
/// (`consul_connect_integration`, whose documented default for the name is wrong).
pub(super) fn connector_secrets(resources: &Resources) -> Vec<(String, String)> {
    let connectors = resources.workloads.iter().filter(|workload| is_connector(workload));
    connectors
        .map(|workload| {
            let value = |name: &str| match &workload.variable(name)?.value {
                EnvironmentValue::Literal(value) if !value.is_empty() => Some(value.value.clone()),
                EnvironmentValue::Field(field) if field == "metadata.namespace" => {
                    Some(workload.object.namespace().to_owned())
                }
                _ => None,
            };
            let service = match value("_AMBASSADOR_ID") {
                Some(id) => format!("ambassador-{id}"),
                None => "ambassador".to_owned(),
            };
            let name = value("_AMBASSADOR_TLS_SECRET_NAME");
            let namespace = value("_AMBASSADOR_TLS_SECRET_NAMESPACE");
            (
                namespace.unwrap_or_else(|| workload.object.namespace().to_owned()),
                name.unwrap_or_else(|| format!("{service}-consul-connect")),
            )
        })
        .collect()
}
