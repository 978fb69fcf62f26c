"""Terraform's language: typed values in, text out, laid out as `terraform fmt` would.

Text from a spec is always a quoted literal. Only a `Reference`, made by our own code, is an expression.
https://developer.hashicorp.com/terraform/language/expressions/strings
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, Union

_PATH = r"[a-z_][a-z0-9_]*(\[0\]|\.[a-z_][a-z0-9_]*)*"
_EXPRESSION = re.compile(rf"{_PATH}|one\({_PATH}\[\*\]\.[a-z_]+\)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Controls, invisible formatting and line separators: what a reader cannot see does not get in as it is.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_INSTRUCTION = re.compile(r":(?=skip|ignore)", re.IGNORECASE)
_MAX_LIST = 80


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute of another block, such as `aws_vpc.main.id`, or a word of the language: `string`.

    `one(aws_acm_certificate.web.domain_validation_options[*].resource_record_name)` is that of the only nested block.
    """

    expression: str

    def __post_init__(self) -> None:
        if not _EXPRESSION.fullmatch(self.expression):
            message = f"'{self.expression}' is not a reference"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Template:
    """Text with references in it."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Json:
    """A value that an argument wants as JSON text; written with `jsonencode`, which checkov can look into."""

    value: "Value"


@dataclass(frozen=True, slots=True)
class Block:
    """A nested block, as opposed to an argument that holds a map."""

    body: "Body"


@dataclass(frozen=True, slots=True)
class Repeated:
    """Nested blocks of one name."""

    blocks: tuple[Block, ...]


# A union that is there at run time, unlike one in a text: `Value | None` then works wherever it stands.
Value: TypeAlias = Union[str, int, Reference, Template, Json, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007
Body: TypeAlias = Mapping[str, "Value | Block | Repeated | None"]
"""What stands in a block, in order. `None` leaves an entry out."""


def block(kind: str, labels: Sequence[str], body: Body) -> str:
    """Write a top-level block, such as a resource."""
    return "\n".join(_block(" ".join((kind, *map(quote, labels))), body))


def quote(text: str) -> str:
    """Write text as a literal: what is inside stays text, whatever it looks like.

    `:skip=` is broken up because checkov takes it for an instruction even inside a literal.
    """
    return f'"{_escape(text)}"'


def comment(text: str) -> str:
    """Write text as a line of comment that no tool takes for an instruction (`checkov:skip=`)."""
    flat = " ".join("".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text).split())
    return f"# {_INSTRUCTION.sub(': ', flat)}".rstrip()


def _escape(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char) or _escape_unseen(char) for char in text)
    return escaped.replace("${", "$${").replace("%{", "%%{").replace(":skip=", ":skip\\u003d")


def _escape_unseen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\\ufffd"  # half a character; no file can hold it
    if category not in _UNSEEN:
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def _template(template: Template) -> str:
    return '"' + "".join(_template_part(part) for part in template.parts) + '"'


def _template_part(part: str | Reference) -> str:
    if isinstance(part, Reference):
        return f"${{{part.expression}}}"
    escaped = _escape(part)
    # A dollar sign before the next part's `${` would escape it.
    return f"{escaped[:-1]}\\u{ord(escaped[-1]):04x}" if escaped.endswith(("$", "%")) else escaped


def _block(head: str, body: Body) -> list[str]:
    inner = _sections(body)
    return [f"{head} {{", *_indented(inner), "}"] if inner else [f"{head} {{}}"]


def _sections(body: Body) -> list[str]:
    """Write runs of arguments and nested blocks, with an empty line between them."""
    sections: list[list[str]] = []
    arguments: list[tuple[str, list[str]]] = []
    for name, entry in body.items():
        match entry:
            case None:
                continue
            case Block() | Repeated():
                sections += [_assignments(arguments)] if arguments else []
                sections += [_block(name, one.body) for one in _blocks(entry)]
                arguments = []
            case _:
                arguments.append((name, _value(entry)))
    sections += [_assignments(arguments)] if arguments else []
    return [line for i, section in enumerate(sections) for line in ([""] * bool(i) + section)]


def _blocks(entry: Block | Repeated) -> tuple[Block, ...]:
    return entry.blocks if isinstance(entry, Repeated) else (entry,)


def _assignments(items: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Write `name = value` lines; `terraform fmt` aligns neighbours that fit on a line."""
    lines: list[str] = []
    for short, run in groupby(items, key=lambda item: len(item[1]) == 1):
        group = list(run)
        width = max(len(name) for name, _ in group) if short else 0
        for name, (first, *rest) in group:
            lines += [f"{name:<{width}} = {first}", *rest]
    return lines


def _value(value: Value) -> list[str]:
    match value:
        case bool() | int() | str() | Reference() | Template():
            return [_word(value)]
        case Json():
            first, *rest = _value(value.value)
            return [f"jsonencode({first}", *rest[:-1], f"{rest[-1]})"] if rest else [f"jsonencode({first})"]
        case Mapping():
            items = [(name if _NAME.fullmatch(name) else quote(name), _value(item)) for name, item in value.items()]
            return ["{", *_indented(_assignments(items)), "}"] if items else ["{}"]
        case _:
            return _list([_value(item) for item in value])


def _word(value: str | int | Reference | Template) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return quote(value)
        case Reference():
            return value.expression
        case Template():
            return _template(value)


def _list(items: list[list[str]]) -> list[str]:
    line = ", ".join(lines[0] for lines in items)
    if all(len(lines) == 1 for lines in items) and len(line) <= _MAX_LIST:
        return [f"[{line}]"]
    return ["[", *_indented(line for lines in items for line in (*lines[:-1], f"{lines[-1]},")), "]"]


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else line for line in lines)
