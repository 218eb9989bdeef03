//! Which Secrets Emissary's Go half passes to its Python half (`EP/secrets.go`).

use std::collections::HashSet;

use crate::resource::Resources;

use super::secret_scope::{Namespacing, SecretReference};
use crate::world::installation::Storages;

/// The Secrets that Emissary's Go half passes on, as namespace and name (`ReconcileSecrets`).
///
/// It sees references before `$NAME` is expanded and ignores the defaults of the legacy Module.
pub(crate) fn select_secrets(
    resources: &Resources,
    storages: &Storages,
    namespacing: &Namespacing,
) -> HashSet<(String, String)> {
    let mut selected = HashSet::new();
    let mut select = |written: &str, namespace: &str, namespacing: bool| {
        let reference = SecretReference::resolve(written, namespace, namespacing);
        selected.insert((reference.namespace, reference.name));
    };
    let foreign = storages.contexts.left_out();
    for (index, context) in resources.contexts.iter().enumerate() {
        if foreign.contains(&index) {
            continue;
        }
        let settings = &context.settings;
        let (go, _) = namespacing.for_context(settings.secret_namespacing.as_ref());
        let secrets = [&settings.secret, &settings.ca_secret, &settings.crl_secret];
        for secret in secrets.into_iter().flatten() {
            select(secret, context.object.namespace(), go);
        }
    }
    let foreign = storages.hosts.left_out();
    for (index, host) in resources.hosts.iter().enumerate() {
        if foreign.contains(&index) {
            continue;
        }
        let namespace = host.object.namespace();
        if let Some(secret) = &host.tls_secret {
            let other = host.tls_secret_namespace.as_ref().map(|other| other.value.as_str());
            select(secret, other.unwrap_or(namespace), false);
        }
        let inline = host.tls.iter().flat_map(|tls| [&tls.ca_secret, &tls.crl_secret]);
        for secret in inline.flatten() {
            select(secret, namespace, namespacing.go);
        }
        if let Some(secret) = &host.acme_secret {
            select(secret, namespace, false);
        }
    }
    let foreign = storages.modules.left_out();
    for (index, module) in resources.modules.iter().enumerate() {
        // Those of Module `ambassador` were never passed on.
        if foreign.contains(&index) || *module.object.name != "tls" {
            continue;
        }
        let known = ["upstream", "server", "client"];
        for block in module.legacy_contexts.iter().filter(|b| known.contains(&b.name.as_str())) {
            if let Some(secret) = &block.settings.secret {
                select(secret, module.object.namespace(), namespacing.go);
            }
        }
    }
    for namespace in fallback_namespaces(resources) {
        select("fallback-self-signed-cert", &namespace, false);
    }
    selected
}

/// Namespaces in which a fallback certificate may be; which one is used is decided later.
fn fallback_namespaces(resources: &Resources) -> Vec<String> {
    let secrets = resources.secrets.iter();
    let named = secrets.filter(|secret| *secret.object.name == "fallback-self-signed-cert");
    named.map(|secret| secret.object.namespace().to_owned()).collect()
}
