"""What a plan does not know yet, filled with references to the resources that will tell it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archspec.importers.terraform.references import End, Reader, References, mapping, names_in
from archspec.importers.terraform.values import any_true
from archspec.resources.named_by import NAMED_BY
from archspec.resources.resource import Ref, Value

_WORDS = frozenset({"references", "constant_value"})
_SINGULAR = ("ss", "us", "as", "is")
_LISTS = frozenset({"vpc_zone_identifier"})


LOCAL = "leads to local values or other names of which a plan does not say what they stand for"
ONE_OF = "may lead to any of several resources, and a plan does not say which"
SOME_OF = "may lead to some only, and is taken for all that a for_each makes; a plan does not say which"


class Filled(NamedTuple):
    """Values with references, the attributes that are not all known, and why references are lost or may be too many."""

    values: dict[str, Value]
    unknown: frozenset[str]
    doubts: Sequence[str]


class _Filling(NamedTuple):
    references: References
    reader: Reader
    doubts: list[str]


def filled(
    values: Mapping[str, Value],
    unknown: Mapping[str, Any],
    expressions: Mapping[str, Any],
    known: tuple[References, Reader],
) -> Filled:
    """Fill what the source states and the plan does not know.

    `unknown` has `true` where a value is not known, in the shape of the values. What the provider will add, and the
    source does not state, stays out.
    """
    filling = _Filling(*known, [])
    found = dict(values)
    names = [name for name, marks in unknown.items() if any_true(marks) and _stated(name, values, expressions)]
    for name in names:
        value = _fill(name, values.get(name), unknown[name], expressions.get(name), filling)
        if value is not None:
            found[name] = value
    return Filled(found, frozenset(names), filling.doubts)


def _stated(name: str, values: Mapping[str, Value], expressions: Mapping[str, Any]) -> bool:
    """Whether the source states something: a `dynamic` block is not among the expressions, but among the values."""
    expression = expressions.get(name)
    if expression is None:
        return bool(values.get(name)) and isinstance(values.get(name), list)
    return _needs(expression)


def _needs(expression: object) -> bool:
    """Whether an expression has anything in it that is not constant."""
    match expression:
        case list():
            return any(map(_needs, expression))
        case dict() if expression.keys() <= _WORDS:
            return "references" in expression
        case dict():
            return any(map(_needs, expression.values()))
        case _:
            return False


def _fill(name: str, value: Value, marks: object, expression: object, filling: _Filling) -> Value:
    match expression:
        case list():
            return _blocks(value, marks, expression, filling)
        case dict() if expression.keys() <= _WORDS:
            return _expression(name, value, marks, expression, filling)
        case dict():
            inner = value if isinstance(value, Mapping) else {}
            return _block(inner, marks, expression, filling)
        case _:
            return value


def _blocks(value: Value, marks: object, expressions: Sequence[object], filling: _Filling) -> Value:
    """Fill nested blocks. A set of them stands in another order in the values than in the source."""
    bodies = [mapping(one) for one in expressions]
    if not isinstance(value, list):
        return [_block({}, marks, body, filling) for body in bodies] if marks is True else value
    marked = marks if isinstance(marks, list) and len(marks) == len(value) else [marks] * len(value)
    left = list(bodies)
    made = []
    for one, mark in zip(value, marked, strict=True):
        inner = one if isinstance(one, Mapping) else {}
        body = next((body for body in left if _fits(inner, body)), {})
        left = [other for other in left if other is not body]
        made.append(_block(inner, mark, body, filling))
    return made


def _fits(value: Mapping[str, Value], body: Mapping[str, Any]) -> bool:
    """Whether a block of values can be one of the source: it has what is constant there."""
    constants = {key: mapping(one)["constant_value"] for key, one in body.items() if "constant_value" in mapping(one)}
    return all(
        value.get(key) == constant or str(value.get(key)) == str(constant) for key, constant in constants.items()
    )


def _block(value: Mapping[str, Value], marks: object, body: Mapping[str, Any], filling: _Filling) -> Value:
    found = dict(value)
    for name, expression in body.items():
        mark = marks if marks is True else mapping(marks).get(name)
        if mark is True and "constant_value" in mapping(expression):
            found.setdefault(name, mapping(expression)["constant_value"])
        elif any_true(mark) and _needs(expression):
            made = _fill(name, value.get(name), mark, expression, filling)
            if made is not None:
                found[name] = made
    return found


def _expression(name: str, value: Value, marks: object, expression: Mapping[str, Any], filling: _Filling) -> Value:
    ends = filling.references.ends(names_in(expression), filling.reader)
    if not ends and names_in(expression):
        filling.doubts.append(LOCAL)
        return value
    if marks is True and name in NAMED_BY and _are_instances(ends):
        if not _is_plural(name):
            filling.doubts.append(ONE_OF)
            return value
        if ends[0].key.startswith('["'):
            filling.doubts.append(SOME_OF)
    if marks is True:
        return _shaped(name, ends)
    return _leaves(name, value, marks, _Choice(ends, _count(marks)))


class _Choice(NamedTuple):
    """All resources that an expression names, of which each of its unknown values is one or some."""

    ends: Sequence[End]
    values: int

    def of(self, name: str) -> Value:
        """Choose for an attribute: one unknown value is all there are, else what its name wants, where only one is."""
        types = {type_ for type_, _ in NAMED_BY.get(name, ())}
        typed = tuple(end for end in self.ends if end.type in types)
        if self.values == 1:
            return _shaped(name, typed or self.ends)
        return _shaped(name, typed) if len(typed) == 1 else None


def _leaves(name: str, value: Value, marks: object, choice: _Choice) -> Value:
    """Fill what is unknown inside a list or a map of which only all names together are told."""
    match marks:
        case True:
            return choice.of(name)
        case dict():
            inner = value if isinstance(value, Mapping) else {}
            made = {key: _leaves(key, inner.get(key), mark, choice) for key, mark in marks.items() if any_true(mark)}
            return {**inner, **{key: one for key, one in made.items() if one is not None}}
        case list() if any(mark is True for mark in marks):
            pairs = zip(value if isinstance(value, list) else (), marks, strict=False)
            return [*(one for one, mark in pairs if mark is not True), *(_ref(name, end) for end in choice.ends)]
        case list() if isinstance(value, list) and len(value) == len(marks):
            pairs = zip(value, marks, strict=True)
            return [_leaves(name, one, mark, choice) if any_true(mark) else one for one, mark in pairs]
        case _:
            return value


def _count(marks: object) -> int:
    match marks:
        case dict():
            return sum(map(_count, marks.values()))
        case list():
            return sum(map(_count, marks))
        case _:
            return int(marks is True)


def _shaped(name: str, ends: Sequence[End]) -> Value:
    """Return one reference, or a list of them where there are several or the name of the attribute is a plural."""
    found: list[Value] = [_ref(name, end) for end in ends]
    return found[0] if len(found) == 1 and not _is_plural(name) else (found or None)


def _is_plural(name: str) -> bool:
    return name in _LISTS or (name.endswith("s") and not name.endswith(_SINGULAR))


def _are_instances(ends: Sequence[End]) -> bool:
    """Whether these are several instances of one resource."""
    return len(ends) > 1 and len({end.address.removesuffix(end.key) for end in ends}) == 1


def _ref(name: str, end: End) -> Ref:
    """Where a whole resource is named, the attribute is its ARN or its id, as the name of the attribute has it."""
    arn = name.removesuffix("s").endswith("arn")
    return Ref(end.address, end.attribute or ("arn" if arn else "id"))
