"""Where something stands → Markdown that shows it, as a link where the address of a file is known."""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import quote

from archspec.documents.markup import Markdown, code
from archspec.errors import Location, UsageError

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`|\\]+")


class Places(NamedTuple):
    """How places are shown: as seen from the top of the repository, whose folder in which locations begin is `folder`.

    `old` is what files of the base are called before a colon, and `new` those of the other side, nothing for the
    working tree; both are followed by the whole commit. `source` is the address of a line, with {revision}, {path} and
    {line} to fill in, or nothing.
    """

    top: str
    folder: str
    old: tuple[str, str]
    new: tuple[str, str]
    source: str = ""

    def path(self, file: str) -> str:
        """Return what a location calls a file as a path from the top of the repository."""
        _, rest = self._side(file)
        if posixpath.isabs(rest):
            return posixpath.relpath(rest, self.top)
        return posixpath.normpath(posixpath.join(self.folder, rest))

    def _side(self, file: str) -> tuple[str, str]:
        """Return the commit that a file is of, and the path in what it is called."""
        for name, commit in (self.old, self.new):
            if name and file.startswith(f"{name}:"):
                return commit, file[len(name) + 1 :]
        return self.new[1], file

    def is_before(self, file: str) -> bool:
        """Whether a file is of the base."""
        return bool(self.old[0]) and file.startswith(f"{self.old[0]}:") and self.old != self.new

    def show(self, location: Location | None) -> Markdown:
        """Return file and line, and whether that was before; nothing for nothing."""
        if location is None:
            return Markdown()
        path = self.path(location.file)
        label = code(f"{path}:{location.line}")
        if self.source:
            target = filled(self.source, self._side(location.file)[0], path, location.line)
            label = Markdown(f"[{label}]({target})")
        return Markdown(f"{label} before") if self.is_before(location.file) else label


def checked(address: str, option: str, *needed: str) -> str:
    """Return an address with places to fill in. Raises `UsageError` where it is none, or lacks one that is needed."""
    if not address:
        return ""
    missing = [name for name in needed if f"{{{name}}}" not in address]
    if not _ADDRESS.fullmatch(address) or missing:
        parts = ", ".join(f"{{{name}}}" for name in needed)
        raise UsageError(f"{option} is an address that begins with https:// and holds {parts}, not '{address}'")
    return address


def filled(address: str, revision: str, path: str, line: int = 0) -> str:
    """Return an address with a revision, a path and a line in it; what of the path could end a link is escaped."""
    found = address.replace("{path}", quote(path.encode("utf-8", "surrogateescape"), safe="/"))
    return found.replace("{revision}", revision).replace("{line}", str(line))
