"""CEL expressions in rule packs and claims: compiled once, evaluated on plain data, with three answers.

CEL is Google's Common Expression Language: no loops without end, no files, no network. https://cel.dev
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

_MISSING = re.compile(r'Key not found in map : "(.*)"')
_PLACE = re.compile(r"<input>:(\d+):(\d+): (.*)")


class ExpressionError(ValueError):
    """An expression that does not compile, or does not answer with true or false. `column` counts from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


class Missing(NamedTuple):
    """The answer of an expression that needs a fact which is not stated."""

    fact: str


class Expression(NamedTuple):
    """A compiled expression and its text, with what it needs: making plain data for it is what costs.

    `variables` are those that it names, `uses` the keys of `self` that it reads; None where it takes all of them.
    """

    text: str
    compiled: Any
    variables: tuple[str, ...]
    uses: frozenset[str] | None


@cache
def compile_expression(text: str, variables: tuple[str, ...]) -> Expression:
    """Compile `text`, which may use `variables`. Raises `ExpressionError` with the column of the mistake."""
    try:
        named = tuple(name for name in variables if re.search(rf"\b{name}\b", text))
        return Expression(text, _environment(variables).compile(text), named, _uses(text))
    except RuntimeError as error:
        place = _PLACE.search(str(error))
        if place is None:
            raise ExpressionError(str(error)) from None
        raise ExpressionError(place[3].split(" (in container")[0], int(place[2])) from None


def _uses(text: str) -> frozenset[str] | None:
    whole = re.search(r"\bself\b(?!\s*\.\s*\w)", text)
    return None if whole else frozenset(re.findall(r"\bself\s*\.\s*(\w+)", text))


@cache
def _environment(variables: tuple[str, ...]) -> Any:
    from cel_expr_python import cel

    kind = cel.Type
    table = kind.Map(kind.STRING, kind.DYN)
    names = kind.List(kind.STRING)
    functions = [
        cel.FunctionDecl("azs", [cel.Overload("azs_map", names, [table], impl=_azs)]),
        cel.FunctionDecl("sum", [cel.Overload("sum_map_string", kind.DYN, [table, kind.STRING], impl=_sum)]),
    ]
    types = {name: kind.DYN if name == "self" else table for name in variables}
    return cel.NewEnv(variables=types, functions=functions)


def _azs(elements: Mapping[str, Any]) -> list[str]:
    return sorted({az for element in elements.values() for az in element["azs"]})


def _sum(elements: Mapping[str, Any], key: str) -> Any:
    for element in elements.values():
        if key not in element:
            raise ValueError(_not_found(key))
    return sum(element[key] for element in elements.values())


def _not_found(key: str) -> str:
    """Say it in CEL's own words, so that a missing fact is one whoever finds it missing."""
    return f'Key not found in map : "{key}"'


def evaluate(expression: Expression, data: Mapping[str, Any]) -> bool | Missing:
    """Answer an expression: true, false, or the fact that is missing. Raises `ExpressionError` on anything else."""
    from cel_expr_python import cel

    answer = expression.compiled.eval(data=dict(data))
    value = answer.plain_value()
    if isinstance(value, bool):
        return value
    # An error is a text like any other, so the type has to tell: an element's title may read like one.
    missing = _MISSING.search(str(value)) if answer.type() == cel.Type.ERROR else None
    if missing:
        return Missing(missing[1])
    raise ExpressionError(f"'{expression.text}' answers {value!r}; expected true or false")
