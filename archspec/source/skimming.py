"""One key of a spec, found without reading all of it: what a file includes, what a system is called.

Most specs are a block of plain keys at the start of lines. There, the lines of one key are all that has to be parsed.
"""

import re
from collections.abc import Iterator
from typing import Any

from archspec.errors import SpecError
from archspec.source import parse

# Comments, empty lines and a bare start of a document may come before the first key, which is a word.
_BLOCK = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n|---[ \t]*\n)*\w")
# What starts a line and may be a key in other words: `? include`, `"incl\u0075de"`, `{include: …}`, `&a include`.
_ODD = re.compile(r"\n[^\w\s#\-\]}.]")
_NEXT = re.compile(r"\n(?=[^\s#\-\]}])")


def skim(text: str, key: str) -> list[Any]:
    """Return what a file says under a key at its top: nothing where it has no such key, else its value.

    A text of several lines in quotes may look like the key; what it seems to say then stands in the list as well.
    Raises `SpecError` where nothing less than the whole file tells, and it cannot be parsed.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    is_escaped = "\\" in text and '"' in text
    if key not in text and not is_escaped:
        return []
    if _BLOCK.match(text) and not _ODD.search(text):
        try:
            return [read.data[key] for read in map(parse, _lines(text, key)) if _has(read.data, key)]
        except SpecError:  # an alias, or brackets that go on at the start of a line: only the whole tells
            pass
    read = parse(text)
    return [read.data[key]] if _has(read.data, key) else []


def _has(data: object, key: str) -> bool:
    return isinstance(data, dict) and key in data


def _lines(text: str, key: str) -> Iterator[str]:
    """Yield the lines of a key at the start of a line, up to the next key."""
    for found in re.finditer(rf"\n{re.escape(key)}[ \t]*:", f"\n{text}"):
        end = _NEXT.search(text, found.end() - 1)
        yield text[found.start() : end.start() if end else len(text)]
