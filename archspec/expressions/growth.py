"""How much an expression may make of what it is given: CEL counts the steps of a loop, and not what a step makes.

`[text].map(x, x + x).map(x, x + x)` doubles with each `map`: thirty of them would fill any memory, in a few steps.
"""

from collections.abc import Mapping
from typing import NamedTuple

from archspec.expressions.syntax import Node

_GIVEN = 100
"""The size of a variable, or of a function's answer: looking through it for each of its parts is not too much."""

_MOST = 100_000


class Size(NamedTuple):
    """At most how much something holds: so many parts, of so many characters or parts each."""

    parts: int
    each: int = 1

    @property
    def total(self) -> int:
        """All of it."""
        return self.parts * self.each


_ONE = Size(1)
_Known = Mapping[str, Size]


def grown(top: Node) -> Node | None:
    """Return the first part of an expression that may make too much, in proportion to what it is given."""
    found: list[Node] = []
    _size(top, {}, found)
    return found[0] if found else None


def _size(node: Node, known: _Known, found: list[Node]) -> Size:
    """Return how much a part makes, and note it where that is too much; what is around it is then taken as small."""
    made = (
        _walk(node, known, found)
        if node.kind == "walk"
        else _made(node, [_size(one, known, found) for one in node.parts], known)
    )
    if made.total > _MOST:
        found.append(node)
        return _ONE
    return made


def _made(node: Node, parts: list[Size], known: _Known) -> Size:
    match node.kind:
        case "const":
            return Size(len(node.value)) if isinstance(node.value, str | bytes) else _ONE
        case "ident":
            return known.get(node.value, Size(_GIVEN))
        case "select":
            return parts[0]
        case "list" | "map":
            return Size(len(parts), max((one.total for one in parts), default=1))
        case "call":
            return _called(node.value, parts)
        case _:
            return _ONE


def _called(name: str, parts: list[Size]) -> Size:
    if name == "_+_":
        return Size(sum(one.parts for one in parts), max(one.each for one in parts))
    if name == "_?_:_":
        return max(parts[1:], key=lambda one: one.total)
    if name == "_[_]":
        return parts[0]
    if name in ("string", "bytes", "dyn"):
        return max(parts, key=lambda one: one.total)
    is_simple = name in _SIMPLE or not name[:1].isalpha()
    return _ONE if is_simple else Size(_GIVEN)


_SIMPLE = frozenset({
    "size", "startsWith", "endsWith", "contains", "matches", "int", "uint", "double", "bool", "type", "timestamp",
    "duration", "reaches", "exposed", "gets_to", "path_length", "sum", "round",
})  # fmt: skip
"""Functions whose answer is one number, or true or false."""


def _walk(node: Node, known: _Known, found: list[Node]) -> Size:
    """Return what a macro makes: `map` and `filter` a list of as many parts as there are, the others an answer."""
    over = _size(node.parts[0], known, found)
    variable, so_far = node.value
    step = _size(node.parts[2], {**known, variable: Size(over.each), so_far: Size(0)}, found)
    return Size(over.parts, step.total) if node.parts[1].kind == "list" else _ONE
