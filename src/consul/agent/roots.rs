//! The roots of a mesh as the agent sends them.

use serde::Deserialize;

/// The answer of `/v1/agent/connect/ca/roots`, as far as it is used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Roots {
    /// The one that signs new leaves.
    #[serde(rename = "ActiveRootID")]
    pub active_root_id: String,
    /// `UUID.consul`.
    pub trust_domain: String,
    /// Every root that is still trusted.
    pub roots: Vec<Root>,
}

/// One root.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Root {
    /// Its fingerprint.
    #[serde(rename = "ID")]
    pub id: String,
    /// The certificate, PEM.
    #[serde(rename = "RootCert")]
    pub certificate: String,
}

impl Roots {
    /// The root that signs new leaves.
    pub fn active(&self) -> Option<&Root> {
        self.roots.iter().find(|root| root.id == self.active_root_id)
    }
}
