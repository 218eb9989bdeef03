//! Finds the workload and container of the input that run Ambassador.

use crate::resource::{Container, Resources, Workload};

/// Images that run Ambassador, by the last part of their repository.
const IMAGES: [&str; 6] =
    ["emissary", "ambassador", "aes", "ambassador_pro", "emissary-ingress", "edge-stack"];

/// Names that charts and manifests give the workload and its container.
const NAMES: [&str; 4] = ["ambassador", "emissary-ingress", "edge-stack", "emissary"];

/// Variables that only Ambassador itself reads.
const VARIABLES: [&str; 5] = [
    "AMBASSADOR_NAMESPACE",
    "AMBASSADOR_ID",
    "AMBASSADOR_SINGLE_NAMESPACE",
    "AMBASSADOR_ISTIO_SECRET_DIR",
    "AMBASSADOR_ENVOY_BASE_ID",
];

/// Other programs in Ambassador's image.
const OTHER_PROGRAMS: [&str; 3] = ["consul_connect_integration", "apiext", "kubewatch"];

/// Whether an image with this name runs Ambassador.
pub(crate) fn is_own_image(name: &str) -> bool {
    IMAGES.contains(&name)
}

/// Indices of all workloads that run Ambassador. One made by a controller counts only if the
/// controller is missing.
pub(crate) fn ambassadors(resources: &Resources) -> Vec<usize> {
    let workloads = resources.workloads.iter().enumerate();
    let mut found: Vec<usize> =
        workloads.filter(|(_, one)| runs_ambassador(one)).map(|(index, _)| index).collect();
    if found.iter().any(|&index| !resources.workloads[index].is_owned) {
        found.retain(|&index| !resources.workloads[index].is_owned);
    }
    found
}

/// Index of the one workload that runs Ambassador; `None` if it is ambiguous.
///
/// A workload made by a controller counts only if the controller is missing.
pub(crate) fn find(
    resources: &Resources,
    namespace: Option<&str>,
    id: Option<&str>,
) -> Option<usize> {
    let workloads = ambassadors(resources).into_iter();
    let mut found: Vec<(usize, &Workload)> = workloads
        .map(|index| (index, &*resources.workloads[index]))
        .filter(|(_, workload)| {
            namespace.is_none_or(|namespace| workload.object.namespace() == namespace)
        })
        .collect();
    if let (Some(id), true) = (id, found.len() > 1) {
        found.retain(|(_, workload)| {
            let own = workload.variable("AMBASSADOR_ID");
            own.map_or(Some("default"), |own| own.literal()) == Some(id)
        });
    }
    // Pods of one controller are alike.
    let pods = found.iter().all(|(_, one)| one.is_owned && one.object.kind == "Pod");
    match found[..] {
        [(index, _)] => Some(index),
        [(index, _), ..] if pods => Some(index),
        _ => None,
    }
}

/// Whether a workload runs Ambassador: by its image; by its name, if the manifest is a fragment
/// without an image; or by its environment.
pub(crate) fn runs_ambassador(workload: &Workload) -> bool {
    if is_connector(workload) {
        return false;
    }
    let ours = || workload.containers.iter().filter(|container| !runs_other_program(container));
    let named = NAMES.contains(&workload.object.name.as_str());
    named && (ours().next().is_some() || workload.containers.is_empty())
        || ours().any(has_image)
        || ours().any(has_variable)
}

/// Index of the container that runs Ambassador; `None` if it is ambiguous.
pub(crate) fn container(workload: &Workload) -> Option<usize> {
    let ways: [&dyn Fn(&Container) -> bool; 4] = [
        &has_image,
        &|container| {
            let name = container.name.as_ref().map(|name| name.as_str());
            name.is_some_and(|name| NAMES.contains(&name) || name == *workload.object.name)
        },
        &has_variable,
        &|_| workload.containers.len() == 1,
    ];
    ways.iter().find_map(|fits| {
        let containers = workload.containers.iter().enumerate();
        let mut fitting =
            containers.filter(|(_, container)| fits(container) && !runs_other_program(container));
        match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    })
}

fn has_image(container: &Container) -> bool {
    container.image_name().is_some_and(|name| IMAGES.contains(&name))
}

fn has_variable(container: &Container) -> bool {
    VARIABLES.iter().any(|name| container.variable(name).is_some())
}

fn runs_other_program(container: &Container) -> bool {
    container.command.iter().any(|word| OTHER_PROGRAMS.iter().any(|other| word.contains(other)))
}

/// Whether a workload is the Ambassador Consul connector or its replacement, `mtlsctl consul sync`,
/// which reads the name of its Secret from the same variables.
pub fn is_connector(workload: &Workload) -> bool {
    is_sync(workload)
        || workload.containers.iter().any(|container| {
            container.command.iter().any(|word| word.contains("consul_connect_integration"))
                || container.image.as_ref().is_some_and(|image| image.contains("consul_connect"))
        })
}

/// Whether a workload is `mtlsctl consul sync`.
pub(crate) fn is_sync(workload: &Workload) -> bool {
    let mut commands = workload.containers.iter().map(|container| container.command.windows(2));
    commands.any(|mut words| words.any(|pair| pair[0] == "consul" && pair[1] == "sync"))
}
