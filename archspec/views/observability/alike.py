"""One card for things that are alike: of one kind, and joined to what is alike itself."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from archspec.model.element import Element
from archspec.views.parts.words import joined, kinds_counted, listing
from archspec.views.view import Edge, Node

_NAMES = 4
"""The things that a card names; of more it says how many."""


class Merged(NamedTuple):
    """What is left of nodes and edges, and what each of the cards that stand for several is called."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    titles: tuple[str, ...]


def merged(nodes: Collection[Node], edges: Iterable[Edge], elements: Mapping[str, Element], kinds: set[str]) -> Merged:
    """Return the nodes with one for those of each of some kinds (`services`) that are alike.

    Nodes are told apart by what they are joined to until nothing new comes of it, as in the coarsest equitable
    partition of a graph, https://en.wikipedia.org/wiki/Colour_refinement.
    """
    edges = tuple(edges)
    classes: dict[int, list[Node]] = {}
    for node, colour in zip(nodes, _colours(nodes, edges, elements, kinds), strict=True):
        classes.setdefault(colour, []).append(node)
    cards = {alike[0].id: _card(alike, elements) for alike in classes.values()}
    stands_for = {node.id: cards[alike[0].id].id for alike in classes.values() for node in alike}
    moved = (replace(edge, source=stands_for[edge.source], target=stands_for[edge.target]) for edge in edges)
    several = [cards[alike[0].id].title for alike in classes.values() if len(alike) > 1]
    return Merged(tuple(cards.values()), joined(moved), tuple(several))


def _colours(
    nodes: Collection[Node], edges: tuple[Edge, ...], elements: Mapping[str, Element], kinds: set[str]
) -> list[int]:
    """Return a number for every node: alike ones have the same."""
    ways: dict[str, list[tuple[bool, str, Edge]]] = {node.id: [] for node in nodes}
    for edge in edges:
        ways[edge.source].append((True, edge.target, edge))
        ways[edge.target].append((False, edge.source, edge))
    keys: dict[str, object] = {node.id: _key(node, elements, kinds) for node in nodes}
    colours = _numbered(keys)
    while True:
        keys = {
            id_: (colours[id_], frozenset((out, colours[end], e.label, e.status) for out, end, e in ways[id_]))
            for id_ in colours
        }
        finer = _numbered(keys)
        if len(set(finer.values())) == len(set(colours.values())):
            return [*finer.values()]
        colours = finer


def _key(node: Node, elements: Mapping[str, Element], kinds: set[str]) -> object:
    element = elements.get(node.element)
    if element is None or element.home[1] not in kinds or node.id != node.element:
        return node.id
    return node.kind, node.parent, node.status


def _numbered(keys: Mapping[str, object]) -> dict[str, int]:
    numbers: dict[object, int] = {}
    return {id_: numbers.setdefault(key, len(numbers)) for id_, key in keys.items()}


def _card(alike: list[Node], elements: Mapping[str, Element]) -> Node:
    """Return one card: how many there are, what they have in common, and their names."""
    first = alike[0]
    if len(alike) == 1:
        return first
    common = [line for line in first.detail if all(line in node.detail for node in alike)]
    # What an alarm waits for tells more than its name.
    told = (node.detail[0] if node.kind == "alarm" and node.detail else node.title for node in alike)
    names = [name for name in dict.fromkeys(told) if name not in common]
    shown = names if len(names) <= _NAMES + 1 else [*names[:_NAMES], f"and {len(names) - _NAMES} more"]
    title = listing(kinds_counted(elements[node.element] for node in alike))
    return replace(
        first,
        id=f"@alike {first.id}",
        element=f"@alike {first.id}",
        title=title,
        detail=(*common, *shown),
        members=tuple(node.element for node in alike),
    )
