"""A flow is laid out by Graphviz: cards of our size, curves from card to card, labels on the curves."""

import math
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from archspec.errors import UsageError
from archspec.layout import graphviz, place
from archspec.layout.measure import card_size
from archspec.layout.placed import Point, Rect
from archspec.views.view import Edge, Group, Node, View
from tests.layout.strategies import flows

drawings = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def card(id_: str, parent: str = "") -> Node:
    return Node(id_, id_, id_, "service", parent)


@given(flows())
@drawings
def test_cards_have_their_size_and_do_not_overlap(view: View) -> None:
    placed = place(view)
    cards = [placed.boxes[node.id] for node in view.nodes]
    assert [(box.width, box.height) for box in cards] == [card_size(node) for node in view.nodes]
    assert [pair for pair in combinations(cards, 2) if pair[0].meets(pair[1])] == []


@given(flows())
@drawings
def test_everything_is_on_the_canvas(view: View) -> None:
    placed = place(view)
    canvas = Rect(0, 0, placed.width, placed.height).grown(1)
    rects = [*placed.boxes.values(), *(route.label for route in placed.routes if route.label)]
    assert all(math.isfinite(number) for rect in rects for number in rect)
    assert [
        r for r in rects if r.x < canvas.x or r.y < canvas.y or r.right > canvas.right or r.bottom > canvas.bottom
    ] == []


@given(flows())
@drawings
def test_curves_are_whole_pieces_that_end_on_the_cards_they_join(view: View) -> None:
    placed = place(view)
    nodes = {node.id for node in view.nodes}
    for edge, route in zip(view.edges, placed.routes, strict=True):
        assert len(route.points) % 3 == 1
        ends = ((edge.source, route.points[0]), (edge.target, route.points[-1]))
        assert all(near(placed.boxes[end], point) for end, point in ends if end in nodes), edge


def near(box: Rect, point: Point) -> bool:
    x, y = point
    outer, inner = box.grown(1.5), box.grown(-1.5)
    inside = outer.x <= x <= outer.right and outer.y <= y <= outer.bottom
    return inside and not (inner.x < x < inner.right and inner.y < y < inner.bottom)


@given(flows())
@drawings
def test_labels_stand_on_no_card_and_not_on_each_other(view: View) -> None:
    placed = place(view)
    labels = [route.label for route in placed.routes if route.label]
    cards = [placed.boxes[node.id] for node in view.nodes]
    assert len(labels) == sum(bool(edge.label) for edge in view.edges)
    assert [pair for pair in combinations(labels, 2) if pair[0].grown(-0.1).meets(pair[1].grown(-0.1))] == []
    assert [(one, other) for one in labels for other in cards if one.grown(-0.1).meets(other.grown(-0.1))] == []


def test_cards_stand_inside_their_group() -> None:
    view = View("v", "", "", "flow", (Group("g", "VPC", "vpc"),), (card("a", "g"), card("b")), (Edge("a", "b", "80"),))
    placed = place(view)
    box, around = placed.boxes["a"], placed.boxes["g"]
    assert (around.x < box.x, box.right < around.right, box.bottom < around.bottom) == (True, True, True)
    assert not placed.titles["g"].meets(box)


def test_a_layout_that_explodes_is_ended_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "FUEL", 10_000)
    view = View("v", "", "", "flow", (), (card("a"), card("b")), (Edge("a", "b"),))
    with pytest.raises(UsageError, match="too large to lay out"):
        place(view)
    monkeypatch.undo()
    assert len(place(view).boxes) == 2
