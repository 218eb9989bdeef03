//! One kustomization, with its paths as the sources are named.

use crate::document::{Field, Located, Tree, split};
use crate::resource::object::{Object, Origin};
use crate::source::Source;

use super::generator::SecretGenerator;
use super::patch::Patch;

/// A kustomization, as far as it is followed.
#[derive(Debug)]
pub(super) struct Kustomization {
    /// Itself, as the maker of Secrets.
    pub(super) object: Object,
    /// The folder it lies in, as others list it.
    pub(super) folder: String,
    /// Files and folders of `resources`, `bases` and `components`.
    pub(super) resources: Vec<String>,
    /// What it changes of the objects that it lists.
    pub(super) patches: Vec<Patch>,
    pub(super) namespace: Option<Located<String>>,
    /// `namePrefix`
    pub(super) prefix: Option<Located<String>>,
    /// `nameSuffix`
    pub(super) suffix: Option<Located<String>>,
    /// The file it stands in.
    pub(super) file: String,
    /// Whether it has `configurations`, with which names may be followed into any field.
    pub(super) follows_names: bool,
    /// Whether objects may get labels from it: its own, or those of patches and transformers.
    pub(super) may_relabel: bool,
    pub(super) secrets: Vec<SecretGenerator>,
}

/// Fields by which a kustomization may give its objects labels.
const RELABELLING: [&str; 7] = [
    "labels",
    "commonLabels",
    "patches",
    "patchesJson6902",
    "patchesStrategicMerge",
    "transformers",
    "components",
];

/// Whether a file is a kustomization by its name.
fn is_named(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}

impl Kustomization {
    /// Those of a file: its name says so, or the API version of a document.
    pub(super) fn all_in(source: &Source) -> Vec<Self> {
        if !Self::may_hold(&source.name, &source.text) {
            return Vec::new();
        }
        let named = is_named(&source.name);
        let folder = source.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slices = split(&source.text);
        let documents = slices.into_iter().filter_map(|slice| {
            let body = &source.text[slice.start..slice.end];
            let (tree, _) = Tree::parse(source.id, slice.start as u32, body).ok()?;
            Self::read(&tree.root()?, &source.name, folder, named)
        });
        documents.collect()
    }

    /// Whether one may stand in a text of that name.
    pub(super) fn may_hold(name: &str, text: &str) -> bool {
        is_named(name) || text.contains("kustomize.config.k8s.io")
    }

    fn read(root: &Field<'_>, file: &str, folder: &str, named: bool) -> Option<Self> {
        let text = |name: &str| root.set_at(name)?.text();
        let group = text("apiVersion").map(|version| version.value);
        let ours = match &group {
            Some(version) => version.starts_with("kustomize.config.k8s.io/"),
            None => named,
        };
        if !ours || !root.is_mapping() {
            return None;
        }
        let list = |name: &str| -> Vec<Field<'_>> {
            root.set_at(name).map(|list| list.items().collect()).unwrap_or_default()
        };
        let path = |field: &Field<'_>| Some(joined(folder, field.text()?.as_str()));
        let listed = ["resources", "bases", "components"].into_iter().flat_map(list);
        let off = root
            .set_at("generatorOptions")
            .and_then(|options| options.set_at("disableNameSuffixHash")?.boolean());
        let hashes_names = !off.is_some_and(|off| off.value);
        let kind = text("kind").unwrap_or_else(|| root.located("Kustomization".to_owned()));
        let place = root.located(());
        Some(Self {
            object: Object {
                name: Located {
                    value: if folder.is_empty() { "." } else { folder }.to_owned(),
                    span: place.key,
                    key: place.key,
                    path: "".into(),
                },
                kind,
                api_version: text("apiVersion"),
                namespace: None,
                labels: Vec::new(),
                ambassador_id: None,
                origin: Origin::Manifest,
                unknown_fields: Vec::new(),
            },
            folder: folder.to_owned(),
            resources: listed.filter_map(|field| path(&field)).collect(),
            patches: Patch::all_of(root, folder),
            namespace: text("namespace"),
            prefix: text("namePrefix"),
            suffix: text("nameSuffix"),
            file: file.to_owned(),
            may_relabel: RELABELLING.iter().any(|name| root.set_at(name).is_some()),
            follows_names: root.set_at("configurations").is_some(),
            secrets: list("secretGenerator")
                .iter()
                .filter_map(|one| SecretGenerator::read(one, hashes_names))
                .collect(),
        })
    }
}

/// A path below a folder, without `.` and `..`, as far as that can be told.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    let root = if folder.starts_with('/') || path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_sources() {
        assert_eq!(joined("", "a.yaml"), "a.yaml");
        assert_eq!(joined("overlays/dev", "../../base"), "base");
        assert_eq!(joined("overlays/dev", "./patch.yaml"), "overlays/dev/patch.yaml");
        assert_eq!(joined("../x", "../y"), "../y");
        assert_eq!(joined("/srv/x", "../y/"), "/srv/y");
    }
}
