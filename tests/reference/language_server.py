"""A client of yaml-language-server, which editors run for YAML: the one of redhat.vscode-yaml, started over stdio.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

SERVER = Path(".drawing/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server")
SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
PROPERTY = 10
"""The kind of completion that is a key."""

_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}
Json: TypeAlias = Any


class Complaint(NamedTuple):
    """A diagnostic: the line, from 1, and what is said."""

    line: int
    message: str


class LanguageServer:
    """A running server with one document open at a time; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents = self.requests = 0
        self.published: dict[str, list[Json]] = {}
        self.process = subprocess.Popen(
            ["node", SERVER, "--stdio"],  # noqa: S607  whichever node is there
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        capabilities = {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES}
        self._request("initialize", capabilities)
        self._send({"method": "initialized", "params": {}})

    def open(self, text: str) -> str:
        """Open a document, and return its address."""
        self.documents += 1
        uri = (self.folder / f"{self.documents}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def complaints(self, uri: str) -> list[Complaint]:
        """Return the diagnostics of a document, once they are there."""
        while uri not in self.published:
            self._handle(self._receive())
        return [Complaint(one["range"]["start"]["line"] + 1, one["message"]) for one in self.published[uri]]

    def completions(self, uri: str, line: int, column: int) -> list[Json]:
        """Return what is offered at a place, from 0."""
        found = self._request("textDocument/completion", _place(uri, line, column))
        return list(found["items"])

    def hover(self, uri: str, line: int, column: int) -> str:
        """Return what is shown for the thing at a place, from 0."""
        found = self._request("textDocument/hover", _place(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def close(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.communicate()

    def _request(self, method: str, params: Json) -> Json:
        self.requests += 1
        self._send({"id": self.requests, "method": method, "params": params})
        while True:
            received = self._receive()
            if received.get("id") == self.requests and "method" not in received:
                return received["result"]
            self._handle(received)

    def _handle(self, received: Json) -> None:
        match received:
            case {"method": "workspace/configuration", "id": number, "params": {"items": items}}:
                self._send(
                    {"id": number, "result": [SETTINGS if one.get("section") == "yaml" else {} for one in items]}
                )
            case {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": found}}:
                self.published[uri] = found
            case {"method": _, "id": number}:
                self._send({"id": number, "result": None})
            case _:
                pass

    def _send(self, message: Json) -> None:
        assert self.process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def _receive(self) -> Json:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        return json.loads(self.process.stdout.read(length))


def _place(uri: str, line: int, column: int) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
