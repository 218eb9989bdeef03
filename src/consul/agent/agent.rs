//! The requests to an agent.

use std::time::Duration;

use hyper::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::connection::Connection;
use super::error::AgentError;
use super::http::{self, Answer};
use super::leaf::Leaf;
use super::roots::Roots;

/// The time limit for a response that need not wait for a change.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client for an agent's HTTP API.
#[derive(Debug, Clone)]
pub struct Agent {
    connection: Connection,
}

/// The response to a blocking query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed<T> {
    /// The requested value.
    pub value: T,
    /// `X-Consul-Index`, if the agent sent a valid one.
    pub index: Option<u64>,
}

/// Whether a response may wait for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Respond immediately.
    No,
    /// Wait until the value is newer than this index, within a time limit.
    Newer {
        /// The index of the last response.
        than: u64,
        /// The time limit; the agent adds up to a sixteenth of it.
        at_most: Duration,
    },
}

/// Whether one service may connect to another, according to the agent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Authorization {
    /// Whether it may.
    pub authorized: bool,
    /// The intention that decides, in Consul's words.
    pub reason: String,
}

impl Agent {
    /// A client that uses this connection.
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// The connection.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The certificate and key of a service (`/v1/agent/connect/ca/leaf/`). The service need not be
    /// registered, but the token needs `service:write` for it.
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn leaf(&self, service: &str, wait: Wait) -> Result<Indexed<Leaf>, AgentError> {
        let path = format!("/v1/agent/connect/ca/leaf/{}", encoded(service));
        let answer = self.get(&path, wait).await?;
        let value: Leaf = self.parsed(&answer)?;
        if value.service != service {
            return Err(self.not_consul("it sent the certificate of another service"));
        }
        Ok(Indexed { value, index: answer.index })
    }

    /// The roots of the mesh (`/v1/agent/connect/ca/roots`); no token is needed.
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn roots(&self, wait: Wait) -> Result<Indexed<Roots>, AgentError> {
        let answer = self.get("/v1/agent/connect/ca/roots", wait).await?;
        let value: Roots = self.parsed(&answer)?;
        if value.roots.is_empty() {
            return Err(AgentError::Trouble {
                status: 200,
                message: "it has no root yet".to_owned(),
            });
        }
        Ok(Indexed { value, index: answer.index })
    }

    /// Whether the client with this identity may connect to a service
    /// (`/v1/agent/connect/authorize`); the token needs `service:write` for the target. Only
    /// intentions for whole connections count, not their HTTP permissions.
    ///
    /// # Errors
    /// [`AgentError`].
    pub async fn authorize(
        &self,
        target: &str,
        client_uri: &str,
        client_serial: &str,
    ) -> Result<Authorization, AgentError> {
        let body = serde_json::json!({
            "Target": target, "ClientCertURI": client_uri, "ClientCertSerial": client_serial,
        });
        let path = format!("/v1/agent/connect/authorize{}", self.query(Wait::No));
        let body = Some(body.to_string());
        let answer = http::request(&self.connection, Method::POST, &path, body, PATIENCE).await?;
        self.parsed(&answer)
    }

    async fn get(&self, path: &str, wait: Wait) -> Result<Answer, AgentError> {
        let path = format!("{path}{}", self.query(wait));
        let patience = match wait {
            Wait::No => PATIENCE,
            Wait::Newer { at_most, .. } => at_most + at_most / 16 + PATIENCE,
        };
        http::request(&self.connection, Method::GET, &path, None, patience).await
    }

    fn query(&self, wait: Wait) -> String {
        let mut parts = Vec::new();
        if let Wait::Newer { than, at_most } = wait {
            parts.push(format!("index={than}"));
            parts.push(format!("wait={}ms", at_most.as_millis()));
        }
        let Connection { namespace, partition, datacenter, .. } = &self.connection;
        for (name, value) in [("ns", namespace), ("partition", partition), ("dc", datacenter)] {
            if let Some(value) = value {
                parts.push(format!("{name}={}", encoded(value)));
            }
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    fn parsed<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, AgentError> {
        // The parser's own message may quote a value, which may be a key.
        serde_json::from_slice(&answer.body).map_err(|error| {
            let what = match error.classify() {
                serde_json::error::Category::Data => "a field is missing or of another kind",
                _ => "it is not JSON",
            };
            self.not_consul(what)
        })
    }

    fn not_consul(&self, why: &str) -> AgentError {
        let address = self.connection.address.to_string();
        AgentError::Unreadable { address, why: why.to_owned() }
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
