//! Which kinds in a cluster matter, and their API paths.

use serde_json::Value;

use super::cluster::ClusterClient;
use super::error::ApiError;

/// A kind that can be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    /// `/api/v1`, `/apis/apps/v1`, …
    pub(super) api: String,
    /// `v1`, `apps/v1`, …
    pub(super) version: String,
    pub(super) kind: String,
    pub(super) plural: String,
    pub(super) namespaced: bool,
    /// Whether its absence is an error.
    pub(super) needed: bool,
}

/// Group, kind and plural of what is listed besides Ambassador's own kinds; an empty group is the
/// core group.
const BESIDE: &[(&str, &str, &str)] = &[
    ("", "Service", "services"),
    ("apps", "Deployment", "deployments"),
    ("apps", "DaemonSet", "daemonsets"),
    ("apps", "StatefulSet", "statefulsets"),
    ("networking.k8s.io", "Ingress", "ingresses"),
    ("rbac.authorization.k8s.io", "Role", "roles"),
    ("rbac.authorization.k8s.io", "RoleBinding", "rolebindings"),
    ("cert-manager.io", "Certificate", "certificates"),
    ("security.istio.io", "PeerAuthentication", "peerauthentications"),
    ("networking.istio.io", "DestinationRule", "destinationrules"),
];

const AMBASSADOR: &str = "getambassador.io";

/// The groups of the API, each with its versions, the preferred one first.
struct Groups(Vec<(String, Vec<String>)>);

impl Groups {
    fn read(answer: &Value) -> Self {
        let groups = answer["groups"].as_array().into_iter().flatten();
        Self(
            groups
                .map(|group| {
                    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                    let mut versions = vec![text(&group["preferredVersion"]["version"])];
                    let all = group["versions"].as_array().into_iter().flatten();
                    versions.extend(all.map(|version| text(&version["version"])));
                    (text(&group["name"]), versions)
                })
                .collect(),
        )
    }

    fn versions(&self, group: &str) -> &[String] {
        self.0.iter().find(|(name, _)| name == group).map_or(&[], |(_, versions)| versions)
    }
}

impl ClusterClient {
    /// All kinds to list, Ambassador's first.
    ///
    /// # Errors
    /// [`ApiError`].
    pub(super) async fn kinds(&self) -> Result<Vec<Resource>, ApiError> {
        let answer = self.read("/apis", "the API groups").await?;
        if !answer["groups"].is_array() {
            return Err(ApiError::not_kubernetes("its answer about the API groups is not a list"));
        }
        let groups = Groups::read(&answer);
        let mut kinds = Vec::new();
        let served = groups.versions(AMBASSADOR);
        // Emissary 2 and later read v3alpha1, which older releases do not have. The server
        // converts.
        let mut favourite = ["v3alpha1", "v2", "v1"].into_iter();
        let favourite = favourite.find(|version| served.iter().any(|one| one == version));
        if let Some(version) = favourite {
            kinds.extend(self.ambassadors(version).await?);
        }
        for (group, kind, plural) in BESIDE {
            let (api, version) = match *group {
                "" => ("/api/v1".to_owned(), "v1".to_owned()),
                group => {
                    let Some(version) = groups.versions(group).first() else { continue };
                    (format!("/apis/{group}/{version}"), format!("{group}/{version}"))
                }
            };
            kinds.push(Resource {
                api,
                version,
                kind: (*kind).to_owned(),
                plural: (*plural).to_owned(),
                namespaced: true,
                needed: false,
            });
        }
        Ok(kinds)
    }

    async fn ambassadors(&self, version: &str) -> Result<Vec<Resource>, ApiError> {
        let api = format!("/apis/{AMBASSADOR}/{version}");
        let answer = self.read(&api, "Ambassador's kinds").await?;
        let Some(resources) = answer["resources"].as_array() else {
            return Err(ApiError::not_kubernetes(
                "its answer about Ambassador's kinds is not a list",
            ));
        };
        let resources = resources.iter().filter_map(|resource| {
            let verbs = resource["verbs"].as_array()?;
            let plural = resource["name"].as_str()?;
            let listed = verbs.iter().any(|verb| verb == "list") && !plural.contains('/');
            listed.then(|| Resource {
                api: api.clone(),
                version: format!("{AMBASSADOR}/{version}"),
                kind: resource["kind"].as_str().unwrap_or_default().to_owned(),
                plural: plural.to_owned(),
                namespaced: resource["namespaced"].as_bool().unwrap_or(true),
                needed: true,
            })
        });
        Ok(resources.collect())
    }
}

/// The rules of a Role that allows reading everything that is read: group, plurals, verbs.
pub fn rules() -> Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)> {
    let list = || vec!["list"];
    let mut rules = vec![(AMBASSADOR, vec!["*"], list())];
    for (group, _, plural) in BESIDE {
        match rules.iter_mut().find(|(name, plurals, _)| name == group && plurals[0] != "*") {
            Some((_, plurals, _)) => plurals.push(plural),
            None => rules.push((group, vec![plural], list())),
        }
    }
    rules.push(("", vec!["secrets", "configmaps"], vec!["get"]));
    rules
}
