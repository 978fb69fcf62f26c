"""A question in CEL to one architecture or several: what it answers, and words for whoever asked it wrongly.

It sees what claims see: see `archspec.graph.querying`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from archspec.errors import Location, UsageError
from archspec.expressions import Expression, ExpressionError, Missing, attributes, compile_expression
from archspec.expressions.checking import SPEC_PAGE, check, is_ordered
from archspec.graph.fact_shapes import of_claims
from archspec.graph.functions import NO_ELEMENT
from archspec.graph.graph import Graph
from archspec.graph.querying import EVERYTHING, SEE, answered, misspelt, near, told
from archspec.reporters.text import excerpt

_TEXTS = re.compile(r"""'(\w+)'|"(\w+)\"""")
_STATUS = re.compile(r"\b[A-Z_]{5,}: | \[[A-Z_]+\]$")
"""What CEL says of its own status around a message."""

_LIST = "`archspec query --names` lists what an expression sees"


class Answer(NamedTuple):
    """What a question answers about one architecture: plain data, or the fact that is not stated, and nothing."""

    value: Any
    unknown: str = ""


class _Wrong(NamedTuple):
    """A mistake in an expression: what it is, the column of it or 0, and what to do."""

    message: str
    column: int
    hint: str


def ask(text: str, graphs: Sequence[Graph]) -> list[Answer]:
    """Answer a question for each of the graphs, in order.

    Raises `UsageError` with every mistake in the expression, also where it names what none of them has.
    """
    expression = _compiled(text)
    _refuse_misspelt(expression, graphs)
    try:
        answers = [_answer(graph, expression) for graph in graphs]
    except ExpressionError as error:
        raise _refusal(text, [_Wrong(str(error), error.column, error.hint)]) from None
    if answers and all(one.unknown.startswith(NO_ELEMENT) for one in answers):
        fact = answers[0].unknown
        ids = {id_ for graph in graphs for id_ in graph.architecture.elements}
        asked = fact.removeprefix(NO_ELEMENT).split("'")[1]
        raise _refusal(text, [_Wrong(fact.partition(";")[0], text.find(asked) + 1, near(asked, sorted(ids)))])
    return answers


def _answer(graph: Graph, expression: Expression) -> Answer:
    found = answered(graph, expression)
    if not isinstance(found, Missing):
        return Answer(_ordered(found, lists=not is_ordered(expression, of_claims())))
    is_no_key = "." not in found.fact and " " not in found.fact and misspelt(graph, found.fact)
    return Answer(None, f"{NO_ELEMENT} '{found.fact}'" if is_no_key else told(graph, found.fact))


def _ordered(value: Any, *, lists: bool) -> Any:  # noqa: ANN401  plain data
    """Return plain data with the keys of its maps in order, of which CEL keeps none; with `lists` also their items."""
    if isinstance(value, dict):
        return {key: _ordered(value[key], lists=lists) for key in sorted(value, key=str)}
    if isinstance(value, list):
        items = [_ordered(item, lists=lists) for item in value]
        return sorted(items, key=repr) if lists else items
    return value


def _compiled(text: str) -> Expression:
    if not text.isprintable() and any(map(_is_half, text)):
        raise UsageError("the expression is not UTF-8 text")
    try:
        expression = compile_expression(text, EVERYTHING)
    except ExpressionError as error:
        raise _refusal(text, [_Wrong(str(error), error.column, error.hint)]) from None
    wrong = [_Wrong(one.message, one.at + 1, one.hint) for one in check(expression, of_claims(), is_question=False)]
    if wrong:
        raise _refusal(text, wrong)
    return expression


def _is_half(character: str) -> bool:
    """Whether it is half of a pair, which bytes that are not UTF-8 become on a command line."""
    return "\ud800" <= character <= "\udfff"


def _refuse_misspelt(expression: Expression, graphs: Sequence[Graph]) -> None:
    """Refuse keys that nothing has and that the expression does not make itself: they would be "not stated"."""
    own = {word for found in _TEXTS.findall(expression.text) for word in found}
    wrong = []
    for word in dict.fromkeys(one for one in attributes(expression.text) if one not in own):
        said = [misspelt(graph, word) for graph in graphs]
        near_by = [one for one in said if one and "did you mean" in one[1]]
        if said and all(said):
            message, hint = (near_by or [one for one in said if one])[0]
            place = re.search(rf"\.\s*({word})\b", expression.text)
            wrong.append(_Wrong(message, place.start(1) + 1 if place else 0, hint))
    if wrong:
        raise _refusal(expression.text, wrong)


def no_element(id_: str, known: Iterable[str]) -> UsageError:
    """Return what to raise for an id that means nothing: it names those that may be meant."""
    ids = sorted(known)
    close = [one for one in ids if one.endswith(f"/{id_}")] or get_close_matches(id_, ids, n=1)
    meant = " or ".join(f"'{one}'" for one in close)
    return UsageError(f"no element is called '{id_}'" + (f"; did you mean {meant}?" if close else ""))


def _refusal(text: str, wrong: Sequence[_Wrong]) -> UsageError:
    return UsageError("\n".join(line for one in wrong for line in _shown(text, one)))


def _shown(text: str, wrong: _Wrong) -> Iterator[str]:
    """Yield a mistake with its line and a mark under its column, where that can be told."""
    message = _STATUS.sub("", wrong.message)
    yield f"the expression does not work: {message}" + (f"; {_hint(wrong)}" if wrong.hint else "")
    if wrong.column:
        before = text[: wrong.column - 1]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        yield from excerpt(Location("", line, column, text.split("\n")[line - 1]))


def _hint(wrong: _Wrong) -> str:
    """Return what to do; where that is to look up what there is, by the command that lists it."""
    is_name = wrong.message.startswith("undeclared") and "did you mean" not in wrong.hint
    return _LIST if is_name or wrong.hint in (SEE, SPEC_PAGE) else wrong.hint
