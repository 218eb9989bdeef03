//! Which Secret Emissary finds under a name, after Go's selection, Python's filter and Python's
//! cache.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::cert::golang::{self, GoRefusal};
use crate::resource::{Ingest, Promise, Resources, Secret, SecretEntry};

use crate::world::Behaviour;
use crate::world::installation::Installation;
use crate::world::installation::Watched;
use crate::world::premise::{Completeness, Horizon, Settings};
use crate::world::{ISTIO_SECRET, SecretReference};

/// A promise for all namespaces.
pub(crate) const EVERYWHERE: &str = "*";

/// A Secret as Emissary's Python half holds it (`utils.SavedSecret`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSecret {
    /// Its namespace; through the cache it may differ from the requested one.
    pub namespace: String,
    /// Its name; through the cache it may differ from the requested one.
    pub name: String,
    /// Its index among [`Resources::secrets`]; `None` if it is promised or lives elsewhere.
    pub index: Option<usize>,
    /// The key of the certificate chain.
    pub certificate: Option<&'static str>,
    /// The key of the private key.
    pub private_key: Option<&'static str>,
    /// The key of the revocation list or ACME key.
    pub user_key: Option<&'static str>,
    /// The key of the bundled trust anchors.
    pub root: Option<&'static str>,
}

/// The result of a lookup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretLookup {
    /// Found, with contents that Emissary can use.
    Found(FoundSecret),
    /// Not found, or without usable contents.
    Missing,
}

/// The Secrets of the input, and Emissary's cache of those it loaded.
#[derive(Debug)]
pub(crate) struct SecretStore<'r> {
    secrets: &'r [Arc<Secret>],
    by_name: HashMap<(&'r str, &'r str), usize>,
    /// The Secrets that Go puts into the snapshot; `None` if the release has no Go half.
    selected: Option<HashSet<(String, String)>>,
    elsewhere: Vec<&'r crate::world::premise::External>,
    promised: HashSet<(String, String)>,
    /// The objects that create a Secret with certain keys only.
    made_by: HashMap<(String, String), Vec<&'r Promise>>,
    validates: bool,
    /// Whether a Secret without a certificate is kept.
    keeps_all: bool,
    none_visible: bool,
    installation: &'r Installation,
    resources: &'r Resources,
    horizon: &'r Horizon,
    /// `IR.saved_secrets`: its keys are bare names, although lookups use `name.namespace`.
    cache: HashMap<String, FoundSecret>,
}

impl<'r> SecretStore<'r> {
    pub(crate) fn new(
        resources: &'r Resources,
        settings: &'r Settings,
        installation: &'r Installation,
        selected: HashSet<(String, String)>,
    ) -> Self {
        let mut by_name = HashMap::new();
        for (index, secret) in resources.secrets.iter().enumerate() {
            by_name.insert((secret.object.namespace(), secret.object.name.as_str()), index);
        }
        // A Host's Secret is created by ACME, which Emissary itself does not support.
        let by_acme = installation.may_be_edge_stack(resources);
        let kept = |promise: &&Arc<Promise>| by_acme || promise.by.kind != "Host";
        let promises = resources.promises.iter().filter(kept);
        let mut promised: HashSet<(String, String)> = promises
            .filter_map(|one| Some((one.namespace.clone()?, one.secret.value.to_string())))
            .collect();
        // Secrets distributed by a selector exist in every namespace.
        let spread = resources.promises.iter().filter(|promise| promise.namespace.is_none());
        promised.extend(
            spread.map(|promise| (EVERYWHERE.to_owned(), promise.secret.value.to_string())),
        );
        let connectors = super::connector::connectors(resources);
        promised.extend(connectors.map(|connector| (connector.namespace, connector.secret)));
        if installation.istio_secret_dir.is_some()
            && settings.profile.has(Behaviour::WatchesIstioCertificates)
        {
            promised.insert((installation.namespace.clone(), ISTIO_SECRET.to_owned()));
        }
        let mut made_by: HashMap<(String, String), Vec<&Promise>> = HashMap::new();
        for promise in resources.promises.iter().filter(kept) {
            let namespace = promise.namespace.as_deref().unwrap_or(EVERYWHERE).to_owned();
            made_by.entry((namespace, promise.secret.value.to_string())).or_default().push(promise);
        }
        Self {
            made_by,
            secrets: &resources.secrets,
            by_name,
            selected: (settings.ingest == Ingest::Snapshot).then_some(selected),
            elsewhere: settings.externals.iter().collect(),
            promised,
            validates: installation.validates_secrets(settings.profile),
            keeps_all: settings.profile.has(Behaviour::KeepsSecretsWithoutCertificate),
            installation,
            none_visible: settings.ingest == Ingest::Files,
            resources,
            horizon: &settings.horizon,
            cache: HashMap::new(),
        }
    }

    /// The Secrets that Go puts into the snapshot; `None` if the release has no Go half.
    pub(crate) fn into_selected(self) -> Option<HashSet<(String, String)>> {
        self.selected
    }

    /// Whether a Secret that is not in the input will exist.
    pub(crate) fn is_promised(&self, namespace: &str, name: &str) -> bool {
        [namespace, EVERYWHERE]
            .iter()
            .any(|namespace| self.promised.contains(&((*namespace).to_owned(), name.to_owned())))
            || self.elsewhere.iter().any(|external| external.covers("Secret", namespace, name))
    }

