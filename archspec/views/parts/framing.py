"""Frames around what stands together in a flow picture, and around what is alike in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archspec.views.parts.words import joined
from archspec.views.view import Edge, Group, Node


def framed(frames: Sequence[Group], nodes: tuple[Node, ...]) -> tuple[tuple[Group, ...], tuple[Node, ...]]:
    """Return the frames that hold two or more nodes, and the nodes; a frame around a single one says nothing."""
    held = Counter(node.parent for node in nodes)
    kept = tuple(frame for frame in frames if held[frame.id] > 1)
    ids = {frame.id for frame in kept}
    return kept, tuple(node if node.parent in ids else replace(node, parent="") for node in nodes)


def filled(frames: Sequence[Group], nodes: Sequence[Node]) -> tuple[Group, ...]:
    """Return the frames in which a node stands, or a frame with one."""
    parents = {frame.id: frame.parent for frame in frames}
    found: set[str] = set()
    for node in nodes:
        around = node.parent
        while around in parents and around not in found:
            found.add(around)
            around = parents[around]
    return tuple(frame for frame in frames if frame.id in found)


def bundled(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], parent: str
) -> tuple[tuple[Group, ...], tuple[Node, ...], tuple[Edge, ...]]:
    """Put nodes of a frame from which the same edges lead, and to which none does, into a frame of their own.

    Its edges are drawn once, and it is called like the last thing that they lead to. Returns frames, nodes and edges.
    """
    titles = {node.id: node.title for node in nodes}
    entered = {edge.target for edge in edges}
    ways: dict[str, list[Edge]] = {}
    for edge in edges:
        ways.setdefault(edge.source, []).append(edge)
    alike: dict[tuple[Edge, ...], list[str]] = {}
    for node in nodes:
        if node.parent == parent and node.id in ways and node.id not in entered:
            alike.setdefault(tuple(replace(edge, source="") for edge in ways[node.id]), []).append(node.id)
    inside = {id_: f"@with {ids[0]}" for ids in alike.values() if len(ids) > 1 for id_ in ids}
    groups = tuple(
        Group(inside[ids[0]], titles.get(led[-1].target, ""), "alike", parent)
        for led, ids in alike.items()
        if len(ids) > 1
    )
    moved = tuple(replace(node, parent=inside.get(node.id, node.parent)) for node in nodes)
    return groups, moved, joined(replace(edge, source=inside.get(edge.source, edge.source)) for edge in edges)


def titles_around(node: Node, frames: Mapping[str, Group]) -> list[str]:
    """Return the titles of the frames around a node, from the inside out; a frame without one is called by its id."""
    found: list[str] = []
    id_ = node.parent
    while id_ in frames:
        found.append(frames[id_].title or id_)
        id_ = frames[id_].parent
    return found
