"""CEL expressions in rule packs and claims: compiled once, evaluated on plain data, with three answers.

CEL is Google's Common Expression Language: no loops without end, no files, no network. https://cel.dev

A table of elements is a map by id, `databases.orders.multi_az`, and macros walk through its elements:
`services.all(s, size(s.azs) >= 2)`. CEL's own walk through a map gives its keys, so where a macro follows, the name of
a table stands for the list of its elements, which CEL knows by the same name with a capital: columns stay the same.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from archspec.expressions import functions
from archspec.expressions.complaints import ExpressionError, refused
from archspec.expressions.functions import Answering, answered_by

__all__ = ["Expression", "ExpressionError", "Missing", "answer", "attributes", "compile_expression", "evaluate"]

_MISSING = re.compile(r'Key not found in map : "(.*)"')
_UNTOLD = re.compile(rf"\b{functions.UNTOLD}(.*)")
_MACRO = r"\s*\.\s*(?:all|exists|exists_one|filter|map)\s*\(\s*"
# Texts and the keys of something else come first, so that what looks like a table in them is left alone.
_WALKED = re.compile(
    rf"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\.\s*\w+|(?P<table>\b[a-z]\w*)(?={_MACRO}(?P<variable>\w+)\s*,)"""
)

_ATTRIBUTE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d\.\d|\.\s*(?P<key>[A-Za-z_]\w*)(?!\s*\(|\w)""")
_INDEXED = re.compile(r"\b(\w+)\s*\[\s*(\w+)\s*\]")
_MAKES = re.compile(r"\.\s*map\s*\(")
_ASKS = re.compile(rf"\b(?:{'|'.join(functions.OVER_THE_GRAPH)})\s*\(")

_NO_TABLES = frozenset({"self", "cost", "recovery", "operations", "flows", "journeys"})
"""Variables that are not elements by id: the one that is judged, and sections of a spec as they are written."""


_MOST_VALUES = 1_000_000
"""How many values an answer may hold: a list of all elements for each element would fill any memory."""

_SHOWN = 200
"""How many characters a message shows of an expression, and of what it answers."""


class Missing(NamedTuple):
    """The answer of an expression that needs a fact which is not stated: its path, `backups.every`, where one can tell.

    In a table, the path starts with the first element that does not state it: `orders.encrypted`.
    """

    fact: str


class _Walk(NamedTuple):
    """A macro over a table: where the table's name starts, the name, and the variable that each element is."""

    start: int
    table: str
    variable: str


class Expression(NamedTuple):
    """A compiled expression and its text, with what it needs: making plain data for it is what costs.

    `variables` are those that it names, `uses` the keys of `self` that it reads; None where it takes all of them.
    `walked` are the places where it walks through the elements of a table; `asks` says whether it may call functions
    over the graph.
    """

    text: str
    compiled: Any
    variables: tuple[str, ...]
    uses: frozenset[str] | None
    walked: tuple[_Walk, ...]
    asks: bool


@cache
def compile_expression(text: str, variables: tuple[str, ...]) -> Expression:
    """Compile `text`, which may use `variables`. Raises `ExpressionError` with the column of the mistake."""
    walked = _walked(text, variables)
    _refuse_ids(text, walked)
    try:
        compiled = _environment(variables).compile(_with_lists(text, walked))
    except RuntimeError as error:
        raise refused(text, str(error), (*variables, *functions.known())) from None
    _refuse_growth(text, compiled)
    words = {*re.findall(r"\w+", text)}
    named = tuple(name for name in variables if name in words)
    return Expression(text, compiled, named, _uses(text), walked, _ASKS.search(text) is not None)


def attributes(text: str) -> list[str]:
    """Return the keys that an expression asks for, in order: what stands behind a dot and is no call."""
    return [found["key"] for found in _ATTRIBUTE.finditer(text) if found["key"]]


def _walked(text: str, variables: tuple[str, ...]) -> tuple[_Walk, ...]:
    """Find where the elements of a table are walked through, and the variable that each of them is."""
    return tuple(
        _Walk(found.start(), found["table"], found["variable"])
        for found in _WALKED.finditer(text)
        if found["table"] in variables and found["table"] not in _NO_TABLES
    )


def _with_lists(text: str, walked: tuple[_Walk, ...]) -> str:
    for walk in walked:
        text = f"{text[: walk.start]}{walk.table.capitalize()}{text[walk.start + len(walk.table) :]}"
    return text


def _refuse_ids(text: str, walked: tuple[_Walk, ...]) -> None:
    """Refuse `services[s]` where `s` is an element already: CEL alone would say that a map is no key."""
    elements = {(walk.table, walk.variable) for walk in walked}
    for found in _INDEXED.finditer(text) if elements else ():
        if found.groups() in elements:
            word = found[2]
            message = f"`{word}` is an element here, not an id: write `{word}` instead of `{found[0]}`"
            raise ExpressionError(message, found.start() + 1)


def _refuse_growth(text: str, compiled: Any) -> None:
    """Refuse what could fill the memory: only `map` makes something new of something that it made."""
    if not _MAKES.search(text):
        return
    from archspec.expressions.growth import grown
    from archspec.expressions.syntax import tree

    too_much = grown(tree(compiled.serialize()))
    if too_much:
        message = "it makes too much of what it is given, step by step"
        raise ExpressionError(message, max(too_much.at, 0) + 1, "look at fewer things at once")


def _uses(text: str) -> frozenset[str] | None:
    whole = re.search(r"\bself\b(?!\s*\.\s*\w)", text)
    return None if whole else frozenset(re.findall(r"\bself\s*\.\s*(\w+)", text))


@cache
def _environment(variables: tuple[str, ...]) -> Any:
    from cel_expr_python import cel

    kind = cel.Type
    table, elements = kind.Map(kind.STRING, kind.DYN), kind.List(kind.DYN)
    types = {name: kind.DYN if name in _NO_TABLES else table for name in variables}
    lists = {name.capitalize(): elements for name in variables if name not in _NO_TABLES}
    return cel.NewEnv(variables=types | lists, functions=functions.declarations(cel))


def _fact(expression: Expression, data: Mapping[str, Any], key: str) -> str:
    """Return the path of a missing key, where the expression reads such a key at one path only."""
    chains = _chains(expression.text, key)
    if len(chains) != 1:
        return key
    ((root, *steps),) = chains
    dotted = ".".join(steps)
    if root in expression.variables:
        return dotted
    tables = {walk.table for walk in expression.walked if walk.variable == root}
    lacking = [id_ for name in sorted(tables) for id_, element in data[name].items() if not _states(element, steps)]
    return f"{lacking[0]}.{dotted}" if len(tables) == 1 and lacking else key


@cache
def _chains(text: str, key: str) -> frozenset[tuple[str, ...]]:
    """Return the paths that end with a key, as they are written: `self.backups.every` → (self, backups, every)."""
    found = re.findall(rf"(?<![\w.\])'\"])\w+(?:\s*\.\s*\w+)*?\s*\.\s*{re.escape(key)}\b", text)
    return frozenset(tuple(re.split(r"\s*\.\s*", chain)) for chain in found)


def _states(element: Any, steps: list[str]) -> bool:
    for step in steps:
        if not isinstance(element, Mapping) or step not in element:
            return False
        element = element[step]
    return True


def evaluate(expression: Expression, data: Mapping[str, Any], answering: Answering | None = None) -> bool | Missing:
    """Answer a question: true, false, or the fact that is missing. Raises `ExpressionError` on anything else.

    `answering` answers the functions over the graph, where the expression calls any.
    """
    value = _evaluated(expression, data, answering)
    if value is True or value is False or isinstance(value, Missing):
        return value
    shown = _short(repr(value.reason if isinstance(value, _Failure) else value))
    raise ExpressionError(f"'{_short(expression.text)}' answers {shown}; expected true or false")


def answer(expression: Expression, data: Mapping[str, Any], answering: Answering | None = None) -> Any:
    """Return whatever an expression answers, as plain data, or the fact that is missing. For the rest see `evaluate`.

    Raises `ExpressionError` where there is no answer, as of a division by zero, and where it is too large to be one.
    """
    value = _evaluated(expression, data, answering, _MOST_VALUES)
    if isinstance(value, _Failure):
        raise ExpressionError(f"it cannot be answered: {_short(value.reason)}", hint="")
    return value


class _Failure(NamedTuple):
    """Why there is no answer, in CEL's words."""

    reason: str


def _evaluated(
    expression: Expression, data: Mapping[str, Any], answering: Answering | None, most: int | None = None
) -> Any:
    if expression.walked:
        data = {**data, **{walk.table.capitalize(): list(data[walk.table].values()) for walk in expression.walked}}
    if not expression.asks:
        return _value(expression, data, most)
    with answered_by(answering):
        return _value(expression, data, most)


def _value(expression: Expression, data: Mapping[str, Any], most: int | None) -> Any:
    try:
        found = expression.compiled.eval(data=data)
    except RuntimeError as error:  # CEL's own limits, such as the number of steps in a loop
        raise ExpressionError(f"it cannot be answered: {error}") from None
    if most is not None and _left(found, most) < 0:
        raise ExpressionError("its answer holds too much", hint="ask for fewer things, or for less of each")
    value = found.plain_value()
    if value is True or value is False:
        return value
    from cel_expr_python import cel

    # An error is a text like any other, so the type has to tell: an element's title may read like one.
    if found.type() != cel.Type.ERROR:
        return value
    missing, untold = _MISSING.search(str(value)), _UNTOLD.search(str(value))
    if missing:
        return Missing(_fact(expression, data, missing[1]))
    return Missing(untold[1]) if untold else _Failure(str(value))


def _left(value: Any, most: int) -> int:
    """Return how many values more an answer may hold; less than none where it holds too many, and nobody counts on."""
    held, most = value.value(), most - 1
    for part in held if isinstance(held, list) else held.values() if isinstance(held, dict) else ():
        if most < 0:
            break
        most = _left(part, most)
    return most


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
