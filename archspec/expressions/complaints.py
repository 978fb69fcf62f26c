"""What CEL says about an expression that does not compile → words a person can act on, and the place they are about."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from archspec.expressions import functions

_PLACE = re.compile(r"<input>:(\d+):(\d+): (.*)")
_UNDECLARED = re.compile(r"undeclared reference to '([\w.]+)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']+)' applied to '\((.*)\)'")
_CALL = re.compile(r"(\w+)\s*$")
_CEL = "see https://cel.dev"
_TYPES = {
    "int": "a whole number",
    "string": "text",
    "double": "a number with decimals",
    "bool": "true or false",
    "dyn": "anything",
}


class ExpressionError(ValueError):
    """An expression that does not compile, or does not answer with true or false.

    `column` is the place of the mistake in the expression and counts characters from 1; it is 0 where no place can be
    told. `hint` says what to do.
    """

    def __init__(self, message: str, column: int = 0, hint: str = _CEL) -> None:
        super().__init__(message)
        self.column, self.hint = column, hint


def refused(text: str, said: str, known: Iterable[str]) -> ExpressionError:
    """Return the error for what CEL said of `text`; `known` are the variables and functions that there are."""
    place = _PLACE.search(said)
    if "max recursion depth" in said:
        return ExpressionError("it is nested too deeply", hint="split it into several")
    if place is None:
        return ExpressionError(said)
    at = _offset(text, int(place[1]), int(place[2]))
    message = place[3].split(" (in container")[0]
    undeclared, overload = _UNDECLARED.search(message), _OVERLOAD.search(message)
    if undeclared:
        return _undeclared(text, undeclared[1], at, known)
    if overload:
        return _overload(text, overload, at)
    return ExpressionError(message, at + 1)


def _offset(text: str, line: int, column: int) -> int:
    """Return where a line and a column, as CEL counts them, are in a text."""
    before = text.split("\n")[: line - 1]
    return sum(len(one) + 1 for one in before) + column - 1


def _undeclared(text: str, name: str, at: int, known: Iterable[str]) -> ExpressionError:
    """Say it of a variable, or of a function: CEL knows none where what it is given does not fit."""
    first = name.partition(".")[0]
    start = max(text.rfind(first, 0, at + len(first)), 0)
    if first in functions.known():
        return ExpressionError(f"'{first}' takes {functions.takes(first)}", start + 1, "see docs/own-rules.md")
    close = get_close_matches(first, list(known), n=1)
    hint = f"did you mean '{close[0]}'?" if close else _CEL
    return ExpressionError(f"undeclared reference to '{name}'", start + 1, hint)


def _overload(text: str, found: re.Match[str], at: int) -> ExpressionError:
    name, given = found[1], ", ".join(_TYPES.get(one, one) for one in found[2].split(", "))
    if name not in functions.known():
        operator = name.strip("_") or name
        return ExpressionError(f"`{operator}` does not go with {' and '.join(given.split(', '))}", at + 1)
    call = _CALL.search(text, 0, max(at, 0))
    start = call.start(1) if call else at
    message = f"'{name}' takes {functions.takes(name)}, not {given}"
    return ExpressionError(message, start + 1, "see docs/own-rules.md")
