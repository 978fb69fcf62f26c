"""A view → a drawing in the way of AWS: nested frames, AZ columns, tier rows, edges along the gutters."""

from collections.abc import Mapping
from typing import Final

from archspec.layout.placed import Placed, Rect, Route
from archspec.layout.placement import labels
from archspec.layout.placement.coordinates import Drawn, Points, draw
from archspec.layout.placement.homes import Branch
from archspec.layout.placement.labelling import forced, keep, written
from archspec.layout.placement.plan import Plan, made
from archspec.layout.placement.tracks import Home
from archspec.layout.tree import Tree
from archspec.views.view import View

_ROUNDS: Final = 12
_NEAR: Final = 1.0


def place(view: View) -> Placed:
    """Place a view by where its elements stand. Its groups and nodes have ids of their own."""
    plan = made(Tree(view))
    kept: dict[Branch, Home] = {}
    refused: dict[Branch, list[Home]] = {}
    drawn = draw(plan, ())
    found, homeless = written(plan, drawn, kept)
    for _ in range(_ROUNDS):
        before = dict(kept)
        for branch in homeless:
            if branch in kept:  # the room did not help: something else came to stand there
                refused.setdefault(branch, []).append(kept.pop(branch))
        kept |= keep(plan, drawn, kept, {branch: refused.get(branch, []) for branch in homeless})
        if kept == before:
            break
        drawn = draw(plan, kept.values())
        found, homeless = written(plan, drawn, kept)
    return _placed(plan, drawn, found | forced(plan, drawn, found, homeless))


def _placed(plan: Plan, drawn: Drawn, found: Mapping[Branch, Rect]) -> Placed:
    at = {_carrier(drawn.points, edges, rect): rect for (_, edges), rect in found.items()}
    routes = tuple(Route(drawn.points[index], at.get(index)) for index in range(len(plan.tree.view.edges)))
    return Placed(plan.tree.view, drawn.canvas.width, drawn.canvas.height, drawn.boxes, drawn.titles, routes)


def _carrier(points: Points, edges: tuple[int, ...], label: Rect) -> int:
    """Return the edge of a branch that runs past its label."""
    passing = (
        index for index in edges if any(part.rect.meets(label.grown(_NEAR)) for part in labels.line(0, points[index]))
    )
    return next(passing, edges[0])
