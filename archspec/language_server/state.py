"""What is known between two requests: what is open, what is part of which spec, and what was last found in it."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from os.path import realpath
from pathlib import Path

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

from archspec.errors import UsageError
from archspec.language_server.diagnostics import Client, diagnostics
from archspec.language_server.lines import Lines, Units
from archspec.language_server.linting import Linted, lint
from archspec.language_server.workspace import Buffer, Buffers, Spec, parts_of, settings_at, specs_with, text_at
from archspec.project import Project

Today = Callable[[], datetime.date]


class State:
    """One client's session. `look` reads no state and may run beside everything else; `take` keeps what it returns."""

    def __init__(self, today: Today) -> None:
        self.today = today
        self.roots: Sequence[str] = ()
        self.units: Units = len
        self.capabilities = lsp.ClientCapabilities()
        self.buffers: dict[str, Buffer] = {}
        self.homes: dict[str, list[Spec]] = {}
        self.latest: dict[str, Linted] = {}
        self.loaded: dict[str, Linted] = {}
        self.found: dict[str, Mapping[str, list[lsp.Diagnostic]]] = {}

    def specs(self, path: str) -> list[Spec]:
        """Return the specs that a file was part of when it was last looked at, with the parts that they have now."""
        if path not in self.homes:
            self.homes[path] = specs_with(path, _settings(path)[0], self.buffers, self.roots)
        return [spec._replace(parts=parts_of(spec.path, self.buffers)) for spec in self.homes[path]]

    def sharing(self, paths: Iterable[str]) -> list[Spec]:
        """Return every spec that any of the files is a part of now, also those that nobody has looked at."""
        found: dict[str, Spec] = {}
        for path in paths:
            specs = specs_with(path, _settings(path)[0], self.buffers, self.roots)
            found |= {spec.path: spec for spec in specs}
        return list(found.values())

    def text(self, path: str) -> str:
        """Return the text of a file, of an open buffer if there is one; of none, nothing."""
        return text_at(path, self.buffers) or ""

    def lines(self, path: str) -> Lines:
        """Return the lines of a file as the client has them."""
        return _lines(self.buffers[path].text if path in self.buffers else self.text(path), self.units)

    def uri(self, path: str) -> str:
        """Return how the client calls a file."""
        return self.buffers[path].uri if path in self.buffers else from_fs_path(path) or ""

    def diagnostics(self, path: str) -> list[lsp.Diagnostic]:
        """Return the diagnostics of a file, from every spec that it is part of, each once."""
        found = [one for by_file in self.found.values() for one in by_file.get(path, ())]
        return [one for i, one in enumerate(found) if one not in found[:i]]

    def take(self, path: str, found: Sequence[Linted]) -> set[str]:
        """Keep what was found in the specs that a file is part of; return the files whose diagnostics may differ."""
        specs = [one.spec.path for one in found]
        gone = [one.path for one in self.homes.get(path, ()) if one.path not in specs]
        self.homes[path] = [one.spec for one in found]
        changed = {file for spec in gone for file in self.drop(spec)}
        for one in found:
            self.latest[one.spec.path] = one
            if one.system:
                self.loaded[one.spec.path] = one
            changed |= self.found.get(one.spec.path, {}).keys()
            self.found[one.spec.path] = diagnostics(one, self._client())
            changed |= self.found[one.spec.path].keys()
            self.homes |= {part: [] for part in one.spec.parts if part not in self.homes}
            for part in one.spec.parts:
                others = [spec for spec in self.homes[part] if spec.path != one.spec.path]
                self.homes[part] = [*others, one.spec]
        return changed

    def drop(self, spec: str) -> set[str]:
        """Forget the diagnostics of a spec; return the files that had some."""
        return set(self.found.pop(spec, {}))

    def _client(self) -> Client:
        document = self.capabilities.text_document
        shown = document.publish_diagnostics if document else None
        return Client(
            self.lines,
            self.uri,
            shows_related=bool(shown and shown.related_information),
            shows_links=bool(shown and shown.code_description_support),
        )


def look(path: str, buffers: Buffers, roots: Sequence[str], today: datetime.date) -> tuple[list[Linted], list[str]]:
    """Lint the specs that a file is part of; return also what is wrong with the project's settings."""
    settings, notes = _settings(path)
    found = [lint(spec, buffers, today) for spec in specs_with(path, settings, buffers, roots)]
    return found, [*notes, *(note for one in found for note in one.notes)]


def _settings(path: str) -> tuple[Project, list[str]]:
    try:
        return settings_at(path), []
    except UsageError as error:
        return Project(Path(path).parent), [str(error)]


def path_of(uri: str) -> str:
    """Return the real path of the file that the client calls so; nothing for what is no file."""
    path = to_fs_path(uri)
    return realpath(path) if path and "\0" not in path else ""


@lru_cache(maxsize=32)
def _lines(text: str, units: Units) -> Lines:
    return Lines(text, units)
