//! A kustomization, with paths spelt like those of the sources.

use std::ffi::OsStr;
use std::path::Path;

use memchr::memmem;

use crate::document::{Field, Located, Text, Tree, split};
use crate::resource::labels::Labels;
use crate::resource::object::{Object, ObjectOrigin};
use crate::source::{Source, joined};

use super::generator::SecretGenerator;
use super::patch::Patch;

/// The parts of a kustomization that mtlsctl uses.
#[derive(Debug)]
pub(crate) struct Kustomization {
    /// The kustomization itself, as the creator of Secrets.
    pub(super) object: Object,
    /// Its folder, as other kustomizations list it.
    pub(super) folder: String,
    /// Files and folders of `resources`, `bases` and `components`.
    pub(super) resources: Vec<String>,
    /// Its patches.
    pub(super) patches: Vec<Patch>,
    pub(super) namespace: Option<Located<Text>>,
    /// `namePrefix`
    pub(super) prefix: Option<Located<Text>>,
    /// `nameSuffix`
    pub(super) suffix: Option<Located<Text>>,
    /// Its file.
    pub(super) file: String,
    /// Whether it has `configurations`, which may make it follow names into any field.
    pub(super) follows_names: bool,
    /// Whether it may add labels to objects, itself or by patches and transformers.
    pub(super) may_relabel: bool,
    pub(super) secrets: Vec<SecretGenerator>,
    pub(super) images: Vec<ImageTag>,
}

/// An entry of `images`.
#[derive(Debug, Clone)]
pub struct ImageTag {
    /// The image name in manifests, without a tag.
    pub image: Located<Text>,
    /// The new tag.
    pub tag: Located<Text>,
}

/// Fields through which a kustomization may add labels.
const RELABELLING: [&str; 7] = [
    "labels",
    "commonLabels",
    "patches",
    "patchesJson6902",
    "patchesStrategicMerge",
    "transformers",
    "components",
];

/// The API group of kustomizations.
pub(in crate::resource) const GROUP: &str = "kustomize.config.k8s.io";

/// Whether the file name is that of a kustomization.
fn is_named(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    matches!(name, Some("kustomization.yaml" | "kustomization.yml" | "Kustomization"))
}

impl Kustomization {
    /// The kustomizations in a file. It may have any if its name is that of a kustomization, or if
    /// it is marked; then the API version of a document decides.
    pub(crate) fn all_in(source: &Source, is_marked: bool) -> Vec<Self> {
        let path = source.path_in_tree();
        if !Self::may_hold(Path::new(&*path), &source.text, is_marked) {
            return Vec::new();
        }
        let named = is_named(Path::new(&*path));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slices = split(&source.text);
        let documents = slices.into_iter().filter_map(|slice| {
            let body = &source.text[slice.start..slice.end];
            let (tree, _) = Tree::parse(source.id, slice.start as u32, body).ok()?;
            Self::read(&tree.root()?, &path, folder, named)
        });
        documents.collect()
    }

    /// Whether a file may hold a kustomization. One with another name must be marked as having the
    /// API group.
    pub(crate) fn may_hold(path: &Path, text: &str, is_marked: bool) -> bool {
        is_named(path) || is_marked && memmem::find(text.as_bytes(), GROUP.as_bytes()).is_some()
    }

    /// The files and folders that it lists.
    pub(crate) fn listed(&self) -> &[String] {
        &self.resources
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
        let kind = text("kind").map_or_else(|| "Kustomization".into(), |kind| kind.value);
        let place = root.key_span();
        Some(Self {
            object: Object {
                name: Located::new(
                    if folder.is_empty() { "." } else { folder }.into(),
                    place,
                    place,
                    "",
                ),
                kind,
                api_version: text("apiVersion"),
                namespace: None,
                labels: Labels::default(),
                ambassador_id: None,
                origin: ObjectOrigin::Manifest,
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
            images: list("images")
                .iter()
                .filter_map(|image| {
                    let tag = image.set_at("newTag")?;
                    Some(ImageTag {
                        image: image.set_at("name")?.text()?,
                        tag: tag.located(tag.written()?.into()),
                    })
                })
                .collect(),
        })
    }
}
