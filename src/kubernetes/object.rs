//! The name of a cluster object: kind, namespace and name.

use std::fmt;

use serde::Deserialize;

/// The name of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterObject {
    /// `Secret`, …
    pub kind: &'static str,
    /// Its kind in API paths: `secrets`.
    plural: &'static str,
    /// `/api/v1`, `/apis/apps/v1`, …
    api: &'static str,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl ClusterObject {
    /// A Secret.
    pub fn secret(namespace: &str, name: &str) -> Self {
        Self::core("Secret", "secrets", namespace, name)
    }

    /// A ConfigMap.
    pub fn config_map(namespace: &str, name: &str) -> Self {
        Self::core("ConfigMap", "configmaps", namespace, name)
    }

    fn core(kind: &'static str, plural: &'static str, namespace: &str, name: &str) -> Self {
        let (namespace, name) = (namespace.to_owned(), name.to_owned());
        Self { kind, plural, api: "/api/v1", namespace, name }
    }

    /// Its API path.
    pub(super) fn path(&self) -> String {
        let Self { api, plural, namespace, name, .. } = self;
        format!("{api}/namespaces/{namespace}/{plural}/{name}")
    }

    /// Whether a response body is an object of this kind.
    pub(super) fn is_kind_of(&self, body: &[u8]) -> bool {
        serde_json::from_slice::<Kind>(body).is_ok_and(|found| found.kind == self.kind)
    }
}

impl fmt::Display for ClusterObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}