    /// The object that creates a Secret, if it is in the input.
    fn maker(&self, namespace: &str, name: &str) -> Option<&'r Promise> {
        let of = |namespace: &str| self.made_by.get(&(namespace.to_owned(), name.to_owned()));
        of(namespace).or_else(|| of(EVERYWHERE))?.first().copied()
    }

    /// Removes the promise of `istio-certs`, for an Ambassador without Istio's certificate files.
    pub(crate) fn withdraw_istio(&mut self) {
        self.promised.remove(&(self.installation.namespace.clone(), ISTIO_SECRET.to_owned()));
    }

    /// The index of the Secret with that namespace and name in the input; of several, the last.
    pub(crate) fn index(&self, namespace: &str, name: &str) -> Option<usize> {
        self.by_name.get(&(namespace, name)).copied()
    }

    /// Secrets that something in the input will create, as namespace and name.
    pub(crate) fn promises(&self) -> impl Iterator<Item = &(String, String)> {
        self.promised.iter()
    }

    /// `IR.resolve_secret`, with its cache.
    pub(crate) fn resolve(&mut self, reference: &SecretReference) -> SecretLookup {
        let key = format!("{}.{}", reference.name, reference.namespace);
        if let Some(found) = self.cache.get(&key) {
            return SecretLookup::Found(found.clone());
        }
        let Some(found) = self.load(reference) else { return SecretLookup::Missing };
        let usable = found.certificate.is_some() || found.user_key.is_some();
        if !usable {
            return SecretLookup::Missing;
        }
        self.cache.insert(reference.name.clone(), found.clone());
        SecretLookup::Found(found)
    }

    /// Whether a Secret is assumed to exist elsewhere; not if the reference cannot lead to one.
    fn assumes(&self, reference: &SecretReference) -> bool {
        let known = self.horizon.completeness(self.resources, "Secret", &reference.namespace);
        known != Completeness::Complete && !reference.is_virtual() && !reference.is_misread()
    }

    /// Whether Ambassador can see it. The Secret that it makes from Istio's files is not in the
    /// cluster and needs no watch (`EP/secrets.go`, `FSSecrets`).
    fn is_watched(&self, namespace: &str, name: &str) -> bool {
        let own = self.index(namespace, name).map(|index| &self.secrets[index].object);
        let is_made = own.is_none() && name == ISTIO_SECRET;
        let watched =
            self.installation.watches_secret(namespace, name, own, self.maker(namespace, name));
        is_made || !matches!(watched, Watched::No(_))
    }

    fn load(&self, reference: &SecretReference) -> Option<FoundSecret> {
        let (namespace, name) = (&reference.namespace, &reference.name);
        let key = (namespace.clone(), name.clone());
        let selected = self.selected.as_ref().is_none_or(|selected| selected.contains(&key));
        if self.none_visible || !selected || !self.is_watched(namespace, name) {
            return None;
        }
        match self.index(namespace, name) {
            Some(index) => self.read(index),
            None if self.is_promised(namespace, name) || self.assumes(reference) => {
                Some(self.made(namespace, name))
            }
            None => None,
        }
    }

    /// A Secret that is created elsewhere: with all keys that a context may need, unless its keys
    /// are known.
    fn made(&self, namespace: &str, name: &str) -> FoundSecret {
        let makers = [namespace, EVERYWHERE]
            .into_iter()
            .filter_map(|namespace| self.made_by.get(&(namespace.to_owned(), name.to_owned())));
        let makers: Vec<&Promise> = makers.flatten().copied().collect();
        let external =
            self.elsewhere.iter().any(|external| external.covers("Secret", namespace, name));
        let gets = |key: &&'static str| {
            external || makers.is_empty() || makers.iter().any(|promise| promise.makes(key))
        };
        let first = |keys: [&'static str; 2]| keys.into_iter().find(gets);
        FoundSecret {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            index: None,
            certificate: first(["tls.crt", "cert-chain.pem"]),
            private_key: first(["tls.key", "key.pem"]),
            user_key: first(["crl.pem", "user.key"]),
            root: makers
                .iter()
                .any(|promise| promise.is_known_to_make("root-cert.pem"))
                .then_some("root-cert.pem"),
        }
    }

    /// `SecretProcessor`, `save_secret_info`, `SecretInfo` and `cache_internal` in one.
    fn read(&self, index: usize) -> Option<FoundSecret> {
        let secret = &self.secrets[index];
        if !secret.has_known_type() || (self.validates && withheld(secret).is_some()) {
            return None;
        }
        let first = |keys: [&'static str; 2]| keys.into_iter().find(|key| filled(secret, key));
        let public = first(["tls.crt", "cert-chain.pem"]);
        let other = || first(["user.key", "crl.pem"]).filter(|_| self.keeps_all);
        public.or_else(other)?;
        let usable = |key: Option<&'static str>| {
            key.filter(|key| secret.entry(key).and_then(SecretEntry::text).is_some())
        };
        Some(FoundSecret {
            namespace: secret.object.namespace().to_owned(),
            name: secret.object.name.value.to_string(),
            index: Some(index),
            certificate: usable(first(["tls.crt", "cert-chain.pem"])),
            private_key: usable(first(["tls.key", "key.pem"])),
            user_key: usable(first(["user.key", "crl.pem"])),
            root: usable(Some("root-cert.pem")),
        })
    }
}

/// Whether a key exists and is not empty.
fn filled(secret: &Secret, key: &str) -> bool {
    secret.entry(key).is_some_and(|entry| !entry.is_empty())
}

/// Why Go's `checkSecret` withholds a Secret: the faulty entry, and Go's error. Missing and empty
/// entries are not checked.
pub fn withheld(secret: &Secret) -> Option<(&SecretEntry, GoRefusal)> {
    let fault = |key: &str, check: fn(&[u8]) -> Result<(), GoRefusal>| {
        let entry = secret.entry(key).filter(|entry| !entry.is_empty())?;
        check(&entry.bytes()?).err().map(|refusal| (entry, refusal))
    };
    fault("tls.key", golang::check_key).or_else(|| fault("tls.crt", golang::check_certificate))
}
