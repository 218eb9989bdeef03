//! A configurable agent, with blocking queries as in Consul.

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::double::{Asked, Double, Reply};

/// The state of the agent.
#[derive(Clone)]
pub(crate) struct Knows {
    pub(crate) leaf: Value,
    pub(crate) roots: Value,
    /// The index; must grow with every change that a blocking query should notice.
    pub(crate) index: u64,
    /// Returned instead of everything else.
    pub(crate) trouble: Option<Reply>,
    /// The only accepted token.
    pub(crate) token: Option<String>,
}

/// A double of an agent.
pub(crate) struct AgentDouble {
    pub(crate) http: Double,
    state: Arc<(Mutex<Knows>, Condvar)>,
}

impl AgentDouble {
    pub(crate) fn start(leaf: Value, roots: Value) -> Self {
        let knows = Knows { leaf, roots, index: 7, trouble: None, token: None };
        let state = Arc::new((Mutex::new(knows), Condvar::new()));
        let known = Arc::clone(&state);
        Self { http: Double::start(move |asked| answer(&known, asked)), state }
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.http.port)
    }

    /// Changes the state and wakes waiting queries.
    pub(crate) fn learn(&self, change: impl FnOnce(&mut Knows)) {
        change(&mut self.state.0.lock().unwrap());
        self.state.1.notify_all();
    }
}

fn answer(state: &(Mutex<Knows>, Condvar), asked: &Asked) -> Reply {
    let (lock, woken) = state;
    let mut knows = lock.lock().unwrap();
    if let Some(than) = asked.number("index") {
        let end = Instant::now() + Duration::from_millis(asked.number("wait").unwrap_or(300_000));
        while knows.index <= than && knows.index >= 7 && knows.trouble.is_none() {
            let Some(left) = end.checked_duration_since(Instant::now()) else { break };
            knows = woken.wait_timeout(knows, left).unwrap().0;
        }
    }
    if let Some(trouble) = &knows.trouble {
        return trouble.clone();
    }
    let is_leaf = asked.path.starts_with("/v1/agent/connect/ca/leaf/");
    if is_leaf && knows.token.as_deref() != asked.header("x-consul-token") && knows.token.is_some()
    {
        let why = if asked.header("x-consul-token").is_some() {
            "ACL not found"
        } else {
            "Permission denied"
        };
        return Reply::Whole { status: 403, headers: Vec::new(), body: why.to_owned() };
    }
    let value = match asked.path.as_str() {
        "/v1/agent/connect/ca/roots" => &knows.roots,
        _ if is_leaf => &knows.leaf,
        _ => return Reply::json(404, "no"),
    };
    Reply::json(200, value).with("x-consul-index", knows.index)
}
