//! Dispatches requests to the parts of the server.

use std::collections::HashMap;

use ls_types::{
    CodeActionParams, CodeLensParams, CompletionParams, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentSymbolParams, FullDocumentDiagnosticReport,
    GotoDefinitionParams, HoverParams, InlayHintParams, Position, ReferenceParams,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, RenameParams,
    TextDocumentPositionParams, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbolParams,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use lsp_server::ErrorCode;
use serde_json::Value;

use crate::source::SourceId;

use super::published::Sheet;
use super::refused::{Refused, read, result};
use super::root::Root;
use super::server::Server;
use super::view::{View, path_of, uri};
use super::{actions, beside, complete, hover, navigate, rename, symbols};

impl Server<'_> {
    /// Answers a request, after everything before it has been checked.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        match method {
            "textDocument/hover" => {
                let params: HoverParams = read(params)?;
                let place = params.text_document_position_params;
                result(&self.at(&place, hover::hover).flatten())
            }
            "textDocument/definition" => {
                let params: GotoDefinitionParams = read(params)?;
                let place = params.text_document_position_params;
                result(&self.at(&place, navigate::definition))
            }
            "textDocument/references" => {
                let params: ReferenceParams = read(params)?;
                let with = params.context.include_declaration;
                let find = |view: &View<'_>, id: SourceId, at: Position| {
                    navigate::references(view, id, at, with)
                };
                result(&self.at(&params.text_document_position, find))
            }
            "textDocument/prepareRename" => {
                let place: TextDocumentPositionParams = read(params)?;
                let range = self.at(&place, rename::prepare).transpose();
                result(&range.map_err(Refused::because)?.flatten())
            }
            "textDocument/rename" => {
                let params: RenameParams = read(params)?;
                let rename = |view: &View<'_>, id: SourceId, at: Position| {
                    rename::rename(view, id, at, &params.new_name)
                };
                let edit = self.at(&params.text_document_position, rename).transpose();
                result(&edit.map_err(Refused::because)?.flatten())
            }
            "textDocument/completion" => {
                let params: CompletionParams = read(params)?;
                result(&self.at(&params.text_document_position, complete::complete))
            }
            "textDocument/codeAction" => {
                let params: CodeActionParams = read(params)?;
                let actions = |view: &View<'_>, id| actions::actions(view, id, &params);
                result(&self.of(&params.text_document.uri, actions))
            }
            "textDocument/inlayHint" => {
                let params: InlayHintParams = read(params)?;
                let hints = |view: &View<'_>, id| beside::hints(view, id, params.range);
                result(&self.of(&params.text_document.uri, hints))
            }
            "textDocument/codeLens" => {
                let params: CodeLensParams = read(params)?;
                let lenses = |view: &View<'_>, id| beside::lenses(view, id, &self.client);
                result(&self.of(&params.text_document.uri, lenses))
            }
            "textDocument/documentSymbol" => {
                let params: DocumentSymbolParams = read(params)?;
                let nests = self.client.nests_symbols;
                let symbols = |view: &View<'_>, id| symbols::of_document(view, id, nests);
                result(&self.of(&params.text_document.uri, symbols))
            }
            "workspace/symbol" => {
                let params: WorkspaceSymbolParams = read(params)?;
                let mut all = Vec::new();
                for root in &self.roots {
                    let found =
                        self.view(root).map(|view| symbols::of_workspace(&view, &params.query));
                    all.extend(found.unwrap_or_default());
                }
                result(&symbols::joined(all))
            }
            "textDocument/diagnostic" => result(&self.diagnose(&read(params)?)),
            "workspace/diagnostic" => result(&self.diagnose_all(&read(params)?)),
            _ => Err(Refused {
                code: ErrorCode::MethodNotFound,
                why: format!("`{}` is not supported", crate::report::one_line(method)),
            }),
        }
    }

    /// The state of a folder.
    fn view<'v>(&'v self, root: &'v Root) -> Option<View<'v>> {
        let texts = root.read.as_ref().ok()?;
        let judged = texts.judged.as_ref()?;
        Some(View::new(&root.folder, texts, judged, &self.buffers, self.client.encoding))
    }

    /// Looks up a document that belongs to a folder.
    fn of<T>(&self, uri: &Uri, ask: impl FnOnce(&View<'_>, SourceId) -> T) -> Option<T> {
        let path = path_of(uri)?;
        let root = self.roots.iter().find(|root| root.holds(&path))?;
        let view = self.view(root)?;
        Some(ask(&view, view.texts.id(&path)?))
    }

    /// Looks up a position in such a document.
    fn at<T>(
        &self,
        place: &TextDocumentPositionParams,
        ask: impl FnOnce(&View<'_>, SourceId, Position) -> T,
    ) -> Option<T> {
        self.of(&place.text_document.uri, |view, id| ask(view, id, place.position))
    }

    fn diagnose(&self, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReport {
        let path = path_of(&params.text_document.uri);
        let sheet = path.map_or_else(Sheet::default, |path| self.published.of(&path));
        match unchanged(&sheet, params.previous_result_id.as_deref()) {
            Some(report) => RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: report,
                related_documents: None,
            }
            .into(),
            None => RelatedFullDocumentDiagnosticReport {
                full_document_diagnostic_report: full(&sheet),
                ..RelatedFullDocumentDiagnosticReport::default()
            }
            .into(),
        }
    }

    fn diagnose_all(&self, params: &WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReport {
        let known = params.previous_result_ids.iter();
        let known: HashMap<_, _> =
            known.filter_map(|known| Some((path_of(&known.uri)?, known.value.as_str()))).collect();
        let all = self.published.all();
        let mut paths: Vec<_> = all.keys().copied().collect();
        paths
            .extend(known.keys().map(|path| path.as_path()).filter(|path| !all.contains_key(path)));
        paths.sort_unstable();
        let report = |path: &std::path::Path| {
            let sheet = self.published.of(path);
            let uri = uri(path, &self.buffers)?;
            let version = self.buffers.get(path).map(|buffer| i64::from(buffer.version));
            Some(match unchanged(&sheet, known.get(path).copied()) {
                Some(report) => WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: report,
                }
                .into(),
                None => {
                    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                        uri,
                        version,
                        full_document_diagnostic_report: full(&sheet),
                    })
                }
            })
        };
        WorkspaceDiagnosticReport { items: paths.into_iter().filter_map(report).collect() }
    }
}

fn unchanged(sheet: &Sheet, known: Option<&str>) -> Option<UnchangedDocumentDiagnosticReport> {
    let result_id = sheet.stamp.to_string();
    (known == Some(result_id.as_str())).then_some(UnchangedDocumentDiagnosticReport { result_id })
}

fn full(sheet: &Sheet) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport {
        result_id: Some(sheet.stamp.to_string()),
        items: sheet.diagnostics.clone(),
    }
}
