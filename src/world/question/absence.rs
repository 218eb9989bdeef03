//! Why an object is not in the input, and which upstreams depend on one that nobody has seen.

use crate::diagnostic::ObjectName;
use crate::world::premise::Completeness;
use crate::world::{Material, Upstream, World};

impl World {
    /// What is known about an object that the input does not hold: whether it is absent.
    pub fn absence(&self, kind: &str, namespace: &str, name: &str) -> Completeness {
        if self.settings.externals.iter().any(|one| one.covers(kind, namespace, name)) {
            return Completeness::Elsewhere;
        }
        self.completeness(kind, namespace)
    }

    /// Whether the input holds all objects of a kind in a namespace.
    pub fn completeness(&self, kind: &str, namespace: &str) -> Completeness {
        self.settings.horizon.completeness(&self.resources, kind, namespace)
    }

    /// The Secrets that an upstream's context is taken to get although nobody has seen them: they
    /// are neither in the input, nor made by anything in it, nor said to be elsewhere.
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
