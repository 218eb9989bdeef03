//! A service's certificate as the agent sends it.

use serde::{Deserialize, Deserializer};

use super::sensitive::Sensitive;

/// The answer of `/v1/agent/connect/ca/leaf/`, as far as it is used.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Leaf {
    /// The service it is for.
    #[serde(rename = "Service")]
    pub service: String,
    /// Its identity.
    #[serde(rename = "ServiceURI")]
    pub uri: String,
    /// Its certificate, and the intermediates up to a root, which is never in it.
    #[serde(rename = "CertPEM")]
    pub chain: String,
    /// Its key, SEC 1 as Consul makes it.
    #[serde(rename = "PrivateKeyPEM", deserialize_with = "sensitive")]
    pub key: Sensitive,
}

fn sensitive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Sensitive, D::Error> {
    String::deserialize(deserializer).map(Sensitive::new)
}
