"""Plain data → YAML as people write specs: one line where it fits, else wrapped, else a line for each key.

Text from a source stays text, whatever it looks like; what a reader cannot see is written as an escape.
https://yaml.org/spec/1.2.2/
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TypeAlias

Data: TypeAlias = "str | int | float | Sequence[Data] | Mapping[str, Data] | None"

WIDTH = 120
_MOST_LINES = 4
"""A mapping that is wrapped into more lines than these is read more easily with a line for each key."""
_LONGEST_KEY = 1000
"""YAML takes a key without a mark before it up to 1024 characters."""

_SPECIAL = re.compile(r"[,\[\]{}?]|:(?=\s|$)|\s#|\s\s|^[-?:#&*!|>%@=\s\"'`]|^\.{3}|\s$")
# What YAML 1.1 or 1.2 take for something else than text: https://yaml.org/type/
_NOT_TEXT = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+]?[\d_][\d_,:]*(\.[\d_]*)?(e[-+]?\d+)?|[-+]?\.[\d_]+(e[-+]?\d+)?"
    r"|0[xob][\da-f_]+|[-+]?\.(inf|nan)|\d{4}-\d\d?-\d\d?.*",
    re.IGNORECASE,
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def write(data: Mapping[str, Data]) -> str:
    """Return a document that `archspec.source` reads back as the same data, with numbers and switches as text.

    Half a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    return "".join(f"{line}\n" for key, value in data.items() for line in entry(key, value, 0)) or "{}\n"


def entry(key: str, value: Data, indent: int, pad: int = 0) -> list[str]:
    """Return the lines of a key with its value; at least `pad` characters stand before the value."""
    head = f"{' ' * indent}{_key(key, indent)}:"
    return _laid_out(f"{head} ".ljust(indent + pad), value, indent + 2)


def item(value: Data, indent: int, *, arrow: bool = False) -> list[str]:
    """Return the lines of a list's item; with `arrow`, a mapping of one key without its braces, as flows are."""
    head = f"{' ' * indent}- "
    if arrow and isinstance(value, Mapping):
        return [line for key, one in value.items() for line in _laid_out(f"{head}{scalar(key)}: ", one, indent + 4)]
    return _laid_out(head, value, indent + 2)


def comment(text: str, indent: int) -> list[str]:
    """Return text as lines of comment."""
    head = f"{' ' * indent}# "
    seen = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return [f"{head}{line}" for line in wrap(seen, WIDTH - len(head), break_long_words=False, break_on_hyphens=False)]


def inline(value: Data) -> str:
    """Return a value on one line."""
    match value:
        case Mapping():
            return f"{{{', '.join(_pairs(value))}}}"
        case str() | int() | float() | None:
            return scalar(value)
        case _:
            return f"[{', '.join(map(inline, value))}]"


def scalar(value: str | float | None) -> str:
    """Return text, a number or a switch as it may stand anywhere, also inside brackets."""
    match value:
        case None:
            return "~"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            plain = bool(value) and value.isprintable() and not _SPECIAL.search(value)
            return value if plain and not _NOT_TEXT.fullmatch(value) else quoted(value)


def quoted(text: str) -> str:
    """Return text in double quotes."""
    return f'"{"".join(_escaped(char) for char in text)}"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "�"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _key(key: str, indent: int) -> str:
    written = scalar(key)
    return written if len(written) < _LONGEST_KEY else f"? {written}\n{' ' * indent}"


def _pairs(value: Mapping[str, Data]) -> list[str]:
    return [f"{_pair_key(key)}: {inline(one)}" for key, one in value.items()]


def _pair_key(key: str) -> str:
    written = scalar(key)
    return written if len(written) < _LONGEST_KEY else f"? {written} "


def _laid_out(head: str, value: Data, indent: int) -> list[str]:
    """Return the lines of a value behind what stands before it; what follows is indented by `indent`."""
    one = head + inline(value)
    if len(one) <= WIDTH:
        return [one]
    if isinstance(value, str):
        return _folded(head, value, indent)
    if not value or not isinstance(value, Mapping | Sequence):
        return [one]
    parts = _pairs(value) if isinstance(value, Mapping) else list(map(inline, value))
    wrapped = _wrapped(f"{head}{'{' if isinstance(value, Mapping) else '['}", parts)
    if len(wrapped) <= _MOST_LINES and all(len(line) <= WIDTH for line in wrapped) and len(wrapped[-1]) < WIDTH:
        return [*wrapped[:-1], wrapped[-1] + ("}" if isinstance(value, Mapping) else "]")]
    return _in_block(head, value, indent)


def _wrapped(head: str, parts: Iterable[str]) -> list[str]:
    """Fill lines with parts; those after the first stand below the first part."""
    lines, margin = [head], " " * len(head)
    for number, part in enumerate(parts):
        joint = ", " if number else ""
        if number and len(lines[-1]) + len(joint) + len(part) + 1 > WIDTH:  # 1: what closes it, or a comma
            lines[-1] += ","
            lines.append(margin + part)
        else:
            lines[-1] += joint + part
    return lines


def _in_block(head: str, value: Mapping[str, Data] | Sequence[Data], indent: int) -> list[str]:
    if isinstance(value, Mapping):
        lines = [line for key, one in value.items() for line in entry(key, one, indent)]
    else:
        lines = [line for one in value for line in item(one, indent)]
    if head.endswith("- "):  # what an item holds begins behind its hyphen
        return [head + lines[0][indent:], *lines[1:]]
    return [head.rstrip(), *lines]


def _folded(head: str, text: str, indent: int) -> list[str]:
    """Break text in quotes where a single space stands between words: reading it back makes it that space again."""
    parts = re.split(r"(?<=[^ ]) (?=[^ ])", quoted(text))
    lines = [head + parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) > WIDTH:
            lines.append(" " * indent + part)
        else:
            lines[-1] += f" {part}"
    return lines
