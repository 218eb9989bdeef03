//! Client and server capabilities.

use std::path::PathBuf;

use ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities,
    HoverProviderCapability, InitializeParams, OneOf, RenameOptions, SaveOptions,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::position::Encoding;
use super::view::path_of;

/// The initial folders of an editor.
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = params.workspace_folders.as_deref().filter(|all| !all.is_empty()) {
        return folders.iter().filter_map(|folder| path_of(&folder.uri)).collect();
    }
    // The older form, for a single folder.
    #[allow(deprecated)]
    let old = params.root_uri.as_ref().and_then(path_of);
    old.into_iter().collect()
}

/// The relevant client capabilities.
#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    /// Its position encoding.
    pub(super) encoding: Encoding,
    /// Whether it supports progress.
    pub(super) shows_progress: bool,
    /// Whether it can watch files on request.
    pub(super) watches: bool,
    /// Whether it pulls diagnostics instead of having them pushed.
    pub(super) pulls: bool,
    /// Whether it supports refresh requests, for each of these.
    pub(super) refreshes: Refreshes,
    /// Whether it shows related locations of a diagnostic.
    pub(super) shows_related: bool,
    /// Commands that it can run itself, from `initializationOptions.commands`.
    pub(super) commands: Vec<String>,
    /// Whether it supports nested document symbols.
    pub(super) nests_symbols: bool,
}

/// What the client refreshes on request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Refreshes {
    pub(super) diagnostics: bool,
    pub(super) hints: bool,
    pub(super) lenses: bool,
}

impl Client {
    /// Reads them from the `initialize` request.
    pub(super) fn of(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } =
            &params.capabilities;
        let (workspace, document) = (workspace.as_ref(), text_document.as_ref());
        let encodings = general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let publish = document.and_then(|document| document.publish_diagnostics.as_ref());
        let option = |name: &str| params.initialization_options.as_ref()?.get(name);
        let pulls = match option("diagnostics").and_then(|value| value.as_str()) {
            Some("pull") => true,
            Some(_) => false,
            // With push and pull, most editors would show everything twice.
            None => publish.is_none() && document.is_some_and(|one| one.diagnostic.is_some()),
        };
        let commands = option("commands").and_then(|value| value.as_array());
        let commands = commands.into_iter().flatten().filter_map(|name| name.as_str());
        Self {
            encoding: Encoding::choose(encodings.unwrap_or_default()),
            shows_progress: window.as_ref().and_then(|one| one.work_done_progress) == Some(true),
            watches: workspace
                .and_then(|one| one.did_change_watched_files)
                .and_then(|one| one.dynamic_registration)
                == Some(true),
            pulls,
            refreshes: Refreshes {
                diagnostics: workspace
                    .and_then(|one| one.diagnostics.as_ref())
                    .and_then(|one| one.refresh_support)
                    == Some(true),
                hints: workspace
                    .and_then(|one| one.inlay_hint.as_ref())
                    .and_then(|one| one.refresh_support)
                    == Some(true),
                lenses: workspace
                    .and_then(|one| one.code_lens.as_ref())
                    .and_then(|one| one.refresh_support)
                    == Some(true),
            },
            shows_related: publish.and_then(|publish| publish.related_information) == Some(true),
            commands: commands.map(str::to_owned).collect(),
            nests_symbols: document
                .and_then(|one| one.document_symbol.as_ref())
                .and_then(|one| one.hierarchical_document_symbol_support)
                == Some(true),
        }
    }

    /// Whether it runs a command itself.
    pub(super) fn runs(&self, command: &str) -> bool {
        self.commands.iter().any(|own| own == command)
    }

    /// The server's capabilities for it.
    pub(super) fn offer(&self) -> ServerCapabilities {
        let pull = DiagnosticOptions {
            identifier: Some("mtlsctl".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let kinds = [CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL];
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                        include_text: Some(false),
                    })),
                    ..TextDocumentSyncOptions::default()
                },
            )),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([":", " ", "-", "."].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(kinds.to_vec()),
                ..CodeActionOptions::default()
            })),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            diagnostic_provider: self.pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                ..WorkspaceServerCapabilities::default()
            }),
            ..ServerCapabilities::default()
        }
    }
}
