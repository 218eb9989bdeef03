//! The Certificates of cert-manager whose Secrets contexts use, before anything is issued.

use std::collections::HashMap;

use crate::resource::{CertificateRequest, Object, Promise};
use crate::world::{ContextId, World};

/// A Certificate whose Secret a context names in one of its fields.
pub(crate) struct Requested<'w> {
    pub(crate) id: ContextId,
    /// The Certificate.
    pub(crate) object: &'w Object,
    pub(crate) request: &'w CertificateRequest,
}

/// Certificates that contexts name in `field` (`secret`, `ca_secret`), each only once, and only
/// where an upstream or a Host uses the context.
pub(crate) fn requested<'w>(world: &'w World, field: &str) -> Vec<Requested<'w>> {
    let mut all: Vec<Requested<'w>> = Vec::new();
    let mut by_secret: HashMap<&str, Vec<&'w Promise>> = HashMap::new();
    for promise in world.resources.promises.iter().filter(|one| one.request.is_some()) {
        by_secret.entry(promise.secret.as_str()).or_default().push(promise);
    }
    for (index, context) in world.contexts.iter().enumerate() {
        let lookups = context.lookups.iter().filter(|lookup| lookup.field == field);
        for lookup in lookups {
            let (namespace, name) = (&lookup.reference.namespace, &lookup.reference.name);
            let Some(promises) = by_secret.get(name.as_str()) else { continue };
            // Issued certificates are checked directly.
            if world.secret(namespace, name).is_some() {
                continue;
            }
            for promise in promises.iter().filter(|one| one.covers(namespace, name)) {
                let Some(request) = promise.request.as_deref() else { continue };
                let known = all.iter().any(|one| std::ptr::eq(one.object, &promise.by));
                if !known {
                    all.push(Requested { id: ContextId(index), object: &promise.by, request });
                }
            }
        }
    }
    all
}
