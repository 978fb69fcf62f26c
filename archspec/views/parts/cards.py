"""An element as a card of a flow picture, and what becomes of an arrow between things that are not all there today."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.views.parts.words import details, icon
from archspec.views.view import Edge, Node


def card(element: Element, parent: str = "", facts: Iterable[str] | None = None) -> Node:
    """Return the card of an element, with `facts` as its lines or the usual ones; a planned one says that it is."""
    lines = details(element) if facts is None else (*filter(None, facts), *status_words(element.status))
    return Node(element.id, element.id, element.label, icon(element), parent, lines, status=element.status)


def status_words(status: str) -> tuple[str, ...]:
    """Return the line that says the status of what is not there today."""
    return () if status == "current" else (f"({status})",)


def status_of(*statuses: str) -> str:
    """Return the status of what needs several things: current where all of them are, else the first that is not."""
    return next((status for status in statuses if status != "current"), "current")


def living(architecture: Architecture, edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield the edges between what is there, with the status that their ends leave them.

    An end with an `@` is no element; another end that is not there stands in another environment.
    """
    statuses = {id_: element.status for id_, element in architecture.elements.items()}
    for edge in edges:
        ends = [statuses.get(end, "current" if "@" in end else "removed") for end in (edge.source, edge.target)]
        if "removed" not in (edge.status, *ends):
            yield replace(edge, status=status_of(edge.status, *ends))
