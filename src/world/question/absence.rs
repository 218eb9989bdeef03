//! Why an object is not in the input, and which upstreams depend on unseen objects.

use crate::diagnostic::ObjectName;
use crate::world::premise::Completeness;
use crate::world::{Material, Upstream, World};

impl World {
    /// Whether an object that is not in the input is absent or elsewhere.
    pub fn absence(&self, kind: &str, namespace: &str, name: &str) -> Completeness {
        if self.settings.externals.iter().any(|one| one.covers(kind, namespace, name)) {
            return Completeness::Elsewhere;
        }
        self.completeness(kind, namespace)
    }

    /// Whether the input has all objects of a kind in a namespace.
    pub fn completeness(&self, kind: &str, namespace: &str) -> Completeness {
        self.settings.horizon.completeness(&self.resources, kind, namespace)
    }

    /// The Secrets that an upstream's context is assumed to get although they are not in the input,
    /// not created by anything in it, and not declared to be elsewhere.
    pub fn unseen_secrets(&self, upstream: &Upstream) -> Vec<ObjectName> {
        let Some(id) = self.context_used(upstream) else { return Vec::new() };
        let mut unseen: Vec<ObjectName> = Vec::new();
        for (_, material) in self.context(id).materials() {
            let Material::Secret { namespace, name, index: None, .. } = material else { continue };
            let secret = ObjectName {
                kind: "Secret".to_owned(),
                namespace: namespace.clone(),
                name: name.clone(),
            };
            if !self.is_promised(namespace, name) && !unseen.contains(&secret) {
                unseen.push(secret);
            }
        }
        unseen
    }
}
