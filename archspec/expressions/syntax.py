"""A compiled CEL expression → its syntax tree, with the place of every part in the text.

CEL hands its tree out as a serialised `CheckedExpr`. That is read here, because the protobuf package that would read it
is no dependency: numbers below are those of https://github.com/google/cel-spec/blob/master/proto/cel/expr/syntax.proto
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

_VARINT, _FIXED64, _BYTES = 0, 1, 2
_SIGN = 1 << 63


class Node(NamedTuple):
    """A part of an expression. `at` is its offset in the text, or -1.

    kind `const`: `value` is the constant; `ident`: a variable, called `value`; `select` and `has`: the key `value` of
    the one part; `call`: the function `value`, its parts are the arguments; `list`, `map`: their parts; `walk`: a macro
    through the elements of its first part, each of them called `value[0]`, the answer so far `value[1]`; its other
    parts are the answer at the start, the step and the result.
    """

    kind: str
    value: Any
    parts: tuple["Node", ...]
    at: int


def tree(serialized: bytes) -> Node:
    """Return the tree of a compiled expression, as `Expression.serialize()` of CEL gives it."""
    checked = _fields(_fields(serialized)[2][0])
    places = [_fields(entry) for entry in _fields(checked[5][0]).get(4, ())]
    return _node(checked[4][0], {_number(one, 1): _number(one, 2) for one in places})


def _node(data: bytes, places: Mapping[int, int]) -> Node:
    fields = _fields(data)
    at = places.get(_number(fields, 2), -1)
    for number, make in ((3, _constant), (4, _variable), (5, _select), (6, _call), (7, _list), (8, _map), (9, _walk)):
        if number in fields:
            kind, value, parts = make(_fields(fields[number][0]))
            return Node(kind, value, tuple(_node(part, places) for part in parts), at)
    return Node("const", None, (), at)


_Made = tuple[str, Any, list[bytes]]
_Fields = Mapping[int, list[Any]]


def _constant(fields: _Fields) -> _Made:
    value: Any = None
    for number, raw in fields.items():
        match number:
            case 2:
                value = bool(raw[0])
            case 3:
                value = raw[0] - 2 * _SIGN if raw[0] >= _SIGN else raw[0]
            case 5:
                value = float("nan") if raw[0] is None else raw[0]
            case 6:
                value = raw[0].decode("utf-8", "replace")
            case _:
                value = None if number == 1 else raw[0]
    return "const", value, []


def _variable(fields: _Fields) -> _Made:
    return "ident", _text(fields, 1), []


def _select(fields: _Fields) -> _Made:
    return "has" if _number(fields, 3) else "select", _text(fields, 2), fields[1]


def _call(fields: _Fields) -> _Made:
    return "call", _text(fields, 2), [*fields.get(1, ()), *fields.get(3, ())]


def _list(fields: _Fields) -> _Made:
    return "list", None, fields.get(1, [])


def _map(fields: _Fields) -> _Made:
    entries = [_fields(entry) for entry in fields.get(2, ())]
    return "map", None, [entry[4][0] for entry in entries if 4 in entry]


def _walk(fields: _Fields) -> _Made:
    return "walk", (_text(fields, 1), _text(fields, 3)), [fields[number][0] for number in (2, 4, 6, 7)]


def _text(fields: _Fields, number: int) -> str:
    found: bytes = fields.get(number, [b""])[0]
    return found.decode("utf-8", "replace")


def _number(fields: _Fields, number: int) -> int:
    found: int = fields.get(number, [0])[0]
    return found


def _fields(data: bytes) -> dict[int, list[Any]]:
    """Read one message of protobuf's: the number of each field → its values.

    https://protobuf.dev/programming-guides/encoding/
    """
    found: dict[int, list[Any]] = {}
    at, end = 0, len(data)
    value: Any
    while at < end:
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == _BYTES:  # as nearly all of them are
            size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
        elif kind == _VARINT:
            value, at = _varint(data, at)
        elif kind == _FIXED64:
            value, at = _double(data, at), at + 8
        else:
            raise ValueError(f"CEL's tree holds a field of the unknown kind {kind}")
        found.setdefault(tag >> 3, []).append(value)
    return found


def _double(data: bytes, at: int) -> float:
    import struct

    found: float = struct.unpack_from("<d", data, at)[0]
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    if data[at] < 128:  # as nearly all of them are
        return data[at], at + 1
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
