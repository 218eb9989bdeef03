//! Contradictions between a Host and the TLSContext that it links (`irhost.py`, `save_context`).
//!
//! Emissary checks this only once the Host's Secret is loaded. Here only the manifests are
//! compared, since Secrets are rarely among them.

use std::collections::HashMap;

use crate::document::{Located, Text};
use crate::resource::{Host, TlsContext};

use crate::world::World;
use crate::world::context::globs_match;

/// A contradiction.
#[derive(Debug, Clone, Copy)]
pub struct HostFault<'w> {
    /// The Host.
    pub host: &'w Host,
    /// Its reference to the context.
    pub reference: &'w Located<Text>,
    /// What is wrong.
    pub kind: HostFaultKind<'w>,
}

/// The kinds of [`HostFault`].
#[derive(Debug, Clone, Copy)]
pub enum HostFaultKind<'w> {
    /// No context has this name; the Host is dropped.
    Undefined,
    /// The context and the Host name different Secrets; the Host is dropped.
    Secrets {
        /// The context.
        context: &'w TlsContext,
        /// The Secret that the context names.
        secret: &'w Located<Text>,
        /// The Secret that the Host names.
        own: &'w Located<Text>,
    },
    /// The context's `hosts` differ from the Host's name; Emissary reports an error but uses it.
    Names(&'w TlsContext),
}

impl World {
    /// The Hosts of the input, used or not, whose `hostname` can match a route's: some name matches
    /// both globs.
    pub fn hosts_named(&self, glob: &str) -> impl Iterator<Item = &Host> {
        let hosts = self.resources.hosts.iter().map(|host| &**host);
        hosts.filter(move |host| globs_match(host.glob(), glob))
    }

    /// The contradictions between Hosts and the TLSContexts that they link, in source order.
    pub fn host_faults(&self) -> Vec<HostFault<'_>> {
        let mut known = HashMap::new();
        for (index, context) in self.contexts.iter().enumerate() {
            known.entry(context.name.as_str()).or_insert(index);
        }
        let mut stored: Vec<usize> = self.storages.hosts.stored.iter().map(|s| s.index).collect();
        stored.sort_unstable();
        let mut faults = Vec::new();
        for host in stored.into_iter().map(|index| &self.resources.hosts[index]) {
            // Without a Secret both are ignored; with both of them the Host is dropped earlier.
            let (Some(own), Some(reference), None) =
                (&host.tls_secret, &host.tls_context, &host.tls)
            else {
                continue;
            };
            let mut fault = |kind| faults.push(HostFault { host, reference, kind });
            let Some(&index) = known.get(reference.as_str()) else {
                fault(HostFaultKind::Undefined);
                continue;
            };
            let Some(context) = self.tls_context(crate::world::context::ContextId(index)) else {
                continue;
            };
            // The context's Secret is looked up in the Host's namespace, with dots left as they
            // are.
            let namespace = host.tls_secret_namespace.as_ref().map_or("", |other| other.as_str());
            let elsewhere = !namespace.is_empty() && namespace != host.object.namespace();
            match &context.settings.secret {
                Some(secret) if elsewhere || secret.value != own.value => {
                    fault(HostFaultKind::Secrets { context, secret, own });
                    continue;
                }
                _ => {}
            }
            let names = context.settings.host_names();
            let fits = |name: &Located<Text>| {
                name.value == host.glob() || name.value == host.object.name.value
            };
            if !names.is_empty() && !names.iter().any(fits) {
                fault(HostFaultKind::Names(context));
            }
        }
        faults
    }
}
