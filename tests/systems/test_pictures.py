"""The pictures of the six systems can be read: no line runs through what it has nothing to do with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archspec import api
from archspec.layout import place
from archspec.layout.flow.titling import Line, pieces, runs_through
from archspec.layout.placed import Placed, Rect
from archspec.views.view import Edge

SPECS = Path(__file__).parents[2] / "specs"
SYSTEMS = ("apexai-crm", "ecs-production", "event-planner", "examples/hello", "pge", "z360")
TINY = 1.0


def things(placed: Placed) -> Iterator[tuple[object, Rect]]:
    """Yield what lines keep off, with whose it is: cards by their id, labels by the number of their edge, titles."""
    yield from ((node.id, placed.boxes[node.id]) for node in placed.view.nodes)
    yield from (("title", title) for title in placed.titles.values())
    yield from ((number, route.label) for number, route in enumerate(placed.routes) if route.label)


def joined(one: Edge, other: Edge) -> bool:
    """Whether two edges may share a line and its label."""
    shares_end = bool({one.source, one.target} & {other.source, other.target})
    return shares_end and (one.label, one.status) == (other.label, other.status)


def crossed(placed: Placed) -> list[tuple[int, object]]:
    """Return the edges that run through something that is not theirs, with what that is."""
    found: list[tuple[int, object]] = []
    for number, (edge, route) in enumerate(zip(placed.view.edges, placed.routes, strict=True)):
        lines: list[Line] = list(pieces(route))
        own: set[object] = {edge.source, edge.target, number}
        # Edges that say the same and share an end are drawn as one line with one label.
        own |= {at for at, one in enumerate(placed.view.edges) if joined(edge, one)}
        found += [
            (number, whose)
            for whose, rect in things(placed)
            if whose not in own and any(runs_through(line, rect.grown(-TINY)) for line in lines)
        ]
    return found


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_line_runs_through_a_title_a_label_or_a_card(name: str) -> None:
    views = api.views(api.load(SPECS / f"{name}.yaml"))

    assert {view.name: hits for view in views if (hits := crossed(place(view)))} == {}
