//! Everything relevant in a cluster as texts, and what may not be read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use zeroize::Zeroizing;

use super::cluster::ClusterClient;
use super::error::{ApiError, RefusalKind};
use super::kinds::Resource;
use super::object::ClusterObject;
use super::yaml;
use crate::source::SourceOrigin;

/// The part of a cluster to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClusterScope {
    /// All namespaces.
    All,
    /// One namespace.
    Namespace(String),
}

/// A cluster at one moment as texts, which are wiped when dropped.
#[derive(Default)]
pub struct Snapshot {
    /// One text per object, ordered by name.
    pub texts: Vec<(SourceOrigin, Zeroizing<String>)>,
    /// Kinds that the account may not read.
    pub forbidden: Vec<Forbidden>,
}

/// A kind that the account may not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbidden {
    /// `Secret`, …
    pub kind: String,
    /// The namespace; `None` for all of them.
    pub namespace: Option<String>,
    /// The API server's message.
    pub message: String,
}

/// From this number of Secrets in a namespace, listing them is cheaper than reading each.
const LIST_FROM: usize = 8;

/// Secrets of Helm and of service accounts have no certificates.
const SECRETS: &str = "type!=helm.sh/release.v1,type!=kubernetes.io/service-account-token";

/// Fields with names of Secrets or ConfigMaps, in Ambassador's objects, Ingresses and pods.
const NAMING: [&str; 6] =
    ["secret", "ca_secret", "crl_secret", "secretName", "tlsSecret", "configMap"];

