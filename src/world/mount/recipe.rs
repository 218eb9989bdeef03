//! The pod annotations that tell an Istio sidecar where to write certificates and what to mount.

use serde_json::Value;

use crate::resource::{PodAnnotation, Workload};

/// The files that a sidecar writes to `OUTPUT_CERTS` (Istio `security/pkg/nodeagent/cache`).
const FILES: [&str; 3] = ["cert-chain.pem", "key.pem", "root-cert.pem"];

/// The annotations of a pod that make its sidecar write its certificates into a volume.
#[derive(Debug, Clone)]
pub struct Recipe<'w> {
    /// `proxy.istio.io/config`, if it sets `OUTPUT_CERTS`.
    pub config: Option<&'w PodAnnotation>,
    /// The folder in `OUTPUT_CERTS`, in the sidecar.
    pub folder: Option<String>,
    /// `sidecar.istio.io/userVolumeMount`.
    pub mounts_annotation: Option<&'w PodAnnotation>,
    /// Its mounts: volume and path.
    pub mounts: Vec<(String, String)>,
    /// The annotation `sidecar.istio.io/inject`, if it is false.
    pub off: Option<&'w PodAnnotation>,
}

impl<'w> Recipe<'w> {
    /// Reads the annotations of a pod; `None` if none of them concerns certificates.
    pub fn of(workload: &'w Workload) -> Option<Self> {
        let config = workload.annotation("proxy.istio.io/config");
        let folder = config.and_then(|config| output_certs(&config.value));
        let mounts_annotation = workload.annotation("sidecar.istio.io/userVolumeMount");
        let mounts = mounts_annotation.map(|mounts| user_mounts(&mounts.value)).unwrap_or_default();
        if folder.is_none() && mounts_annotation.is_none() {
            return None;
        }
        let inject = workload.annotation("sidecar.istio.io/inject");
        // The label of the same name is newer and takes precedence.
        let label = workload.pod_labels.iter().any(|(key, _)| key == "sidecar.istio.io/inject");
        Some(Self {
            config: config.filter(|_| folder.is_some()),
            folder,
            mounts_annotation,
            mounts,
            off: inject.filter(|inject| inject.value == "false" && !label),
        })
    }

    /// The volume that receives the sidecar's certificates, and the folder's path below its root.
    pub fn volume(&self) -> Option<(&str, String)> {
        let folder = self.folder.as_deref()?.trim_end_matches('/');
        let covering = self.mounts.iter().filter_map(|(volume, path)| {
            let below = folder.strip_prefix(path.trim_end_matches('/'))?;
            let fits = below.is_empty() || below.starts_with('/');
            fits.then(|| (volume.as_str(), below.trim_start_matches('/').to_owned()))
        });
        covering.min_by_key(|(_, below)| below.len())
    }

    /// Whether the sidecar writes this file (by its path below the volume's root) to the volume.
    pub(super) fn writes(&self, volume: &str, within: &str) -> bool {
        let Some((own, below)) = self.volume() else { return false };
        let name = match below.as_str() {
            "" => Some(within),
            below => within.strip_prefix(below).and_then(|rest| rest.strip_prefix('/')),
        };
        self.off.is_none() && own == volume && name.is_some_and(|name| FILES.contains(&name))
    }
}

/// `proxyMetadata.OUTPUT_CERTS` of a proxy configuration in YAML or JSON.
fn output_certs(config: &str) -> Option<String> {
    // The annotation is a small YAML mapping; only a value on the line of its key counts.
    let after = config.split("OUTPUT_CERTS").nth(1)?;
    let value = after.trim_start_matches(['"', '\'', ' ']).strip_prefix(':')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', '\n', ',', '}', ' ', '#']).unwrap_or(value.len());
    let value = value[..end].trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// `sidecar.istio.io/userVolumeMount`: a JSON list of mounts, or one mapping from name to mount.
fn user_mounts(text: &str) -> Vec<(String, String)> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let path = |mount: &Value| Some(mount.get("mountPath")?.as_str()?.to_owned());
    match value {
        Value::Array(list) => list
            .iter()
            .filter_map(|mount| Some((mount.get("name")?.as_str()?.to_owned(), path(mount)?)))
            .collect(),
        Value::Object(map) => {
            map.iter().filter_map(|(name, mount)| Some((name.clone(), path(mount)?))).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_read_from_yaml_and_json() {
        let yaml = "proxyMetadata:\n  OUTPUT_CERTS: /etc/istio-certs\n";
        assert_eq!(output_certs(yaml).as_deref(), Some("/etc/istio-certs"));
        let json = r#"{"proxyMetadata":{"OUTPUT_CERTS":"/etc/certs","X":"y"}}"#;
        assert_eq!(output_certs(json).as_deref(), Some("/etc/certs"));
        assert_eq!(output_certs("proxyMetadata: {OUTPUT_CERTS: /c}").as_deref(), Some("/c"));
        assert_eq!(output_certs("proxyMetadata: {}"), None);
        assert_eq!(output_certs("OUTPUT_CERTS: \n"), None);
    }

    #[test]
    fn sidecar_mounts_may_be_a_list_or_a_mapping() {
        let one = [("istio-certs".to_owned(), "/etc/istio-certs".to_owned())];
        let list = r#"[{"name":"istio-certs","mountPath":"/etc/istio-certs"}]"#;
        assert_eq!(user_mounts(list), one);
        assert_eq!(user_mounts(r#"{"istio-certs":{"mountPath":"/etc/istio-certs"}}"#), one);
        assert_eq!(user_mounts("[{]"), []);
    }
}
