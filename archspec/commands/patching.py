"""A text file before and after: written, or shown as a patch."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from archspec.errors import UsageError
from archspec.reporters.plain import plain
from archspec.writing import write

_MARK = b"\xef\xbb\xbf"


def replace_text(file: Path, before: str, after: str) -> None:
    """Write the new text of a file, with the byte order mark that it has. Raises `UsageError` where it has changed."""
    content = file.read_bytes()
    if content.removeprefix(_MARK) != before.encode():
        raise UsageError(f"{file.as_posix()} has changed while it was looked at; nothing of it was changed here")
    write(file, (_MARK if content.startswith(_MARK) else b"") + after.encode())


def patch(name: str, before: str, after: str) -> str:
    """Return a patch; a carriage return at the end of a line is part of it."""
    return "".join(_lines(name, before, after))


def _lines(name: str, before: str, after: str) -> Iterator[str]:
    old, new = ([f"{line}\n" for line in text.split("\n")] for text in (before, after))
    old[-1], new[-1] = old[-1][:-1], new[-1][:-1]
    lines = unified_diff([one for one in old if one], [one for one in new if one], f"a/{name}", f"b/{name}")
    for line in lines:
        body = line.rstrip("\r\n")
        yield plain(body) + line[len(body) :]
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
