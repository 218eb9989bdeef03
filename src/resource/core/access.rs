//! Roles and bindings: what a service account may do with Secrets.

use crate::document::{Field, Located, Text};

use crate::resource::Object;

/// A Role or ClusterRole.
#[derive(Debug, Clone)]
pub struct Role {
    /// Identity and origin.
    pub object: Object,
    /// Its rules.
    pub rules: Vec<AccessRule>,
    /// Whether the cluster fills it from other roles.
    pub is_aggregated: bool,
}

/// A rule of a Role.
#[derive(Debug, Clone)]
pub struct AccessRule {
    /// `apiGroups`.
    pub groups: Vec<String>,
    /// `resources`.
    pub resources: Vec<String>,
    /// `verbs`, with their place.
    pub verbs: Option<Located<Vec<String>>>,
    /// `resourceNames`; empty for all.
    pub names: Vec<String>,
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Debug, Clone)]
pub struct RoleBinding {
    /// Identity and origin.
    pub object: Object,
    /// Kind and name of the role.
    pub role: Option<(String, String)>,
    /// The service accounts that it is bound to.
    pub accounts: Vec<BoundAccount>,
}

/// A service account of a binding.
#[derive(Debug, Clone)]
pub struct BoundAccount {
    /// Its name.
    pub name: Located<Text>,
    /// Its namespace; `None` for that of the RoleBinding.
    pub namespace: Option<Located<Text>>,
}

impl Role {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let rules = root.set_at("rules").map(|rules| rules.items().collect::<Vec<_>>());
        let texts = |rule: &Field<'_>, name: &str| -> Vec<String> {
            let list = rule.set_at(name).map(|list| list.texts()).unwrap_or_default();
            list.into_iter().map(|text| text.value.into()).collect()
        };
        Self {
            object,
            rules: rules
                .unwrap_or_default()
                .iter()
                .map(|rule| AccessRule {
                    groups: texts(rule, "apiGroups"),
                    resources: texts(rule, "resources"),
                    verbs: rule.set_at("verbs").map(|verbs| verbs.located(texts(rule, "verbs"))),
                    names: texts(rule, "resourceNames"),
                })
                .collect(),
            is_aggregated: root.set_at("aggregationRule").is_some(),
        }
    }

    /// Whether it allows a verb on the Secret with this name.
    pub fn allows(&self, verb: &str, secret: &str) -> bool {
        let any =
            |list: &[String], wanted: &str| list.iter().any(|one| one == wanted || one == "*");
        self.rules.iter().any(|rule| {
            let verbs = rule.verbs.as_ref().map_or(&[][..], |verbs| &verbs.value);
            // The API server does not know the name of an object to be created when it checks
            // access.
            let named = rule.names.is_empty()
                || (verb != "create" && rule.names.iter().any(|name| name == secret));
            named && any(verbs, verb) && any(&rule.groups, "") && any(&rule.resources, "secrets")
        })
    }
}

impl RoleBinding {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let role = root.set_at("roleRef");
        let text = |name: &str| Some(role.as_ref()?.set_at(name)?.text()?.value.to_string());
        let subjects = root.set_at("subjects").map(|subjects| subjects.items().collect::<Vec<_>>());
        let account = |subject: &Field<'_>| {
            let kind = subject.set_at("kind")?.text()?;
            let name = subject.set_at("name")?.text()?;
            let namespace = subject.set_at("namespace").and_then(|namespace| namespace.text());
            (*kind == "ServiceAccount").then_some(BoundAccount { name, namespace })
        };
        Self {
            role: text("kind").zip(text("name")),
            accounts: subjects.unwrap_or_default().iter().filter_map(account).collect(),
            object,
        }
    }
}
