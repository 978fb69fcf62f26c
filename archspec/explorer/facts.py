"""What an element states → facts for its panel: a label, and lines of text in which ids of elements are links.

Words are those of the document. A line is a list of pieces: a text as it is, or the id of an element, alone in a list.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from archspec.documents.headings import heading, phrase
from archspec.documents.stating import Fact, models_listed, stated_in
from archspec.graph.graph import Graph, is_attached
from archspec.model.element import Element, Model

Piece = str | list[str]
Line = list[Piece]
Told = list[Any]
"""A label and its lines."""

_PLACED: Final = frozenset({"subnets", "vpc"})
"""Keys that say where an element stands."""


def facts(elements: Mapping[str, Element], holder: Model) -> list[Told]:
    """Return what an element or a flow states, but for what its heading says and where it stands."""
    return [
        [heading(fact.key), _lines(elements, fact, getattr(holder, fact.name))]
        for fact in stated_in(holder)
        if fact.key not in _PLACED and fact.name not in ("index", "status", "source", "target")
    ]


def where(graph: Graph, element: Element) -> list[Told]:
    """Return the VPC, the subnets and the AZs of an element, as far as it has any."""
    subnets = list(element.subnets) if is_attached(element) else _ids(element, "subnets")
    vpc = graph.vpc(element) if is_attached(element) else "".join(_ids(element, "vpc"))
    told: list[Told] = [["VPC", [[[vpc]]]]] if vpc else []
    told += [["Subnets", [_between([[[id_]] for id_ in subnets], ", ")]]] if subnets else []
    azs = graph.azs(element)
    return [*told, ["AZs", [[", ".join(azs)]]]] if azs else told


def _ids(element: Element, name: str) -> list[str]:
    value = getattr(element, name, ())
    return [value] if isinstance(value, str) and value else [*value]


def _lines(elements: Mapping[str, Element], fact: Fact, value: object) -> list[Line]:
    """Return a line for each model of a list, and one for anything else."""
    listed = models_listed(value)
    return [_pieces(elements, fact, one) for one in listed or (value,)]


def _pieces(elements: Mapping[str, Element], fact: Fact, value: object) -> Line:
    match value:
        case bool():
            return ["yes" if value else "no"]
        case str():
            return [[value]] if fact.refers and value in elements else [value]
        case Model():
            return _between([*_pairs(elements, value)], ", ")
        case dict():
            return _between([[f"{key}: ", *_pieces(elements, fact, one)] for key, one in value.items()], ", ")
        case tuple() if not hasattr(value, "_fields"):
            return _between([_pieces(elements, fact, one) for one in value], ", ") or ["none"]
        case _:
            return [str(value)]


def _pairs(elements: Mapping[str, Element], model: Model) -> Iterator[Line]:
    """Yield what a model within an element states, each with its key in words; several values in brackets."""
    for fact in stated_in(model):
        value = getattr(model, fact.name)
        pieces = _pieces(elements, fact, value)
        several = isinstance(value, Model | dict) or (isinstance(value, tuple) and len(value) > 1)
        yield [f"{phrase(fact.key)} ", *(["(", *pieces, ")"] if several else pieces)]


def _between(parts: Sequence[Line], separator: str) -> Line:
    joined: Line = []
    for part in parts:
        joined += [separator, *part] if joined else part
    return joined
