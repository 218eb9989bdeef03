//! Renders a kustomization with `kubectl kustomize` or `kustomize build`; kind and name map objects
//! back to the files it lists.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Field, Tree, split};
use crate::resource::kustomize::Kustomization;
use crate::source::{SourceOrigin, Sources, absolute, read_file, shown};

use super::align::lines_by_field;
use super::program::{RenderError, output};

/// The file names of a kustomization.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The objects of a kustomization, each with the file it comes from.
///
/// # Errors
/// [`RenderError`]: no program is found, or it fails.
pub fn kustomize(folder: &Path) -> Result<Vec<(SourceOrigin, String)>, RenderError> {
    let whole = absolute(folder);
    let kubectl = output("kubectl", [OsStr::new("kustomize"), whole.as_os_str()])?;
    let rendered = match kubectl {
        Some(rendered) => Some(rendered),
        None => output("kustomize", [OsStr::new("build"), whole.as_os_str()])?,
    };
    let rendered = rendered.ok_or(RenderError::Missing {
        what: "neither `kubectl` nor `kustomize` is on the PATH",
        instead: "render it elsewhere: `kustomize build DIR > all.yaml`, then name that file",
    })?;
    let originals = originals(folder);
    let documents = split(&rendered).into_iter().enumerate().filter_map(|(number, slice)| {
        let body = rendered[slice.start..slice.end].trim_start_matches("---\n");
        if body.trim().is_empty() {
            return None;
        }
        let made = identity(body).and_then(|own| original_of(&own, &originals));
        Some(match made {
            Some(original) => {
                let lines = lines_by_field(body, &original.text, original.line).into();
                (
                    SourceOrigin::Rendered { path: original.path.clone(), number, lines },
                    body.to_owned(),
                )
            }
            // From a generator, or from a base elsewhere.
            None => {
                let lines = Arc::default();
                (SourceOrigin::Rendered { path: folder.to_owned(), number, lines }, body.to_owned())
            }
        })
    });
    Ok(documents.collect())
}

/// An object in a file that a kustomization lists.
struct Original {
    kind: String,
    name: String,
    path: PathBuf,
    /// The text of its document.
    text: String,
    /// The number of lines before it in the file.
    line: usize,
}

/// All objects in the files that a kustomization reads.
fn originals(folder: &Path) -> Vec<Original> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let mut seen: HashSet<PathBuf> = HashSet::new();
    while let Some(folder) = folders.pop() {
        if !seen.insert(absolute(&folder)) {
            continue;
        }
        for name in NAMES {
            let path = folder.join(name);
            let Ok(text) = read_file(&path) else { continue };
            let mut sources = Sources::default();
            let id = sources.add(shown(&path), text);
            for kustomization in Kustomization::all_in(sources.get(id), true) {
                for listed in kustomization.listed() {
                    let listed = PathBuf::from(listed);
                    if listed.is_dir() {
                        folders.push(listed);
                    } else if seen.insert(absolute(&listed)) {
                        found.extend(objects(&listed));
                    }
                }
            }
        }
    }
    found
}

fn objects(path: &Path) -> Vec<Original> {
    let Ok(text) = read_file(path) else { return Vec::new() };
    let documents = split(&text).into_iter().filter_map(|slice| {
        let own = text[slice.start..slice.end].to_owned();
        let (kind, name) = identity(&own)?;
        let line = text[..slice.start].matches('\n').count();
        Some(Original { kind, name, path: path.to_owned(), text: own, line })
    });
    documents.collect()
}

/// Kind and name of a document.
fn identity(body: &str) -> Option<(String, String)> {
    let mut sources = Sources::default();
    let id = sources.add(String::new(), body.to_owned());
    let (tree, _) = Tree::parse(id, 0, &sources.get(id).text).ok()?;
    let root = tree.root().filter(Field::is_mapping)?;
    let kind = root.set_at("kind")?.text()?;
    let name = root.set_at("metadata")?.set_at("name")?.text()?;
    Some((kind.value.to_string(), name.value.to_string()))
}

/// The original of an object: one with the same kind and name, or else the only one with the
/// longest name contained in its name, since a kustomization may add a prefix and a suffix.
fn original_of<'o>(own: &(String, String), originals: &'o [Original]) -> Option<&'o Original> {
    let (kind, name) = own;
    let of_kind = || originals.iter().filter(|one| one.kind == *kind);
    if let Some(same) = of_kind().find(|one| one.name == *name) {
        return Some(same);
    }
    let within = || of_kind().filter(|one| name.contains(&one.name));
    let longest = within().map(|one| one.name.len()).max()?;
    let mut best = within().filter(|one| one.name.len() == longest);
    let first = best.next()?;
    best.next().is_none().then_some(first)
}
