//! Objects that will make a Secret once they are applied.

use crate::document::{Field, Located};

use super::object::Object;

/// Something in the input that creates a Secret in the cluster.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The object that makes it.
    pub by: Object,
    /// The Secret's name, and where it is said.
    pub secret: Located<String>,
}

/// Keys that cert-manager may write (`pkg/controller/certificates/issuing/internal/secret.go`).
const CERT_MANAGER_KEYS: [&str; 9] = [
    "tls.crt",
    "tls.key",
    "ca.crt",
    "tls-combined.pem",
    "key.der",
    "keystore.jks",
    "truststore.jks",
    "keystore.p12",
    "truststore.p12",
];

impl Promise {
    /// Whether the Secret may get that key.
    pub fn makes(&self, key: &str) -> bool {
        *self.by.kind != "Certificate" || CERT_MANAGER_KEYS.contains(&key)
    }

    /// Kinds that make a Secret in their own namespace.
    pub(super) const KINDS: [&'static str; 4] =
        ["Certificate", "ExternalSecret", "ClusterExternalSecret", "SealedSecret"];

    pub(super) fn read(by: Object, root: &Field<'_>) -> Option<Self> {
        let at = |path: &[&str]| {
            path.iter().try_fold(root.clone(), |field, name| field.set_at(name))?.text()
        };
        let secret = match by.kind.as_str() {
            "Certificate" => at(&["spec", "secretName"]),
            "ExternalSecret" => at(&["spec", "target", "name"]),
            "ClusterExternalSecret" => at(&["spec", "externalSecretName"]),
            _ => at(&["spec", "template", "metadata", "name"]),
        };
        // A Certificate always names its Secret; the others default to their own name.
        let own_name = || (*by.kind != "Certificate").then(|| by.name.clone());
        let secret = secret.or_else(own_name)?;
        Some(Self { secret, by })
    }
}
