//! Document and workspace symbols: objects of a file, and of all folders.

use ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
    WorkspaceSymbolResponse,
};

use crate::document::split;
use crate::resource::Object;
use crate::source::SourceId;

use super::view::View;

/// The maximum number of symbols.
const MOST: usize = 512;

/// The objects of a file; nested for clients that support it.
pub(super) fn of_document(view: &View<'_>, id: SourceId, nests: bool) -> DocumentSymbolResponse {
    let world = &view.judged.world;
    let mut objects: Vec<&Object> =
        world.resources.objects().filter(|object| object.name.span.source == id).collect();
    objects.sort_by_key(|object| object.name.span);
    if !nests {
        let all = objects.into_iter().filter_map(|object| information(view, object));
        return DocumentSymbolResponse::Flat(all.collect());
    }
    let text = &world.sources.get(id).text;
    let slices = split(text);
    let symbol = |object: &Object| {
        let span = object.name.span;
        let at =
            slices.partition_point(|slice| slice.start <= span.start as usize).checked_sub(1)?;
        let body = text[slices[at].start..slices[at].end].trim_end();
        let start = slices[at].start as u32;
        let whole = crate::source::Span::new(id, start, start + body.len() as u32);
        let selection_range = view.range(span)?;
        // While a file is broken, its objects may have other lengths than before.
        let range = view.range(whole.to(span)).unwrap_or(selection_range);
        #[allow(deprecated)]
        Some(DocumentSymbol {
            name: object.name.value.to_string(),
            detail: Some(format!("{} in {}", object.kind, object.namespace())),
            kind: kind(&object.kind),
            tags: None,
            deprecated: None,
            range,
            selection_range,
            children: None,
        })
    };
    DocumentSymbolResponse::Nested(objects.into_iter().filter_map(symbol).collect())
}

/// Objects whose kind, namespace or name contains the query.
pub(super) fn of_workspace(view: &View<'_>, query: &str) -> Vec<SymbolInformation> {
    let query = query.to_lowercase();
    let world = &view.judged.world;
    let fits = |object: &&Object| {
        let mut parts =
            [object.kind.as_str(), object.namespace(), object.name.as_str()].into_iter();
        parts.any(|part| part.to_lowercase().contains(&query))
    };
    let found = world.resources.objects().filter(fits);
    found.filter_map(|object| information(view, object)).take(MOST).collect()
}

/// The answer for all folders.
pub(super) fn joined(all: Vec<SymbolInformation>) -> WorkspaceSymbolResponse {
    WorkspaceSymbolResponse::Flat(all)
}

fn information(view: &View<'_>, object: &Object) -> Option<SymbolInformation> {
    let location: Location = view.location(object.name.span)?;
    #[allow(deprecated)]
    Some(SymbolInformation {
        name: object.name.value.to_string(),
        kind: kind(&object.kind),
        tags: None,
        deprecated: None,
        location,
        container_name: Some(format!("{} in {}", object.kind, object.namespace())),
    })
}

fn kind(kind: &str) -> SymbolKind {
    match kind {
        "TLSContext" => SymbolKind::INTERFACE,
        "Secret" => SymbolKind::KEY,
        "Mapping" | "TCPMapping" => SymbolKind::FUNCTION,
        "Host" => SymbolKind::NAMESPACE,
        "Module" => SymbolKind::MODULE,
        "Service" => SymbolKind::STRUCT,
        _ => SymbolKind::OBJECT,
    }
}
