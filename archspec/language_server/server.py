"""The server itself: what is announced, what is called when, and what happens when something goes wrong."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from functools import partial
from traceback import format_exception
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from archspec.errors import UsageError
from archspec.language_server import answers, changing
from archspec.language_server.state import State, Today, look, path_of
from archspec.language_server.workspace import Buffer

_PAUSE = 0.1
"""Seconds after the last change before specs are looked at again: less than between two keys of most people."""

_QUESTIONS: tuple[tuple[str, Callable[[State, Any], Any], Any], ...] = (
    (
        lsp.TEXT_DOCUMENT_COMPLETION,
        answers.complete,
        lsp.CompletionOptions(trigger_characters=[" ", "[", "{", ",", "/", ">"]),
    ),
    (lsp.TEXT_DOCUMENT_HOVER, answers.hover, None),
    (lsp.TEXT_DOCUMENT_DEFINITION, answers.definition, None),
    (lsp.TEXT_DOCUMENT_REFERENCES, answers.references, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, answers.symbols, None),
    (lsp.TEXT_DOCUMENT_PREPARE_RENAME, changing.prepare_rename, None),
    (lsp.TEXT_DOCUMENT_RENAME, changing.rename, lsp.RenameOptions(prepare_provider=True)),
    (lsp.TEXT_DOCUMENT_FORMATTING, changing.canonical, None),
)
"""What is asked → what answers it at once, and what the client is told about it."""

_WATCHED = ("**/*.yaml", "**/*.yml", "**/*.toml", "**/*.json")
"""Specs, their parts and rule packs; settings; a baseline."""


class _Server(LanguageServer):
    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401  as pygls has it
        """Tell of a message that could not be understood in the log, and not in the user's face.

        What a request is answered with needs no second telling.
        """
        if source is not FeatureRequestError:
            message = f"archspec: {source.__name__}: {error}"
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))


class _Conversation:
    """The requests and notifications of one client."""

    def __init__(self, server: LanguageServer, today: Today) -> None:
        self.server, self.state = server, State(today)
        self.waiting: set[str] = set()
        self.timer: asyncio.Task[None] | None = None
        self.looking: set[asyncio.Task[None]] = set()
        self.busy = asyncio.Lock()
        self.sent: dict[str, tuple[int | None, list[lsp.Diagnostic]]] = {}
        self.told: set[str] = set()

    def begin(self, params: lsp.InitializeParams) -> None:
        """Keep what the client can do, and which folders it has open."""
        self.state.capabilities = params.capabilities
        self.state.units = self.server.workspace.position_codec.client_num_units
        roots = [folder.uri for folder in params.workspace_folders or []] or [params.root_uri or ""]
        self.state.roots = [path for root in roots if root and (path := to_fs_path(root))]

    def move(self, _params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        """Keep which folders are open now."""
        folders = self.server.workspace.folders.values()
        self.state.roots = [path for folder in folders if (path := to_fs_path(folder.uri))]

    def watch(self, _params: lsp.InitializedParams) -> None:
        """Ask the client to tell of files that change on disk."""
        workspace = self.state.capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            watchers = [lsp.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = lsp.Registration("watched-files", method, options)
            self.server.client_register_capability(lsp.RegistrationParams([registration]))

    def write(self, params: lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams) -> None:
        """Keep the text of a buffer, and look at its specs when nobody has written for a moment."""
        uri = params.text_document.uri
        path = path_of(uri)
        if path:
            if path not in self.state.buffers or not self.state.homes.get(path):
                self.state.homes.pop(path, None)  # what is known of it may come from one of its specs alone
            document = self.server.workspace.get_text_document(uri)
            self.state.buffers[path] = Buffer(uri, document.source, document.version)
            self.later({path})

    def close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """Forget a buffer; what is on disk counts from now on. A spec of which nothing is open shows nothing."""
        path = path_of(params.text_document.uri)
        self.state.buffers.pop(path, None)
        specs = self.state.homes.get(path, [])
        open_parts = {part for spec in specs for part in spec.parts if part in self.state.buffers}
        for spec in specs:
            if not open_parts & set(spec.parts):
                self.show(self.state.drop(spec.path))
        self.later(open_parts)

    def change(self, params: lsp.DidChangeWatchedFilesParams) -> None:
        """Look again at everything that is open: a part, the settings or the baseline may be another."""
        self.state.homes = {path: specs for path, specs in self.state.homes.items() if path in self.state.buffers}
        self.later(self.state.buffers if params.changes else ())

    def later(self, paths: Collection[str]) -> None:
        """Look at files after a pause, which begins anew with each change."""
        self.waiting |= set(paths)
        if self.timer:
            self.timer.cancel()
        self.timer = asyncio.ensure_future(self.pause()) if self.waiting else None

    async def pause(self) -> None:
        """Wait, then look at everything that has changed; another change meanwhile leaves it to the next."""
        await asyncio.sleep(_PAUSE)
        # A task of its own: what has begun is not ended by the next change, which only waits for it.
        task = asyncio.ensure_future(self.look())
        self.looking.add(task)  # the loop alone would forget it
        task.add_done_callback(self.looking.discard)

    async def look(self) -> None:
        """Look at what has changed, beside the answers to everything else, and show what was found."""
        async with self.busy:
            while self.waiting:
                path = min(self.waiting)
                self.waiting.remove(path)
                try:
                    await self.look_at(path)
                except Exception as error:  # noqa: BLE001  whatever it is: the next change is looked at again
                    self.confess(error)

    async def look_at(self, path: str) -> None:
        """Look at the specs of one file, unless something in them is written meanwhile."""
        buffers = dict(self.state.buffers)
        work = partial(look, path, buffers, self.state.roots, self.state.today())
        found, notes = await asyncio.get_running_loop().run_in_executor(self.server.thread_pool, work)
        if buffers != self.state.buffers:
            self.later({path})
            return
        self.show(self.state.take(path, found))
        done = {one.spec.path for one in found}
        self.waiting -= {part for part in self.waiting if self.is_done(part, done)}
        for note in set(notes) - self.told:
            self.server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"archspec: {note}"))
        self.told = set(notes)

    def is_done(self, path: str, specs: Collection[str]) -> bool:
        """Whether specs are all that a file is known to be a part of."""
        known = {spec.path for spec in self.state.homes.get(path, ())}
        return bool(known) and known <= set(specs)

    def show(self, paths: Collection[str]) -> None:
        """Send the diagnostics of files, unless the client has just those."""
        for path in sorted(paths):
            buffer = self.state.buffers.get(path)
            version, found = buffer.version if buffer else None, self.state.diagnostics(path)
            if self.sent.get(path) != (version, found):
                self.sent[path] = version, found
                params = lsp.PublishDiagnosticsParams(self.state.uri(path), found, version)
                self.server.text_document_publish_diagnostics(params)

    def guarded(self, answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return what gives the answer, or none where something goes wrong: an editor goes on without it."""

        def run(params: Any) -> Any:  # noqa: ANN401  each kind of request has its own
            try:
                return answer(params)
            except UsageError as error:
                raise JsonRpcException(str(error), lsp.LSPErrorCodes.RequestFailed) from None
            except Exception as error:  # noqa: BLE001  whatever it is, the server has to survive it
                self.confess(error)
                return None

        return run

    def beside(self, answer: Callable[[Any], Any]) -> Callable[[Any], Coroutine[Any, Any, Any]]:
        """Return the same for an answer that takes a while: it is made beside the others, in a thread."""

        async def run(params: Any) -> Any:  # noqa: ANN401  as above
            work = partial(self.guarded(answer), params)
            return await asyncio.get_running_loop().run_in_executor(self.server.thread_pool, work)

        return run

    def confess(self, error: Exception) -> None:
        """Write what went wrong into the client's log."""
        text = "".join(format_exception(error))
        self.server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"archspec: {text}"))


def make(today: Today, version: str) -> LanguageServer:
    """Return a server that is ready to start. `today` is asked for the day that dates are judged by.

    Texts come whole: what a client counts as a line is not what every library does.
    """
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    server = _Server("archspec", version, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
    talk = _Conversation(server, today)
    notified: tuple[tuple[str, Callable[[Any], None]], ...] = (
        (lsp.INITIALIZE, talk.begin),
        (lsp.INITIALIZED, talk.watch),
        (lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, talk.move),
        (lsp.TEXT_DOCUMENT_DID_OPEN, talk.write),
        (lsp.TEXT_DOCUMENT_DID_CHANGE, talk.write),
        (lsp.TEXT_DOCUMENT_DID_SAVE, lambda params: talk.later({path_of(params.text_document.uri)})),
        (lsp.TEXT_DOCUMENT_DID_CLOSE, talk.close),
        (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, talk.change),
    )
    for method, take in notified:
        server.feature(method)(talk.guarded(take))
    for method, answer, options in _QUESTIONS:
        server.feature(method, options)(talk.guarded(partial(answer, talk.state)))
    # Trying a fix takes as long as looking at its spec.
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(talk.beside(partial(changing.actions, talk.state)))
    return server
