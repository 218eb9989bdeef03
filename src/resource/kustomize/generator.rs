//! `secretGenerator`: a Secret that `kustomize` builds from files and literals.

use crate::document::{Field, Located, Text};
use crate::resource::object::Object;
use crate::resource::others::Promise;

/// An entry of `secretGenerator`.
#[derive(Debug)]
pub(super) struct SecretGenerator {
    name: Located<Text>,
    pub(super) namespace: Option<Located<Text>>,
    /// Its keys; `None` if they are not known.
    keys: Option<Vec<String>>,
    /// Whether a hash of its content is appended to its name.
    is_hashed: bool,
}

impl SecretGenerator {
    pub(super) fn read(field: &Field<'_>, hashes_names: bool) -> Option<Self> {
        let text = |name: &str| field.set_at(name)?.text();
        let list = |name: &str| -> Vec<String> {
            let items = field.set_at(name).map(|items| items.items().collect::<Vec<_>>());
            let items = items.unwrap_or_default();
            items.iter().filter_map(|item| Some(item.written()?.to_owned())).collect()
        };
        let options = field.set_at("options");
        let off = options.and_then(|one| one.set_at("disableNameSuffixHash")?.boolean());
        let is_hashed = off.map_or(hashes_names, |off| !off.value);
        // A merge into another generator's Secret, or an env file, may add any key.
        let open = field.set_at("behavior").is_some()
            || field.set_at("env").is_some()
            || field.set_at("envs").is_some();
        let from_files = list("files").into_iter().map(|file| match file.split_once('=') {
            Some((key, _)) => key.to_owned(),
            None => file.rsplit('/').next().unwrap_or_default().to_owned(),
        });
        let literals = list("literals");
        let from_literals =
            literals.iter().filter_map(|one| Some(one.split_once('=')?.0.to_owned()));
        let keys: Vec<String> = from_files.chain(from_literals).collect();
        Some(Self {
            name: text("name")?,
            namespace: text("namespace"),
            keys: (!open).then_some(keys),
            is_hashed,
        })
    }

    pub(super) fn promise(&self, by: &Object, namespace: Option<String>) -> Promise {
        let mut promise = Promise::new(by.clone(), self.name.clone(), namespace);
        promise.is_hashed = self.is_hashed;
        promise.keys.clone_from(&self.keys);
        promise
    }
}
