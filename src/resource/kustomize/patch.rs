//! Patches of a kustomization, in files or inline.

use crate::document::{Field, Tree, split};
use crate::resource::ambassador::is_ambassador_kind;
use crate::source::{SourceId, Span, joined};

/// One entry of `patches`, `patchesJson6902` or `patchesStrategicMerge`.
#[derive(Debug)]
pub(super) struct Patch {
    /// Its file, spelt like the sources; `None` if it is inline.
    pub(super) path: Option<String>,
    /// The list that has it.
    pub(super) place: Span,
    /// Whether the entry itself shows that it changes objects Ambassador reads.
    pub(super) is_ours: bool,
}

impl Patch {
    pub(super) fn all_of(root: &Field<'_>, folder: &str) -> Vec<Self> {
        let mut patches = Vec::new();
        for name in ["patches", "patchesJson6902"] {
            let Some(list) = root.set_at(name) else { continue };
            patches.extend(list.items().map(|entry| Self::of_entry(&entry, &list, folder)));
        }
        if let Some(list) = root.set_at("patchesStrategicMerge") {
            patches.extend(list.items().filter_map(|entry| {
                let text = entry.text()?.value;
                // A multi-line entry is the patch itself.
                let inline = text.contains('\n');
                Some(Self {
                    path: (!inline).then(|| joined(folder, &text)),
                    place: list.key_span(),
                    is_ours: inline && is_about_ours(list.span().source, &text),
                })
            }));
        }
        patches
    }

    fn of_entry(entry: &Field<'_>, list: &Field<'_>, folder: &str) -> Self {
        let text = |name: &str| Some(entry.set_at(name)?.text()?.value);
        let target = entry.set_at("target");
        let of_target = |name: &str| Some(target.as_ref()?.set_at(name)?.text()?.value);
        // The kind of a target is a regular expression.
        let targeted = of_target("group").is_some_and(|group| group == "getambassador.io")
            || of_target("kind").is_some_and(|kind| kind.split('|').any(is_kind_of_ours));
        let inline = text("patch").is_some_and(|text| is_about_ours(list.span().source, &text));
        Self {
            path: text("path").map(|path| joined(folder, &path)),
            place: list.key_span(),
            is_ours: targeted || inline,
        }
    }
}

/// Whether a text has a document of a kind that affects the TLS of upstreams.
pub(super) fn is_about_ours(source: SourceId, text: &str) -> bool {
    split(text).into_iter().any(|slice| {
        let tree = Tree::parse(source, slice.start as u32, &text[slice.start..slice.end]);
        let kind = tree.ok().and_then(|(tree, _)| tree.root()?.set_at("kind")?.text());
        kind.is_some_and(|kind| is_kind_of_ours(&kind))
    })
}

fn is_kind_of_ours(kind: &str) -> bool {
    is_ambassador_kind(kind) || kind == "Secret"
}
