//! Hosts: which of them work, and which contexts they create or link (`irhost.py`).

use std::collections::HashMap;
use std::sync::Arc;

use crate::resource::{Host, Resources};

use super::context::{Context, ContextId, ContextOrigin};
use super::context_table::{ContextTable, expanded};
use super::host_setup_fault::{HostSetupFault, HostSetupFaultKind};
use crate::world::SecretReference;
use crate::world::installation::Storage;
use crate::world::premise::{Behaviour, Environment, Profile};
use crate::world::secret::{FoundSecret, SecretLookup, SecretStore};

/// A Host that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveHost {
    /// Its index among [`Resources::hosts`]; `None` for the Host that Emissary creates if there is
    /// no other.
    pub index: Option<usize>,
    /// Glob of the host names it serves.
    pub glob: String,
    /// Labels that Mappings must have.
    pub selector: Option<Vec<(String, String)>>,
    /// The context it terminates TLS with.
    pub context: Option<ContextId>,
    /// Position of the Host with the same `hostname` that is used instead.
    pub displaced_by: Option<usize>,
}

/// All Hosts after setup.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hosts {
    pub(crate) active: Vec<ActiveHost>,
    /// What is wrong with Hosts that Emissary drops or complains about.
    pub(crate) faults: Vec<HostSetupFault>,
}

pub(crate) struct HostSetup<'w, 'r> {
    pub(crate) resources: &'r Resources,
    pub(crate) table: &'w mut ContextTable,
    pub(crate) secrets: &'w mut SecretStore<'r>,
    pub(crate) environment: &'w Environment,
    pub(crate) own_namespace: &'w str,
    pub(crate) profile: Profile,
}

impl HostSetup<'_, '_> {
    /// `HostFactory.load_all` and `finalize`.
    pub(crate) fn run(&mut self, storage: &Storage) -> Hosts {
        let mut hosts = Hosts::default();
        for stored in &storage.stored {
            let host = &self.resources.hosts[stored.index];
            let fault = |kind| HostSetupFault {
                host: stored.index,
                name: host.object.name.value.to_string(),
                kind,
            };
            let mut names = None;
            let context = self.set_up(host, stored.index, &mut names);
            hosts.faults.extend(names.map(fault));
            match context {
                Ok(context) => hosts.active.push(ActiveHost {
                    index: Some(stored.index),
                    glob: host.glob().to_owned(),
                    selector: host.selector.clone(),
                    context,
                    displaced_by: None,
                }),
                Err(kind) => hosts.faults.push(fault(kind)),
            }
        }
        if hosts.active.is_empty() {
            hosts.active.push(self.default_host());
        }
        self.displace(&mut hosts.active);
        hosts
    }

