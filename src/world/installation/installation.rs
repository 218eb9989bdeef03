//! The Ambassador that will read the manifests: its id, namespace and environment.

use crate::document::{Located, Text};
use crate::resource::{EnvironmentValue, Resources};
use crate::source::Span;

use super::ambassador_workload::{container, find};
use super::stated_release::{StatedRelease, stated_releases, unknown_tag};
use super::watch::Watch;
use crate::world::premise::{Behaviour, Environment, Profile, Settings};

/// What is known about the Ambassador installation.
#[derive(Debug, Clone, PartialEq)]
pub struct Installation {
    /// Its `AMBASSADOR_ID`.
    pub id: String,
    /// Its namespace.
    pub namespace: String,
    /// Where the input sets its id.
    pub id_place: Option<Span>,
    /// Index of its workload among [`Resources::workloads`].
    pub workload: Option<usize>,
    /// Index of Ambassador's own container in that workload.
    pub container: Option<usize>,
    /// `AMBASSADOR_ISTIO_SECRET_DIR`, if it is set.
    pub istio_secret_dir: Option<String>,
    /// Whether it watches only its own namespace.
    pub single_namespace: bool,
    /// `AMBASSADOR_LABEL_SELECTOR`, if it is set.
    pub label_selector: Option<String>,
    /// `AMBASSADOR_FIELD_SELECTOR`, if it is set.
    pub field_selector: Option<String>,
    /// Whether `AMBASSADOR_FORCE_SECRET_VALIDATION` is set; not every release reads it.
    pub force_secret_validation: bool,
    /// The release of Emissary that the input names for it; several if the input has several
    /// Ambassadors and it is unknown which one this is.
    pub releases: Vec<StatedRelease>,
    /// The tag of its image, if the input names no release and the tag is not one either.
    pub unknown_tag: Option<Located<Text>>,
    pub(crate) environment: Environment,
    pub(crate) watch: Watch,
}

impl Installation {
    /// Whether a release of Emissary validates its Secrets and withholds invalid ones.
    pub fn validates_secrets(&self, profile: Profile) -> bool {
        profile.has(Behaviour::ChecksSecrets)
            || self.force_secret_validation && profile.has(Behaviour::ForcedSecretCheck)
    }

    /// Whether the input shows that the pod has a variable of this name, even if its value is
    /// elsewhere.
    pub fn has_variable(&self, resources: &Resources, name: &str) -> bool {
        let workload = self.workload.map(|index| &resources.workloads[index]);
        self.environment.get(name).is_some()
            || workload.is_some_and(|workload| workload.variable(name).is_some())
    }

    /// Whether it may be Edge Stack, which alone supports ACME. It is not if its workload runs an
    /// Emissary image.
    pub(crate) fn may_be_edge_stack(&self, resources: &Resources) -> bool {
        let workload = self.workload.map(|index| &resources.workloads[index]);
        let container = workload.zip(self.container);
        let image = container.and_then(|(workload, own)| workload.containers[own].image_name());
        !matches!(image, Some("emissary" | "emissary-ingress" | "ambassador"))
    }

    pub(crate) fn of(settings: &Settings, resources: &Resources) -> Self {
        let id = settings.ambassador_id.as_deref();
        let workload = find(resources, settings.ambassador_namespace.as_deref(), id);
        let own = workload.and_then(|index| container(&resources.workloads[index]));
        let mut environment = Environment::default();
        let mut id_place = None;
        let mut namespace = None;
        // Whether the namespace comes from a manifest that names none.
        let mut takes_default = false;
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
                        takes_default |= *variable.name == "AMBASSADOR_NAMESPACE"
                            && workload.object.namespace.is_none();
                        environment.set(&variable.name, workload.object.namespace());
                    }
                    _ => {}
                }
            }
        }
        let from = |name: &str| environment.get(name).filter(|v| !v.is_empty()).map(str::to_owned);
        let id = settings.ambassador_id.clone().or_else(|| from("AMBASSADOR_ID"));
        let id = id.unwrap_or_else(|| "default".to_owned());
        let said = settings.ambassador_namespace.clone().or_else(|| from("AMBASSADOR_NAMESPACE"));
        let namespace_is_stated =
            settings.ambassador_namespace.is_some() || said.is_some() && !takes_default;
        let namespace = said.or(namespace).unwrap_or_else(|| "default".to_owned());
        let istio_secret_dir = from("AMBASSADOR_ISTIO_SECRET_DIR");
        let single_namespace = from("AMBASSADOR_SINGLE_NAMESPACE").is_some();
        let label_selector = from("AMBASSADOR_LABEL_SELECTOR");
        let field_selector = from("AMBASSADOR_FIELD_SELECTOR");
        let watch = Watch::of(
            settings.ingest,
            resources,
            label_selector.as_deref(),
            field_selector.as_deref(),
            namespace_is_stated,
        );
        let forced = from("AMBASSADOR_FORCE_SECRET_VALIDATION");
        let forced = forced.is_some_and(|value| is_true(&value));
        let releases = stated_releases(resources, workload);
        let unknown_tag = releases.is_empty().then(|| unknown_tag(resources, workload)).flatten();
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
            field_selector,
            force_secret_validation: settings.force_secret_validation || forced,
            releases,
            unknown_tag,
            environment,
            watch,
        }
    }
}

/// Go's `strconv.ParseBool`.
fn is_true(value: &str) -> bool {
    matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True")
}
