"""A flow is laid out by Graphviz: cards of our size, curves from card to card, labels on the curves."""

import math
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import UsageError
from archspec.layout import place
from archspec.layout.flow import PAGE, graphviz
from archspec.layout.measure import card_size
from archspec.layout.placed import Point, Rect
from archspec.layout.tree import Tree
from archspec.views.view import Edge, Group, Node, View
from tests.layout.strategies import NAMES, flows

drawings = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def card(id_: str, parent: str = "") -> Node:
    return Node(id_, id_, id_, "service", parent)


def flow(nodes: Iterable[Node], edges: Iterable[Edge] = (), groups: Iterable[Group] = ()) -> View:
    return View("v", "A view", "", "flow", tuple(groups), tuple(nodes), tuple(edges))


def chain(length: int) -> View:
    names = [f"Step number {at}" for at in range(length)]
    return flow(map(card, names), (Edge(one, other, "443 HTTPS") for one, other in pairwise(names)))


@st.composite
def nested(draw: st.DrawFn) -> View:
    """Return a flow with groups in groups, some empty, and edges between any things that are not in each other."""
    groups: list[Group] = []
    for number in range(draw(st.integers(1, 5))):
        groups.append(Group(f"g{number}", draw(NAMES), "vpc", draw(st.sampled_from(["", *(g.id for g in groups)]))))
    parents = st.sampled_from(["", *(group.id for group in groups)])
    nodes = [card(f"n{number}", draw(parents)) for number in range(draw(st.integers(1, 12)))]
    tree = Tree(flow(nodes, (), groups))
    above = {id_: {id_, *tree.ancestors(id_)} for id_ in (*tree.groups, *tree.nodes)}
    ids = st.sampled_from(sorted(above))
    pairs = draw(st.lists(st.tuples(ids, ids), max_size=10, unique=True))
    labels = st.sampled_from(["", "443 HTTPS", "x" * 300])
    apart = [(one, other) for one, other in pairs if one not in above[other] and other not in above[one]]
    return flow(nodes, [Edge(one, other, draw(labels)) for one, other in apart], groups)


@given(flows() | nested())
@drawings
def test_cards_hold_their_words_and_do_not_overlap(view: View) -> None:
    placed = place(view)
    cards = [placed.boxes[node.id] for node in view.nodes]
    sizes = [(box, card_size(node)) for box, node in zip(cards, view.nodes, strict=True)]
    assert [size for box, size in sizes if box.width < size[0] or box.height < size[1]] == []
    assert [pair for pair in combinations(cards, 2) if pair[0].meets(pair[1])] == []


@given(flows() | nested())
@drawings
def test_what_is_in_a_group_stands_inside_its_frame_and_nothing_else_does(view: View) -> None:
    placed, tree = place(view), Tree(view)
    boxes = placed.boxes
    for group in view.groups:
        frame = boxes[group.id]
        inner = {id_ for id_ in boxes if group.id in tree.ancestors(id_)}
        around = {group.id, *tree.ancestors(group.id)}
        assert [id_ for id_ in inner if not covers(frame, boxes[id_])] == []
        assert [id_ for id_, box in boxes.items() if id_ not in inner | around and box.meets(frame.grown(-0.1))] == []


@given(flows() | nested())
@drawings
def test_no_title_stands_on_a_card_or_another_title(view: View) -> None:
    placed = place(view)
    cards = [placed.boxes[node.id] for node in view.nodes]
    titles = list(placed.titles.values())
    assert [pair for pair in combinations(titles, 2) if pair[0].meets(pair[1])] == []
    assert [title for title in titles if any(title.meets(card) for card in cards)] == []


@given(flows() | nested())
@drawings
def test_everything_is_on_the_canvas(view: View) -> None:
    placed = place(view)
    canvas = Rect(0, 0, placed.width, placed.height).grown(1)
    rects = [*placed.boxes.values(), *(route.label for route in placed.routes if route.label)]
    assert all(math.isfinite(number) for rect in rects for number in rect)
    assert [
        r for r in rects if r.x < canvas.x or r.y < canvas.y or r.right > canvas.right or r.bottom > canvas.bottom
    ] == []


@given(flows() | nested())
@drawings
def test_curves_are_whole_pieces_that_end_on_the_cards_they_join(view: View) -> None:
    placed = place(view)
    nodes = {node.id for node in view.nodes}
    for edge, route in zip(view.edges, placed.routes, strict=True):
        assert len(route.points) % 3 == 1
        ends = ((edge.source, route.points[0]), (edge.target, route.points[-1]))
        assert all(near(placed.boxes[end], point) for end, point in ends if end in nodes), edge


def covers(outer: Rect, inner: Rect) -> bool:
    within = outer.x <= inner.x and inner.right <= outer.right + 0.02
    return within and outer.y <= inner.y and inner.bottom <= outer.bottom + 0.02