    /// Hosts with the same `hostname` become one virtual host: in cleartext the last one is used;
    /// with TLS it depends on the release (`V3Chain.add_httphost`).
    fn displace(&self, hosts: &mut [ActiveHost]) {
        let mut by_glob: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, host) in hosts.iter().enumerate() {
            by_glob.entry(&host.glob).or_default().push(at);
        }
        let mut displaced = Vec::new();
        for same in by_glob.values().filter(|same| same.len() > 1) {
            let Some(&last) = same.last() else { continue };
            let mut secure = same.iter().copied().filter(|&at| hosts[at].context.is_some());
            let secure = if self.profile.has(Behaviour::FirstTlsHostKeepsName) {
                secure.next()
            } else if self.profile.has(Behaviour::TlsHostsShareContext) {
                let first = secure.next();
                let context = first.and_then(|first| hosts[first].context);
                secure.rfind(|&at| hosts[at].context == context).or(first)
            } else {
                secure.next_back()
            };
            let lost = same.iter().copied().filter(|&at| at != last && Some(at) != secure);
            displaced.extend(lost.map(|at| (at, last)));
        }
        for (at, by) in displaced {
            hosts[at].displaced_by = Some(by);
        }
    }

    /// The Host that Emissary creates if there is no other: cleartext, unless its namespace has a
    /// fallback certificate.
    fn default_host(&mut self) -> ActiveHost {
        let name = "fallback-self-signed-cert";
        let reference = SecretReference::resolve(name, self.own_namespace, false);
        let found = matches!(self.secrets.resolve(&reference), SecretLookup::Found(_));
        let context = found.then(|| {
            let origin = ContextOrigin::Null;
            let namespace = self.own_namespace.to_owned();
            let mut context = Context::new("default-host-context".to_owned(), namespace, origin);
            context.secret = Some(name.to_owned());
            self.table.set_up(context)
        });
        let context = context.flatten();
        ActiveHost {
            index: None,
            glob: "*".to_owned(),
            selector: None,
            context,
            displaced_by: None,
        }
    }

    /// `IRHost.setup`: returns the context it terminates with, or why the Host is dropped.
    fn set_up(
        &mut self,
        host: &Host,
        index: usize,
        names: &mut Option<HostSetupFaultKind>,
    ) -> Result<Option<ContextId>, HostSetupFaultKind> {
        let Some(secret) = &host.tls_secret else { return Ok(None) };
        let secret = self.environment.expand(secret).into_owned();
        let other = host.tls_secret_namespace.as_ref().map(|namespace| namespace.value.as_str());
        let full_name = match other {
            Some(namespace) => format!("{secret}.{namespace}"),
            None => secret.clone(),
        };
        let namespace = other.unwrap_or(host.object.namespace());
        let reference = SecretReference::resolve(&secret, namespace, false);
        let SecretLookup::Found(found) = self.secrets.resolve(&reference) else {
            return Err(HostSetupFaultKind::SecretInvalid(full_name));
        };
        if host.tls_context.is_some() && host.tls.is_some() {
            return Err(HostSetupFaultKind::ContextAndSettings);
        }
        let own_name = host.context_name();
        if let Some(linked) = &host.tls_context {
            return self.link(host, index, linked, &found, &full_name, names).map(Some);
        }
        if host.tls.is_none() && self.table.usable(&own_name).is_some() {
            return self.link(host, index, &own_name, &found, &full_name, names).map(Some);
        }
        let namespace = host.object.namespace().to_owned();
        let mut context = Context::new(own_name.clone(), namespace, ContextOrigin::Host(index));
        if let Some(tls) = &host.tls {
            context.settings = Arc::new(expanded(tls, self.environment).into_owned());
            for version in [&tls.min_tls_version, &tls.max_tls_version].into_iter().flatten() {
                if !matches!(version.as_str(), "v1.0" | "v1.1" | "v1.2" | "v1.3") {
                    let field = version.name().to_owned();
                    let version = version.value.to_string();
                    return Err(HostSetupFaultKind::VersionInvalid { field, version });
                }
            }
        }
        context.secret = Some(full_name);
        context.linked_by.push(index);
        // A Secret in another namespace must be found even if namespacing is off.
        let crosses = other.is_some();
        let valid_shape = context.settings.cert_chain_file.is_none();
        let id = self.table.set_up(context);
        let Some(context) = id.or_else(|| self.table.contexts.len().checked_sub(1).map(ContextId))
        else {
            return Ok(None);
        };
        if crosses {
            self.table.contexts[context.0].secret_namespacing = Some(true);
        }
        self.table.contexts[context.0].hosts = vec![host.glob().to_owned()];
        if host.tls.is_some() && !valid_shape {
            return Err(HostSetupFaultKind::ContextInvalid(own_name));
        }
        Ok(id)
    }

    /// `IRHost.save_context`: links an existing context to this Host if their Secrets agree.
    fn link(
        &mut self,
        host: &Host,
        index: usize,
        context_name: &str,
        found: &FoundSecret,
        full_name: &str,
        names: &mut Option<HostSetupFaultKind>,
    ) -> Result<ContextId, HostSetupFaultKind> {
        let name = &host.object.name.value;
        let Some(id) = self.table.usable(context_name) else {
            return Err(HostSetupFaultKind::ContextMissing(context_name.to_owned()));
        };
        if let Some(secret) = self.table.contexts[id.0].secret.clone() {
            let reference = SecretReference::resolve(&secret, host.object.namespace(), false);
            let same = matches!(
                self.secrets.resolve(&reference),
                SecretLookup::Found(other) if other == *found
            );
            if !same {
                return Err(HostSetupFaultKind::SecretMismatch {
                    own: full_name.to_owned(),
                    context: context_name.to_owned(),
                    other: secret,
                });
            }
        } else {
            self.table.contexts[id.0].secret = Some(full_name.to_owned());
        }
        let context = &mut self.table.contexts[id.0];
        if context.hosts.is_empty() {
            context.hosts = vec![host.glob().to_owned()];
        } else if !context.hosts.iter().any(|known| known == host.glob() || known == name) {
            *names = Some(HostSetupFaultKind::NamesMismatch {
                glob: host.glob().to_owned(),
                context: context_name.to_owned(),
                names: context.hosts.clone(),
            });
        }
        context.linked_by.push(index);
        Ok(id)
    }
}

/// Whether some name matches both globs. Each has at most one `*`, at its start or end
/// (`hostglob_matches` in `irutils.py`, 2.0 to 4.1).
pub(crate) fn globs_match(one: &str, other: &str) -> bool {
    if one == other || one == "*" || other == "*" {
        return true;
    }
    if one.starts_with('.') || other.starts_with('.') {
        return false;
    }
    let ends = [one, other].map(|glob| (glob.strip_prefix('*'), glob.strip_suffix('*')));
    match ends.into() {
        // A glob with two `*` is compared literally.
        ((Some(_), Some(_)), _) | (_, (Some(_), Some(_))) => false,
        ((Some(_), _), (_, Some(_))) | ((_, Some(_)), (Some(_), _)) => true,
        ((Some(one), _), (Some(other), _)) => one.ends_with(other) || other.ends_with(one),
        ((_, Some(one)), (_, Some(other))) => one.starts_with(other) || other.starts_with(one),
        // A `*` matches at least one character.
        ((Some(tail), _), _) => other.len() > tail.len() && other.ends_with(tail),
        (_, (Some(tail), _)) => one.len() > tail.len() && one.ends_with(tail),
        ((_, Some(head)), _) => other.len() > head.len() && other.starts_with(head),
        (_, (_, Some(head))) => one.len() > head.len() && one.starts_with(head),
        _ => false,
    }
}

impl ActiveHost {
    /// `IRHost.matches_httpgroup`; the labels are those of all members, of one key the last one's.
    pub(crate) fn takes(
        &self,
        route_glob: Option<&str>,
        any_host: bool,
        labels: &HashMap<&str, &str>,
        strict: bool,
    ) -> bool {
        if self.displaced_by.is_some() {
            return false;
        }
        let has = |(key, value): &(String, String)| labels.get(&**key) == Some(&&**value);
        let named = any_host || route_glob.is_some();
        let host_fits = any_host || route_glob.is_some_and(|glob| globs_match(&self.glob, glob));
        match &self.selector {
            Some(selector) if strict => {
                let selected = selector.iter().all(has);
                selected && (host_fits || !named)
            }
            // One matching label is enough, and so is a matching host name.
            Some(selector) => host_fits || selector.is_empty() || selector.iter().any(has),
            None => named && host_fits,
        }
    }
}
