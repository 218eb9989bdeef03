//! What a Host and the TLSContext that it links disagree about (`irhost.py`, `save_context`).
//!
//! Emissary finds this out only once the Host's Secret is loaded. Here it is asked of the manifests
//! alone, since Secrets are seldom among them.

use std::collections::HashMap;

use crate::document::Located;
use crate::resource::{Host, TlsContext};

use crate::world::World;
use crate::world::context::globs_match;

/// One disagreement.
#[derive(Debug, Clone, Copy)]
pub struct HostFault<'w> {
    /// The Host.
    pub host: &'w Host,
    /// Its reference to the context.
    pub reference: &'w Located<String>,
    /// What is wrong.
    pub kind: HostFaultKind<'w>,
}

/// The kinds of [`HostFault`].
#[derive(Debug, Clone, Copy)]
pub enum HostFaultKind<'w> {
    /// No context has that name; the Host is dropped.
    Undefined,
    /// The context names another Secret than the Host; the Host is dropped.
    Secrets {
        /// The context.
        context: &'w TlsContext,
        /// The Secret that the context names.
        secret: &'w Located<String>,
        /// The Secret that the Host names.
        own: &'w Located<String>,
    },
    /// The context is for other names than the Host; Emissary complains and goes on.
    Names(&'w TlsContext),
}

impl World {
    /// The Hosts of the input, used or not, whose `hostname` may be that of a route: some name fits both
    /// globs.
    pub fn hosts_named(&self, glob: &str) -> impl Iterator<Item = &Host> {
        let hosts = self.resources.hosts.iter().map(|host| &**host);
        hosts.filter(move |host| globs_match(host.glob(), glob))
    }

    /// What Hosts and the TLSContexts that they link disagree about, in source order.
    pub fn host_faults(&self) -> Vec<HostFault<'_>> {
        let mut known = HashMap::new();
        for (index, context) in self.contexts.iter().enumerate() {
            known.entry(context.name.as_str()).or_insert(index);
        }
        let mut stored: Vec<usize> = self.storages.hosts.stored.iter().map(|s| s.index).collect();
        stored.sort_unstable();
        let mut faults = Vec::new();
        for host in stored.into_iter().map(|index| &self.resources.hosts[index]) {
            // Without a Secret both are ignored; with both of them the Host is dropped before.
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
            // The context's Secret is looked for in the Host's namespace, dots and all.
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
            let fits = |name: &Located<String>| {
                name.value == host.glob() || name.value == host.object.name.value
            };
            if !names.is_empty() && !names.iter().any(fits) {
                fault(HostFaultKind::Names(context));
            }
        }
        faults
    }
}
