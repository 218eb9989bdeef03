//! An API server that stores one Secret, with the relevant parts of server-side apply.
//!
//! It follows Kubernetes' API concepts ("Server-Side Apply", "Resource versions"). It does not
//! prove what a real API server does, and is only as strict as these tests need.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::double::{Asked, Double, Reply};
use crate::support::peer::folder;

#[derive(Default)]
struct State {
    secret: Option<Value>,
    version: u64,
    /// The manager that owns each entry.
    owners: BTreeMap<String, String>,
    /// Responses to return instead of the proper ones, in order.
    faults: VecDeque<Reply>,
}

/// The double.
pub(crate) struct Kube {
    pub(crate) http: Double,
    state: Arc<Mutex<State>>,
    /// A kubeconfig for this server.
    pub(crate) kubeconfig: PathBuf,
}

pub(crate) const SECRET: &str = "/api/v1/namespaces/edge/secrets/ambassador-consul-connect";
pub(crate) const TOKEN: &str = "cluster-token";

impl Kube {
    pub(crate) fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let kept = Arc::clone(&state);
        let http = Double::start(move |asked| answer(&mut kept.lock().unwrap(), asked));
        let kubeconfig = folder("kubeconfig").join("config");
        let text = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "double",
            "clusters": [{"name": "double", "cluster": {"server": format!("http://127.0.0.1:{}", http.port)}}],
            "users": [{"name": "me", "user": {"token": TOKEN}}],
            "contexts": [{"name": "double", "context": {"cluster": "double", "user": "me", "namespace": "edge"}}],
        });
        std::fs::write(&kubeconfig, text.to_string()).unwrap();
        Self { http, state, kubeconfig }
    }

    /// The stored Secret.
    pub(crate) fn secret(&self) -> Option<Value> {
        self.state.lock().unwrap().secret.clone()
    }

    /// Stores a Secret as another client would.
    pub(crate) fn store(&self, secret: Value, owner: &str) {
        let mut state = self.state.lock().unwrap();
        state.version += 1;
        let mut secret = secret;
        secret["metadata"]["resourceVersion"] = state.version.to_string().into();
        for (name, _) in secret["data"].as_object().into_iter().flatten() {
            state.owners.insert(name.clone(), owner.to_owned());
        }
        state.secret = Some(secret);
    }

    /// Returns these responses to the next requests.
    pub(crate) fn fail(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.lock().unwrap().faults.extend(replies);
    }

    pub(crate) fn writes(&self) -> Vec<Asked> {
        self.http.asked().into_iter().filter(|asked| asked.method == "PATCH").collect()
    }
}

/// A `Status` as the API returns it.
pub(crate) fn status(code: u16, reason: &str, message: &str) -> Reply {
    Reply::json(
        code,
        json!({
            "kind": "Status", "apiVersion": "v1", "status": "Failure",
            "message": message, "reason": reason, "code": code,
        }),
    )
}

fn answer(state: &mut State, asked: &Asked) -> Reply {
    // kubectl sends no token without TLS.
    let is_kubectl = asked.header("user-agent").is_some_and(|agent| agent.starts_with("kubectl/"));
    if asked.header("authorization") != Some(&format!("Bearer {TOKEN}")) && !is_kubectl {
        return status(401, "Unauthorized", "Unauthorized");
    }
    if asked.path.contains("/secrets/")
        && let Some(fault) = state.faults.pop_front()
    {
        return fault;
    }
    match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", "/api") => Reply::json(200, json!({"kind": "APIVersions", "versions": ["v1"]})),
        ("GET", "/apis") => {
            Reply::json(200, json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": []}))
        }
        ("GET", "/api/v1") => Reply::json(
            200,
            json!({
                "kind": "APIResourceList", "groupVersion": "v1", "resources": [{
                    "name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret",
                    "verbs": ["create", "delete", "get", "list", "patch"],
                }],
            }),
        ),
        ("GET", SECRET) => match &state.secret {
            Some(secret) => Reply::json(200, secret),
            None => status(404, "NotFound", "secrets \"ambassador-consul-connect\" not found"),
        },
        ("PATCH", SECRET) => apply(state, asked),
        _ => status(404, "NotFound", "the server could not find the requested resource"),
    }
}

fn apply(state: &mut State, asked: &Asked) -> Reply {
    if asked.header("content-type") == Some("application/merge-patch+json") {
        return merge(state, asked);
    }
    if asked.header("content-type") != Some("application/apply-patch+yaml") {
        return status(
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format",
        );
    }
    let query: BTreeMap<&str, &str> =
        asked.query.split('&').filter_map(|part| part.split_once('=')).collect();
    let Some(manager) = query.get("fieldManager") else {
        return status(400, "BadRequest", "fieldManager is required for apply patch");
    };
    let Ok(mut wanted) = serde_json::from_str::<Value>(&asked.body) else {
        return status(400, "BadRequest", "error decoding YAML");
    };
    let version = wanted["metadata"]["resourceVersion"].as_str().map(str::to_owned);
    let mut code = 201;
    if let Some(stored) = &state.secret {
        code = 200;
        if version.is_some_and(|version| stored["metadata"]["resourceVersion"] != version.as_str())
        {
            return status(
                409,
                "Conflict",
                "the object has been modified; please apply your changes to the latest version and try again",
            );
        }
        if stored["type"] != wanted["type"] {
            return status(
                422,
                "Invalid",
                "Secret \"ambassador-consul-connect\" is invalid: type: Invalid value: \"kubernetes.io/tls\": field is immutable",
            );
        }
        let foreign: Vec<Value> = wanted["data"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, value)| {
                let owner = state.owners.get(*name);
                owner.is_some_and(|owner| owner != manager) && stored["data"][name.as_str()] != **value
            })
            .map(|(name, _)| json!({"reason": "FieldManagerConflict", "message": "conflict with \"kubectl\"", "field": format!(".data.{name}")}))
            .collect();
        if !foreign.is_empty() && query.get("force") != Some(&"true") {
            return Reply::json(
                409,
                json!({
                    "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict", "code": 409,
                    "message": format!("Apply failed with {} conflicts", foreign.len()),
                    "details": {"causes": foreign},
                }),
            );
        }
    }
    for (name, _) in wanted["data"].as_object().into_iter().flatten() {
        state.owners.insert(name.clone(), (*manager).to_owned());
    }
    // Annotations of other managers are kept.
    let stored =
        state.secret.as_ref().and_then(|stored| stored["metadata"]["annotations"].as_object());
    for (name, value) in stored.cloned().unwrap_or_default() {
        if wanted["metadata"]["annotations"].get(&name).is_none() {
            wanted["metadata"]["annotations"][name] = value;
        }
    }
    state.version += 1;
    wanted["metadata"]["resourceVersion"] = state.version.to_string().into();
    state.secret = Some(wanted.clone());
    Reply::json(code, wanted)
}

/// RFC 7396, as far as annotations are concerned.
fn merge(state: &mut State, asked: &Asked) -> Reply {
    let Some(secret) = &mut state.secret else {
        return status(404, "NotFound", "secrets \"ambassador-consul-connect\" not found");
    };
    let patch: Value = serde_json::from_str(&asked.body).unwrap();
    for (name, value) in patch["metadata"]["annotations"].as_object().into_iter().flatten() {
        let annotations = secret["metadata"]["annotations"].as_object_mut().unwrap();
        match value {
            Value::Null => annotations.remove(name),
            value => annotations.insert(name.clone(), value.clone()),
        };
    }
    Reply::json(200, secret.clone())
}
