"""Who reads, writes, sends to, receives from or publishes to what, as the spec states it at what is used."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Graph
from archspec.model.element import Element, references
from archspec.model.status import current

_NOUNS: Mapping[str, str] = {
    "readers": "reader",
    "writers": "writer",
    "producers": "producer",
    "consumers": "consumer",
    "publishers": "publisher",
}
"""Key of what is used → what those that it names are."""


class StatedUse(NamedTuple):
    """An element that is used, the statement in words, and where it stands."""

    id: str
    words: str
    path: KeyPath


def uses_by(graph: Graph, user: Element) -> list[StatedUse]:
    """Return what states an element as its user: by its own id, its cluster's, or that of the role that it acts as."""
    held, known = user.__dict__, _by_name(graph)
    names = dict.fromkeys(filter(None, (user.id, held.get("cluster"), held.get("task_role"))))
    return [one for name in names for one in known.get(name, ())]


@lru_cache(maxsize=1)
def _by_name(graph: Graph) -> Mapping[str, list[StatedUse]]:
    found: dict[str, list[StatedUse]] = {}
    for element in current(graph.architecture.elements.values()):
        if not element.__dict__.keys().isdisjoint(_NOUNS):
            for one in references(element):
                noun = _NOUNS.get(str(one.path[0]))
                if noun:
                    words = f"{one.id} is a {noun} of {element.id}"
                    found.setdefault(one.id, []).append(StatedUse(element.id, words, (*element.path, *one.path)))
    return found
