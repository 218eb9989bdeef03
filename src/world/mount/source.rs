//! From a path in a volume to the key of a Secret or ConfigMap.

use crate::resource::{Container, KeyedKind, KeyedSource, Object, SecretEntry, Workload};

use super::follow::Mounts;
use super::trail::{MountFault, MountTrail, TrailEnd, Unjudged};

/// Mode of files if `defaultMode` is not set.
const DEFAULT_MODE: i64 = 0o644;

impl<'w> Mounts<'w> {
    pub(super) fn follow_source(
        &self,
        trail: &mut MountTrail<'w>,
        workload: &'w Workload,
        container: &'w Container,
        source: &'w KeyedSource,
        within: &str,
    ) -> TrailEnd<'w> {
        let folder = format!("{within}/");
        if within.is_empty() || source.items.iter().any(|item| item.path.starts_with(&folder)) {
            return TrailEnd::Broken(MountFault::Folder);
        }
        let item = source.items.iter().find(|item| *item.path == within);
        trail.item = item;
        if item.is_none() && !source.items.is_empty() {
            let renamed = source.items.iter().find(|item| *item.key == within);
            return TrailEnd::Broken(MountFault::LeftOut { within: within.to_owned(), renamed });
        }
        let key = item.map_or(within, |item| item.key.as_str());
        let namespace = workload.object.namespace();
        let end = match self.object(source.kind, namespace, &source.name) {
            Some((object, entries)) => match entries.iter().find(|entry| *entry.key == key) {
                Some(entry) => TrailEnd::Entry { object, entry },
                None => TrailEnd::Broken(MountFault::KeyMissing {
                    object,
                    key: key.to_owned(),
                    keys: entries.iter().map(|entry| entry.key.as_str()).collect(),
                }),
            },
            None => self.outside(source, namespace, key),
        };
        let there = matches!(end, TrailEnd::Entry { .. } | TrailEnd::Promised { .. });
        let own_mode = item.and_then(|item| item.mode.as_ref()).or(source.default_mode.as_ref());
        let mode = own_mode.map_or(DEFAULT_MODE, |mode| mode.value);
        let user = container.security.user.as_ref().or(workload.security.user.as_ref());
        match user.map(|user| user.value) {
            // Files belong to root, and a user without its own group is in root's group.
            Some(user)
                if there
                    && user != 0
                    && mode & 0o044 == 0
                    && workload.security.file_group.is_none() =>
            {
                TrailEnd::Broken(MountFault::Unreadable { mode, user })
            }
            _ => end,
        }
    }

    /// How the trail ends if the Secret or ConfigMap is not in the input.
    fn outside(&self, source: &KeyedSource, namespace: &str, key: &str) -> TrailEnd<'w> {
        let name = source.name.as_str();
        let secrets = || self.resources.secrets.iter().map(|secret| &secret.object);
        let maps = || self.resources.config_maps.iter().map(|map| &map.object);
        let other = match source.kind {
            KeyedKind::Secret => maps().find(|map| is(map, namespace, name)),
            KeyedKind::ConfigMap => secrets().find(|secret| is(secret, namespace, name)),
        };
        let promises = match source.kind {
            KeyedKind::Secret => &self.resources.promises,
            KeyedKind::ConfigMap => &self.resources.map_promises,
        };
        let promise = promises.iter().find(|promise| promise.covers(namespace, name));
        if let Some(promise) = promise
            && !promise.makes(key)
        {
            let key = key.to_owned();
            return TrailEnd::Broken(MountFault::KeyNeverMade { promise, key });
        }
        let is_promised =
            || source.kind == KeyedKind::Secret && (self.is_promised)(namespace, name);
        if promise.is_some() || is_promised() {
            return TrailEnd::Promised { key: key.to_owned() };
        }
        let elsewhere = match source.kind {
            KeyedKind::Secret => secrets().find(|secret| *secret.name == name),
            KeyedKind::ConfigMap => maps().find(|map| *map.name == name),
        };
        // If other Secrets with certificates are in the input, this one should be, too.
        let kept_here = source.kind == KeyedKind::Secret && self.resources.holds_certificates();
        if other.is_some() || elsewhere.is_some() || kept_here {
            return TrailEnd::Broken(MountFault::SourceMissing { elsewhere, other_kind: other });
        }
        TrailEnd::Unknown(Unjudged::NotInInput)
    }

    fn object(
        &self,
        kind: KeyedKind,
        namespace: &str,
        name: &str,
    ) -> Option<(&'w Object, &'w [SecretEntry])> {
        let resources = self.resources;
        match kind {
            KeyedKind::Secret => {
                let secret = &resources.secrets[(self.secret)(namespace, name)?];
                Some((&secret.object, &secret.entries))
            }
            KeyedKind::ConfigMap => {
                let mut maps = resources.config_maps.iter().rev();
                let map = maps.find(|map| is(&map.object, namespace, name))?;
                Some((&map.object, &map.entries))
            }
        }
    }

    /// Whether a source creates a file at this path.
    pub(super) fn makes(&self, workload: &Workload, source: &KeyedSource, path: &str) -> bool {
        if !source.items.is_empty() {
            return source.items.iter().any(|item| *item.path == path);
        }
        let object = self.object(source.kind, workload.object.namespace(), &source.name);
        object.is_some_and(|(_, entries)| entries.iter().any(|entry| *entry.key == path))
    }
}

fn is(object: &Object, namespace: &str, name: &str) -> bool {
    object.namespace() == namespace && *object.name == name
}
