//! Name-to-object indexes, so that no rule has to scan every object.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::resource::{Object, Resources};

use super::credential::Credentials;
use crate::world::context::{ActiveHost, ContextId};
use crate::world::upstream::{BadContext, Cluster, Reference, Upstream};

/// Lookup tables, built on first use and shared by the worlds with the same ground.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Shared by worlds with the same Secrets and Services.
    pub(super) objects: Arc<OnceLock<Objects>>,
    pub(super) credentials: OnceLock<Credentials>,
}

/// Secrets and Services by namespace and name.
#[derive(Debug, Default)]
pub(super) struct Objects {
    /// By namespace, then by name, so that a lookup allocates no key.
    secrets: HashMap<String, HashMap<String, usize>>,
    services: HashMap<String, HashMap<String, Vec<usize>>>,
}

impl Objects {
    pub(super) fn of(resources: &Resources) -> Self {
        let mut objects = Self::default();
        for (at, secret) in resources.secrets.iter().enumerate() {
            let object = &secret.object;
            // A later object replaces an earlier one.
            of(&mut objects.secrets, object).insert(object.name.value.to_string(), at);
        }
        for (at, service) in resources.services.iter().enumerate() {
            let object = &service.object;
            let known = of(&mut objects.services, object).entry(object.name.value.to_string());
            known.or_default().push(at);
        }
        objects
    }

    pub(super) fn secret(&self, namespace: &str, name: &str) -> Option<usize> {
        self.secrets.get(namespace)?.get(name).copied()
    }

    pub(super) fn services(&self, namespace: &str, name: &str) -> &[usize] {
        let found = self.services.get(namespace).and_then(|within| within.get(name));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The entry for an object's namespace.
fn of<'m, T>(
    all: &'m mut HashMap<String, HashMap<String, T>>,
    object: &Object,
) -> &'m mut HashMap<String, T> {
    all.entry(object.namespace().to_owned()).or_default()
}

/// The users of contexts; built on first use, after the world is complete.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By context.
    users: Vec<Vec<usize>>,
    upstreams_missing: HashMap<ContextId, Vec<usize>>,
    undefined: HashMap<String, Vec<usize>>,
    terminating: HashMap<ContextId, Vec<usize>>,
}

impl Index {
    pub(super) fn of(
        contexts: usize,
        (upstreams, clusters): (&[Upstream], &[Cluster]),
        hosts: &[ActiveHost],
    ) -> Self {
        let mut index = Self { users: vec![Vec::new(); contexts], ..Self::default() };
        for (at, upstream) in upstreams.iter().enumerate() {
            let context = upstream.cluster.and_then(|cluster| clusters[cluster.0].context);
            if let Some(id) = context {
                index.users[id.0].push(at);
            }
            match &upstream.reference {
                Reference::Bad { why: BadContext::Broken(id), .. } => {
                    index.upstreams_missing.entry(*id).or_default().push(at);
                }
                Reference::Bad { name, why: BadContext::Undefined } => {
                    index.undefined.entry(name.clone()).or_default().push(at);
                }
                _ => {}
            }
        }
        for (at, host) in hosts.iter().enumerate() {
            if let Some(id) = host.context {
                index.terminating.entry(id).or_default().push(at);
            }
        }
        index
    }

    pub(super) fn terminating(&self, id: ContextId) -> &[usize] {
        self.terminating.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn users(&self, id: ContextId) -> &[usize] {
        self.users.get(id.0).map_or(&[], Vec::as_slice)
    }

    pub(super) fn upstreams_missing(&self, id: ContextId) -> &[usize] {
        self.upstreams_missing.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn undefined(&self, name: &str) -> &[usize] {
        self.undefined.get(name).map_or(&[], Vec::as_slice)
    }
}
