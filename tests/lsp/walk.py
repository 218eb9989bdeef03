"""pytest-lsp walks through a copy of bookinfo, as walk.lua does with Neovim."""

import os
import pathlib
import subprocess

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

HERE = pathlib.Path.cwd()
UNDEFINED = "mapping-context-undefined"


@pytest_lsp.fixture(config=ClientServerConfig(
    server_command=[os.environ["MTLSCTL"], "lsp", "--at", "2026-11-30T12:00:00Z"]))
async def client(lsp_client: LanguageClient):
    await lsp_client.initialize_session(types.InitializeParams(
        capabilities=types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True))),
        workspace_folders=[types.WorkspaceFolder(uri=HERE.as_uri(), name="bookinfo")]))
    yield
    await lsp_client.shutdown_session()


def uri(name):
    return (HERE / name).as_uri()


class Walk:
    """A document that is edited, and what the server says of it."""

    def __init__(self, client, name):
        self.client, self.uri = client, uri(name)
        self.text, self.version = (HERE / name).read_text(), 1
        client.text_document_did_open(types.DidOpenTextDocumentParams(
            types.TextDocumentItem(uri=self.uri, language_id="yaml", version=1, text=self.text)))

    def type(self, text):
        self.text, self.version = text, self.version + 1
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
            [types.TextDocumentContentChangeWholeDocument(text=text)]))

    def position(self, word):
        before = self.text[: self.text.index(word)]
        return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)

    @property
    def document(self):
        return types.TextDocumentIdentifier(uri=self.uri)

    async def rules(self):
        # An answer comes after everything before it is judged.
        await self.client.text_document_document_symbol_async(types.DocumentSymbolParams(self.document))
        return {one.code for one in self.client.diagnostics.get(self.uri, [])}

    def apply(self, edits):
        lines = self.text.splitlines(keepends=True)
        starts = [sum(map(len, lines[:at])) for at in range(len(lines) + 1)]
        byte = lambda place: starts[place.line] + place.character
        text = self.text
        for edit in sorted(edits, key=lambda edit: byte(edit.range.start), reverse=True):
            text = text[: byte(edit.range.start)] + edit.new_text + text[byte(edit.range.end):]
        self.type(text)


def changed(client, name, kind):
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(
        [types.FileEvent(uri=uri(name), type=kind)]))


async def test_walk(client: LanguageClient):
    istio, reviews = Walk(client, "istio.yaml"), Walk(client, "reviews.yaml")
    original = reviews.text
    assert UNDEFINED in await reviews.rules()
    reviews.type(original.replace("kind: Mapping", "kind: Mapping: ["))
    assert "document-unreadable" in await reviews.rules()
    reviews.type(original)
    assert "document-unreadable" not in await reviews.rules()

    at = reviews.position("istio-upstrean")
    hover = await client.text_document_hover_async(types.HoverParams(reviews.document, at))
    assert "istio-upstrean" in hover.contents.value
    actions = await client.text_document_code_action_async(types.CodeActionParams(
        reviews.document, types.Range(at, at), types.CodeActionContext(diagnostics=[])))
    fix = next(action for action in actions if action.title.startswith("Write"))
    reviews.apply(fix.edit.changes[reviews.uri])
    assert UNDEFINED not in await reviews.rules()

    at = reviews.position("istio-upstream")
    found = await client.text_document_definition_async(types.DefinitionParams(reviews.document, at))
    assert [place.uri for place in found] == [istio.uri]
    found = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), reviews.document, at))
    assert len(found) == 3
    offers = await client.text_document_completion_async(types.CompletionParams(reviews.document, at))
    assert "istio-upstream" in [offer.label for offer in offers]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(istio.document))
    assert lenses[0].command.title == "used by 2 Mappings"
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(reviews.document, whole))
    assert [hint.label for hint in hints] == ["mutual"]

    edit = await client.text_document_rename_async(types.RenameParams(reviews.document, at, "mesh"))
    before = istio.text
    istio.apply(edit.changes[istio.uri])
    assert UNDEFINED in await reviews.rules()
    reviews.apply(edit.changes[reviews.uri])
    assert UNDEFINED not in await reviews.rules() and "name: mesh" in istio.text
    istio.type(before)
    assert UNDEFINED in await reviews.rules()
    istio.type(before.replace("istio-upstream", "mesh"))
    assert UNDEFINED not in await reviews.rules()

    client.text_document_did_close(types.DidCloseTextDocumentParams(istio.document))
    (HERE / "istio.yaml").unlink()
    changed(client, "istio.yaml", types.FileChangeType.Deleted)
    assert UNDEFINED in await reviews.rules()
    subprocess.run(["git", "checkout", "--quiet", "--force", "renamed"], check=True)
    changed(client, "istio.yaml", types.FileChangeType.Created)
    assert UNDEFINED not in await reviews.rules()
