"""A client that speaks to `archspec lsp` over standard input and output, as an editor does."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pygls.uris import from_fs_path
from pytest_lsp import LanguageClient

_T = TypeVar("_T")
_PATIENCE = 30
"""Seconds after which a server that says nothing is taken for dead."""


class Editor:
    """One server, and the files that are open in it. A text marks the cursor with `|`, as often as it is asked for."""

    def __init__(self, root: Path, capabilities: lsp.ClientCapabilities, cwd: Path | None = None) -> None:
        self.root, self.capabilities = root, capabilities
        self.published: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.shown: list[str] = []
        self.registered: list[lsp.Registration] = []
        self.versions: dict[str, int] = {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.client = self.run(self._started(cwd or root))

    async def _started(self, cwd: Path) -> LanguageClient:
        client = LanguageClient(converter_factory=default_converter)
        client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._publish(params))  # noqa: PLW0108  pygls writes on it
        client.feature(lsp.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        client.feature(lsp.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.append(params.message))
        client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(lambda params: self.registered.extend(params.registrations))
        path = Path(__file__).parent.parent.parent
        environment = {**os.environ, "PYTHONPATH": str(path)}
        await client.start_io(sys.executable, "-m", "archspec", "lsp", cwd=cwd, env=environment)
        folder = lsp.WorkspaceFolder(from_fs_path(str(self.root)) or "", "root")
        self.answer = await client.initialize_session(
            lsp.InitializeParams(self.capabilities, workspace_folders=[folder], process_id=os.getpid())
        )
        return client

    def _publish(self, params: lsp.PublishDiagnosticsParams) -> None:
        self.published[params.uri] = params

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Wait for something that the client does."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_PATIENCE)

    def stop(self) -> int:
        """End the session as the protocol has it, and return the exit status."""

        async def stopped() -> int:
            await self.client.shutdown_session()
            server = self.client._server  # noqa: SLF001  the client offers no other way to ask how it ended
            status = await server.wait() if server else -1
            await self.client.stop()  # type: ignore[no-untyped-call]
            return status

        status = self.run(stopped())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
        return status

    def uri(self, name: str | Path) -> str:
        """Return how the client calls a file."""
        return from_fs_path(str(self.root / name)) or ""

    def document(self, name: str | Path) -> lsp.TextDocumentIdentifier:
        """Return a file as requests name it."""
        return lsp.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str | Path, text: str) -> None:
        """Open a file with a text that need not be on disk."""
        uri = self.uri(name)
        self.versions[uri] = 1
        item = lsp.TextDocumentItem(uri, "yaml", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, name: str | Path, text: str) -> None:
        """Write another text."""
        uri = self.uri(name)
        self.versions[uri] += 1
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        document = lsp.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    def close(self, name: str | Path) -> None:
        """Close a file."""
        self.versions.pop(self.uri(name))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(self.document(name)))

    def close_all(self) -> None:
        """Close what is open."""
        for uri in [*self.versions]:
            self.versions.pop(uri)
            self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def diagnostics(self, name: str | Path) -> Sequence[lsp.Diagnostic]:
        """Wait for the diagnostics of the text that was last written in an open file."""
        uri = self.uri(name)
        self.wait(lambda: uri in self.published and self.published[uri].version == self.versions.get(uri))
        return self.published[uri].diagnostics

    def until(self, name: str | Path, wanted: Sequence[str]) -> None:
        """Wait until the diagnostics of a file have these codes."""
        uri = self.uri(name)
        self.wait(lambda: uri in self.published and codes(self.published[uri].diagnostics) == [*wanted])

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, and fail where it never is."""
        end = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < end, [self.logged, self.published]
            time.sleep(0.005)

    def at(self, name: str | Path, marked: str) -> Mapping[str, Any]:
        """Open or change a file to a text without its `|`, and return the parameters that mean that place."""
        text = marked.replace("|", "", 1)
        before = marked.partition("|")[0]
        (self.change if self.uri(name) in self.versions else self.open)(name, text)
        return {"text_document": self.document(name), "position": position(before)}

    def labels(self, name: str | Path, marked: str) -> list[str]:
        """Return the labels of what may be written at the cursor."""
        found = self.run(self.client.text_document_completion_async(lsp.CompletionParams(**self.at(name, marked))))
        return [one.label for one in found.items] if isinstance(found, lsp.CompletionList) else []

    def items(self, name: str | Path, marked: str) -> list[lsp.CompletionItem]:
        """Return what may be written at the cursor."""
        found = self.run(self.client.text_document_completion_async(lsp.CompletionParams(**self.at(name, marked))))
        return list(found.items) if isinstance(found, lsp.CompletionList) else []

    def hover(self, name: str | Path, marked: str) -> str:
        """Return what is said about the cursor's place."""
        found = self.run(self.client.text_document_hover_async(lsp.HoverParams(**self.at(name, marked))))
        return found.contents.value if found and isinstance(found.contents, lsp.MarkupContent) else ""


def position(before: str) -> lsp.Position:
    """Return the position behind a text, as UTF-16 counts it."""
    lines = before.replace("\r\n", "\n").split("\n")
    return lsp.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)


def codes(diagnostics: Sequence[lsp.Diagnostic]) -> list[str]:
    """Return the rules of diagnostics."""
    return [str(one.code) for one in diagnostics]


def span(one: lsp.Range) -> str:
    """Write a range so that a test can show it."""
    return f"{one.start.line}:{one.start.character}-{one.end.line}:{one.end.character}"


def applied(text: str, edits: Sequence[lsp.TextEdit]) -> str:
    """Return a text with edits, whose columns are those of UTF-16."""
    lines = text.splitlines(keepends=True) or [""]

    def offset(place: lsp.Position) -> int:
        if place.line >= len(lines):
            return len(text)
        before = sum(map(len, lines[: place.line]))
        units = lines[place.line].encode("utf-16-le")[: 2 * place.character]
        return before + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
