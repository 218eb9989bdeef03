//! The roots of a mesh as returned by the agent.

use serde::Deserialize;

/// The fields of `/v1/agent/connect/ca/roots` that are used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Roots {
    /// The root that signs new leaf certificates.
    #[serde(rename = "ActiveRootID")]
    pub active_root_id: String,
    /// `UUID.consul`.
    pub trust_domain: String,
    /// Every root that is still trusted.
    pub roots: Vec<Root>,
}

/// A root.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Root {
    /// Its fingerprint.
    #[serde(rename = "ID")]
    pub id: String,
    /// The certificate in PEM.
    #[serde(rename = "RootCert")]
    pub certificate: String,
}

impl Roots {
    /// The root that signs new leaf certificates.
    pub fn active(&self) -> Option<&Root> {
        self.roots.iter().find(|root| root.id == self.active_root_id)
    }
}
