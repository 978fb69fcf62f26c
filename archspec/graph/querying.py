"""What an expression over the whole architecture answers: that of a claim, or a question from outside."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from archspec.expressions import Expression, Missing, answer, evaluate
from archspec.expressions.functions import Answering
from archspec.graph.facts import TABLES, WHOLE, keys, known_as
from archspec.graph.functions import functions
from archspec.graph.graph import Graph
from archspec.model.architecture import LISTS
from archspec.model.element import Element, Listed

EVERYTHING = (*TABLES, *WHOLE)
"""The names that such an expression sees: tables of elements, and other sections of a spec."""

SEE = "see `archspec explain DOC012` for what an expression may use"


def answered(graph: Graph, expression: Expression) -> Any:  # noqa: ANN401  whatever it asks for
    """Return the answer as plain data, or the fact that is missing. Raises `ExpressionError` where there is none."""
    return answer(expression, *_known(graph, expression))


def judged(graph: Graph, expression: Expression) -> bool | Missing:
    """Return the answer of what has to be true or false. Raises `ExpressionError` for any other."""
    return evaluate(expression, *_known(graph, expression))


def _known(graph: Graph, expression: Expression) -> tuple[Mapping[str, Any], Answering | None]:
    """Return what an expression sees of what it names, and what answers the functions that it calls."""
    asked = functions(graph).asked_by(expression.text) if expression.asks else None
    return {name: known_as(graph, name) for name in expression.variables}, asked


def told(graph: Graph, fact: str) -> str:
    """Return the fact that is missing; of an element that is stated and not there today, that it is not."""
    element = graph.architecture.elements.get(fact)
    return f"{fact} is {element.status}" if element and element.status != "current" else fact


def misspelt(graph: Graph, asked: str) -> tuple[str, str] | None:
    """Say that what is asked for is neither a key of anything nor an element's id, and which one may be meant."""
    elements = graph.architecture.elements
    own = {name for build in graph.architecture.delivery.builds.values() for name in build.variables}
    if asked in keys() or asked in elements or asked in own:
        return None
    return f"'{asked}' is no key of anything, and no element's id", near(asked, [*keys(), *elements, *own])


def near(asked: str, known: Iterable[str]) -> str:
    """Name what may be meant, or the page that says what there is."""
    close = get_close_matches(asked, list(known), n=1)
    return f"did you mean '{close[0]}'?" if close else SEE


def thing(graph: Graph, value: object) -> Element | Listed | None:
    """Return the element, or the item of a list such as a flow, that an answer is the whole of."""
    if not isinstance(value, dict):
        return None
    element = graph.architecture.elements.get(str(value.get("id")))
    if element and element.kind == value.get("kind"):
        return element
    index = value.get("index")
    if not isinstance(index, int):
        return None
    stated = {key: item for key, item in value.items() if key != "id"}
    for items, plain in _lists(graph):
        if index < len(plain) and plain[index] == stated:
            return items[index]
    return None


@lru_cache(maxsize=1)
def _lists(graph: Graph) -> list[tuple[Sequence[Listed], Sequence[Any]]]:
    """Return the lists of a spec that expressions see: their items, and each as plain data."""
    found: list[tuple[Sequence[Listed], Sequence[Any]]] = []
    for section, *rest in (home.split(".") for home in LISTS):
        if section in WHOLE:
            items, plain = getattr(graph.architecture, section), known_as(graph, section)
            for key in rest:
                items, plain = getattr(items, key), plain.get(key, [])
            found.append((items, plain))
    return found