/// Reads a cluster. The Secrets in `also` (namespace and name) are read even if nothing refers to
/// them; `tell` is called with what is being read.
///
/// # Errors
/// [`ApiError`] if Ambassador's kinds may not be read, or if anything cannot be read completely.
pub async fn snapshot(
    cluster: &ClusterClient,
    context: &str,
    scope: &ClusterScope,
    also: BTreeSet<(String, String)>,
    tell: &mut dyn FnMut(&str),
) -> Result<Snapshot, ApiError> {
    let namespace = match scope {
        ClusterScope::All => None,
        ClusterScope::Namespace(namespace) => Some(namespace.as_str()),
    };
    let mut reading = Reading { objects: BTreeMap::new(), forbidden: Vec::new() };
    // Names become part of URLs.
    let is_sound = |(namespace, name): &(String, String)| is_name(namespace) && is_name(name);
    let mut named: BTreeSet<_> = also.into_iter().filter(is_sound).collect();
    for resource in cluster.kinds().await? {
        tell(&resource.plural);
        match cluster.list(&resource, namespace, "").await {
            Ok(objects) => {
                for object in objects {
                    names(&object, namespace_of(&object), &mut named);
                    reading.take(object);
                }
            }
            Err(error) if error.reason == RefusalKind::Forbidden && !resource.needed => {
                reading.forbid(&resource.kind, namespace, error);
            }
            // A kind whose definition is being deleted, or that only some releases have.
            Err(error) if error.reason == RefusalKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let mut by_namespace: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (namespace, name) in named {
        by_namespace.entry(namespace).or_default().insert(name);
    }
    for (namespace, names) in by_namespace {
        tell(&format!("secrets of {namespace}"));
        reading.secrets(cluster, &namespace, &names).await?;
        reading.config_maps(cluster, &namespace, &names).await?;
    }
    let texts = reading.objects.into_iter().map(|(object, value)| {
        let origin = SourceOrigin::Cluster { context: context.to_owned(), object };
        (origin, yaml::text(value))
    });
    Ok(Snapshot { texts: texts.collect(), forbidden: reading.forbidden })
}

struct Reading {
    /// By `KIND/NAMESPACE/NAME`.
    objects: BTreeMap<String, Value>,
    forbidden: Vec<Forbidden>,
}

impl Reading {
    fn take(&mut self, object: Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
        let key = format!("{kind}/{}/{name}", namespace_of(&object));
        self.objects.insert(key, object);
    }

    fn forbid(&mut self, kind: &str, namespace: Option<&str>, error: ApiError) {
        self.forbidden.push(Forbidden {
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            message: error.message,
        });
    }

    /// Reads the Secrets of a namespace that something names: each by name or, if there are many
    /// and it is allowed, with one list.
    async fn secrets(
        &mut self,
        cluster: &ClusterClient,
        namespace: &str,
        names: &BTreeSet<String>,
    ) -> Result<(), ApiError> {
        if names.len() >= LIST_FROM {
            let all = Resource {
                api: "/api/v1".to_owned(),
                version: "v1".to_owned(),
                kind: "Secret".to_owned(),
                plural: "secrets".to_owned(),
                namespaced: true,
                needed: false,
            };
            match cluster.list(&all, Some(namespace), SECRETS).await {
                Ok(secrets) => {
                    secrets.into_iter().for_each(|secret| self.take(secret));
                    return Ok(());
                }
                Err(error) if error.reason == RefusalKind::Forbidden => {}
                Err(error) => return Err(error),
            }
        }
        self.by_name(cluster, namespace, names, ClusterObject::secret).await
    }

    async fn config_maps(
        &mut self,
        cluster: &ClusterClient,
        namespace: &str,
        names: &BTreeSet<String>,
    ) -> Result<(), ApiError> {
        let mounted: BTreeSet<String> =
            names.iter().filter(|name| self.is_mounted(namespace, name)).cloned().collect();
        self.by_name(cluster, namespace, &mounted, ClusterObject::config_map).await
    }

    /// Whether a workload in the namespace names it as a ConfigMap.
    fn is_mounted(&self, namespace: &str, name: &str) -> bool {
        let workloads = self.objects.values().filter(|object| {
            matches!(object["kind"].as_str(), Some("Deployment" | "DaemonSet" | "StatefulSet"))
                && namespace_of(object) == namespace
        });
        workloads.into_iter().any(|object| {
            let volumes = object["spec"]["template"]["spec"]["volumes"].as_array();
            volumes.into_iter().flatten().any(|volume| {
                let own = volume["configMap"]["name"] == name;
                let projected = volume["projected"]["sources"].as_array().into_iter().flatten();
                own || projected.into_iter().any(|source| source["configMap"]["name"] == name)
            })
        })
    }

    async fn by_name(
        &mut self,
        cluster: &ClusterClient,
        namespace: &str,
        names: &BTreeSet<String>,
        object: fn(&str, &str) -> ClusterObject,
    ) -> Result<(), ApiError> {
        for name in names {
            let wanted = object(namespace, name);
            match cluster.get(&wanted).await {
                Ok(Some(body)) => {
                    let value = serde_json::from_slice(&body).unwrap_or_default();
                    self.take(value);
                }
                // It does not exist.
                Ok(None) => {}
                // The account may be allowed to read some by name.
                Err(error) if error.reason == RefusalKind::Forbidden => {
                    let known = self.forbidden.iter().any(|one| {
                        one.kind == wanted.kind && one.namespace.as_deref() == Some(namespace)
                    });
                    if !known {
                        self.forbid(wanted.kind, Some(namespace), error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn namespace_of(object: &Value) -> &str {
    object["metadata"]["namespace"].as_str().unwrap_or_default()
}

/// The possible names of Secrets and ConfigMaps in an object: in its own namespace, and with the
/// last part of a dotted name as the namespace.
fn names(value: &Value, namespace: &str, named: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                if NAMING.contains(&field.as_str()) {
                    let name = value.as_str().or_else(|| value["name"].as_str());
                    let name = name.or_else(|| value["secretName"].as_str());
                    if let Some(name) = name.filter(|name| is_name(name)) {
                        named.insert((namespace.to_owned(), name.to_owned()));
                        if let Some((start, end)) = name.rsplit_once('.') {
                            named.insert((end.to_owned(), start.to_owned()));
                        }
                    }
                }
                if field == "annotations" {
                    annotation(value, namespace, named);
                }
                names(value, namespace, named);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, namespace, named)),
        _ => {}
    }
}

/// Contexts in a Service's annotation also name Secrets.
fn annotation(annotations: &Value, namespace: &str, named: &mut BTreeSet<(String, String)>) {
    let Some(text) = annotations["getambassador.io/config"].as_str() else { return };
    for document in serde_yaml::Deserializer::from_str(text) {
        let value: Result<Value, _> = serde::Deserialize::deserialize(document);
        // After a syntax error the deserializer returns the same error forever.
        let Ok(value) = value else { break };
        let own = value["namespace"].as_str().unwrap_or(namespace).to_owned();
        names(&value, &own, named);
    }
}

/// Whether Kubernetes allows the name; no other may become part of a URL.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    !name.is_empty() && name.len() <= 253 && name.chars().all(plain) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::names;

    #[test]
    fn every_secret_that_may_be_meant_is_requested() {
        let objects = json!([
            {"kind": "TLSContext", "spec": {"secret": "client.certs", "ca_secret": "ca"}},
            {"kind": "Host", "spec": {"tlsSecret": {"name": "web"}, "tls": {"ca_secret": "../x"}}},
            {"kind": "Deployment", "spec": {"template": {"spec": {"volumes": [
                {"secret": {"secretName": "istio.default"}},
                {"projected": {"sources": [{"secret": {"name": "p"}}, {"configMap": {"name": "c"}}]}},
            ]}}}},
            {"kind": "Service", "metadata": {"annotations": {"getambassador.io/config":
                "kind: TLSContext\nname: a\nsecret: noted\n---\n: broken\n"}}},
        ]);
        let mut named = BTreeSet::new();
        names(&objects, "shop", &mut named);
        let wanted = [
            ("certs", "client"),
            ("default", "istio"),
            ("shop", "c"),
            ("shop", "ca"),
            ("shop", "client.certs"),
            ("shop", "istio.default"),
            ("shop", "noted"),
            ("shop", "p"),
            ("shop", "web"),
        ];
        let wanted = wanted.map(|(namespace, name)| (namespace.to_owned(), name.to_owned()));
        assert_eq!(named, BTreeSet::from(wanted));
    }
}