def near(box: Rect, point: Point) -> bool:
    x, y = point
    outer, inner = box.grown(1.5), box.grown(-1.5)
    inside = outer.x <= x <= outer.right and outer.y <= y <= outer.bottom
    return inside and not (inner.x < x < inner.right and inner.y < y < inner.bottom)


@given(flows() | nested())
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


@pytest.mark.parametrize("length", [2, 5, 9, 12, 30])
def test_a_chain_of_any_length_fits_a_page(length: int) -> None:
    placed = place(chain(length))
    assert placed.width <= PAGE * 1.1
    assert placed.height <= max(600, 45 * length)


def test_a_short_chain_leads_from_left_to_right() -> None:
    placed = place(chain(4))
    middles = [placed.boxes[node.id].middle for node in placed.view.nodes]
    assert middles == sorted(middles)
    assert len({round(y) for _, y in middles}) == 1


def test_a_long_chain_is_read_as_lines_of_a_text_are() -> None:
    placed = place(chain(12))
    boxes = [placed.boxes[node.id] for node in placed.view.nodes]
    assert [one for one, other in pairwise(boxes) if other.x < one.right and other.y < one.bottom] == []
    assert len({round(box.middle[1]) for box in boxes}) == 3


def test_a_wide_fan_leads_from_left_to_right() -> None:
    names = [f"n{i}" for i in range(12)]
    placed = place(flow([card("hub"), *map(card, names)], [Edge("hub", name) for name in names]))
    assert [name for name in names if placed.boxes[name].x <= placed.boxes["hub"].right] == []


def test_what_is_deep_and_cannot_be_broken_leads_from_top_to_bottom() -> None:
    layers = [[f"{letter}{depth}" for letter in "abc"] for depth in range(8)]
    edges = [
        Edge(one, other, "a label that takes its room")
        for above, below in pairwise(layers)
        for one, other in zip((*above, above[0]), (*below, below[1]), strict=True)
    ]
    placed = place(flow([card(name) for layer in layers for name in layer], edges))
    assert [edge for edge in edges if placed.boxes[edge.target].y <= placed.boxes[edge.source].bottom] == []


@pytest.mark.parametrize("parent", ["", "g"])
def test_cards_that_nothing_joins_stand_in_columns_and_rows(parent: str) -> None:
    placed = place(flow([card(f"n{i:02}", parent) for i in range(30)], (), [Group("g", "Buckets", "region")]))
    assert placed.width <= PAGE
    assert placed.height <= PAGE
    assert len({box.x for id_, box in placed.boxes.items() if id_ != "g"}) >= 4


def test_groups_that_nothing_joins_stand_beside_each_other_and_are_as_high() -> None:
    groups = [Group(name, name, "region") for name in ("one", "two", "three")]
    nodes = [card(f"{name}{i}", name) for name, most in (("one", 2), ("two", 1), ("three", 2)) for i in range(most)]
    placed = place(flow(nodes, (), groups))
    frames = [placed.boxes[group.id] for group in groups]
    assert len({(frame.y, frame.height) for frame in frames}) == 1


def test_cards_in_a_column_are_as_wide_as_each_other() -> None:
    names = ["a", "a very long name", "b"]
    placed = place(flow([card("hub"), *map(card, names)], [Edge("hub", name) for name in names]))
    assert len({(placed.boxes[name].x, placed.boxes[name].width) for name in names}) == 1


def test_an_answer_to_an_earlier_step_stays_one_line_over_the_turns() -> None:
    view = chain(12)
    view = flow(view.nodes, [*view.edges, Edge("Step number 11", "Step number 1", "answers")])
    placed = place(view)
    points = placed.routes[-1].points
    assert len(points) % 3 == 1
    assert near(placed.boxes["Step number 11"], points[0])
    assert near(placed.boxes["Step number 1"], points[-1])


@pytest.mark.parametrize("shape", ["loose", "pairs", "tree", "chain", "star"])
def test_two_thousand_elements_of_a_simple_shape_are_drawn(shape: str) -> None:
    ids = [f"n{i:04}" for i in range(2_000)]
    pairs = {
        "loose": [],
        "pairs": list(zip(ids[::2], ids[1::2], strict=True)),
        "tree": [(ids[(i - 1) // 4], ids[i]) for i in range(1, 2_000)],
        "chain": list(pairwise(ids)),
        "star": [(ids[0], other) for other in ids[1:]],
    }[shape]
    placed = place(flow(map(card, ids), (Edge(*pair, "443") for pair in pairs)))
    assert len(placed.boxes) == 2_000
    assert sum(route.label is not None for route in placed.routes) == len(pairs)


@pytest.mark.no_cover
def test_two_thousand_elements_in_a_tangle_are_refused_with_what_to_do() -> None:
    ids = [f"n{i:04}" for i in range(2_000)]
    edges = [Edge(ids[i * j % 2_000], ids[i], "443") for i in range(1, 2_000) for j in (3, 7)]
    with pytest.raises(UsageError, match=r"show less of it with --kind, --tag, --environment or --around"):
        place(flow(map(card, ids), edges))
