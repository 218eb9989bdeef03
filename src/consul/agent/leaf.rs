//! A service's certificate as returned by the agent.

use serde::{Deserialize, Deserializer};

use super::sensitive::Sensitive;

/// The fields of `/v1/agent/connect/ca/leaf/` that are used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Leaf {
    /// The service it was issued for.
    #[serde(rename = "Service")]
    pub service: String,
    /// Its identity.
    #[serde(rename = "ServiceURI")]
    pub uri: String,
    /// Its certificate and the intermediates up to a root, which is never included.
    #[serde(rename = "CertPEM")]
    pub chain: String,
    /// Its key, which Consul writes as SEC 1.
    #[serde(rename = "PrivateKeyPEM", deserialize_with = "sensitive")]
    pub key: Sensitive,
}

fn sensitive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sensitive, D::Error> {
    String::deserialize(deserializer).map(Sensitive::new)
}
