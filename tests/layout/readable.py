"""What makes a placement readable: nothing overlaps, nothing is crossed out, every line arrives. One check each."""

import math
from collections.abc import Callable
from itertools import combinations, pairwise, permutations

from archspec.layout.measure import badge_of, icon_of
from archspec.layout.placed import Placed, Point, Rect
from archspec.layout.tree import Tree
from archspec.views.view import Edge, Group, Node, View

TINY = 0.01
BESIDE = 4.0


def shrunk(rect: Rect) -> Rect:
    return rect.grown(-TINY)


def part(start: Point, end: Point) -> Rect:
    """Return the thin box of a straight part of a line."""
    return Rect(min(start[0], end[0]), min(start[1], end[1]), abs(start[0] - end[0]), abs(start[1] - end[1])).grown(
        TINY
    )


def lines(placed: Placed) -> list[Rect]:
    return [part(*step) for route in placed.routes for step in pairwise(route.points)]


def every_coordinate_is_on_the_canvas(_view: View, placed: Placed) -> None:
    canvas = Rect(0, 0, placed.width, placed.height).grown(TINY)
    rects = [*placed.boxes.values(), *placed.titles.values(), *lines(placed)]
    rects += [route.label for route in placed.routes if route.label]
    assert all(math.isfinite(number) for rect in rects for number in rect)
    assert [
        r for r in rects if r.x < canvas.x or r.y < canvas.y or r.right > canvas.right or r.bottom > canvas.bottom
    ] == []


def siblings_do_not_overlap_and_children_stand_inside_their_parents(view: View, placed: Placed) -> None:
    tree = Tree(view)
    for parent in ("", *(group.id for group in view.groups)):
        children: list[Group | Node] = [*tree.groups_in.get(parent, ()), *tree.nodes_in.get(parent, ())]
        for one, other in combinations(children, 2):
            assert not shrunk(placed.boxes[one.id]).meets(shrunk(placed.boxes[other.id])), (one.id, other.id)
        for child in children:
            if parent and not (isinstance(child, Node) and child.border):
                box, around = placed.boxes[child.id], placed.boxes[parent].grown(TINY)
                assert box.x >= around.x and box.right <= around.right, child.id  # noqa: PT018
                assert box.y >= around.y and box.bottom <= around.bottom, child.id  # noqa: PT018
            if parent:
                assert not shrunk(placed.boxes[child.id]).meets(shrunk(placed.titles[parent])), child.id


def lines_cross_no_icon_no_words_and_no_title(view: View, placed: Placed) -> None:
    for edge, route in zip(view.edges, placed.routes, strict=True):
        for step in pairwise(route.points):
            for node in view.nodes:
                if node.id not in {edge.source, edge.target}:
                    assert not part(*step).meets(shrunk(placed.boxes[node.id])), (edge, node.id)
            for group in view.groups:
                assert not part(*step).meets(shrunk(placed.titles[group.id]).grown(-TINY)), (edge, group.id)


def lines_are_straight_and_end_on_the_borders_of_what_they_join(view: View, placed: Placed) -> None:
    nodes = {node.id for node in view.nodes}
    for edge, route in zip(view.edges, placed.routes, strict=True):
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(route.points))
        for end, point in ((edge.source, route.points[0]), (edge.target, route.points[-1])):
            boxes = [placed.boxes[end], *([icon_of(placed.boxes[end])] if end in nodes else [])]
            assert any(on_border(box, point) for box in boxes), (edge, point, boxes)


def on_border(box: Rect, point: Point) -> bool:
    x, y = point
    beside = min(abs(x - box.x), abs(x - box.right)) < TINY and box.y - TINY <= y <= box.bottom + TINY
    above = min(abs(y - box.y), abs(y - box.bottom)) < TINY and box.x - TINY <= x <= box.right + TINY
    return beside or above


def labels_stand_on_no_icon_no_title_and_not_on_each_other(view: View, placed: Placed) -> None:
    labels = [route.label for route in placed.routes if route.label]
    solid = [*(placed.boxes[node.id] for node in view.nodes), *placed.titles.values()]
    assert [(one, other) for one, other in combinations(labels, 2) if shrunk(one).meets(shrunk(other))] == []
    assert [(one, other) for one in labels for other in solid if shrunk(one).meets(shrunk(other))] == []


def labels_leave_room_for_badges(view: View, placed: Placed) -> None:
    labels = [route.label for route in placed.routes if route.label]
    badges = [badge_of(placed.boxes[node.id]) for node in view.nodes]
    assert [(one, badge) for one in labels for badge in badges if one.meets(badge)] == []


def labels_stand_on_no_border(view: View, placed: Placed) -> None:
    labels = [route.label for route in placed.routes if route.label]
    borders = [side for group in view.groups for side in sides(placed.boxes[group.id])]
    assert [(one, side) for one in labels for side in borders if one.meets(part(*side))] == []


def sides(box: Rect) -> list[tuple[Point, Point]]:
    """Return the four straight parts of a frame's border."""
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)]
    return list(pairwise(corners))


def labels_stand_on_no_line_but_their_own(view: View, placed: Placed) -> None:
    for (edge, own), (other, route) in permutations(zip(view.edges, placed.routes, strict=True), 2):
        if own.label and not are_one_line(edge, other):
            assert [step for step in pairwise(route.points) if own.label.meets(part(*step))] == [], (edge, other)


def are_one_line(one: Edge, other: Edge) -> bool:
    """Whether two edges may be drawn as branches of one line: they say the same, and share an end."""
    said = (one.label, one.status, one.both) == (other.label, other.status, other.both)
    return said and bool({one.source, one.target} & {other.source, other.target})


def labels_stand_on_their_line_or_right_beside_it(view: View, placed: Placed) -> None:
    for edge, own in zip(view.edges, placed.routes, strict=True):
        assert own.label is None or any(own.label.grown(BESIDE).meets(part(*step)) for step in pairwise(own.points)), (
            edge
        )


def lines_do_not_run_on_borders(view: View, placed: Placed) -> None:
    borders = [side for group in view.groups for side in sides(placed.boxes[group.id])]
    steps = [step for route in placed.routes for step in pairwise(route.points)]
    assert [(step, side) for step in steps for side in borders if overlap(step, side)] == []


def every_label_is_written_at_least_once(view: View, placed: Placed) -> None:
    written = {edge.label for edge, route in zip(view.edges, placed.routes, strict=True) if route.label}
    assert written == {edge.label for edge in view.edges} - {""}


def lines_that_say_different_things_do_not_run_on_each_other(view: View, placed: Placed) -> None:
    routed = list(zip(view.edges, placed.routes, strict=True))
    for (one, first), (other, second) in combinations(routed, 2):
        if are_one_line(one, other):
            continue
        for step, against in [(s, a) for s in pairwise(first.points) for a in pairwise(second.points)]:
            assert not overlap(step, against), (one, other)


def overlap(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two straight parts run on the same line for more than a px."""
    for axis in (0, 1):
        fixed = 1 - axis
        if one[0][fixed] == one[1][fixed] and other[0][fixed] == other[1][fixed]:
            if abs(one[0][fixed] - other[0][fixed]) > 1:
                return False
            low = max(min(p[axis] for p in one), min(p[axis] for p in other))
            high = min(max(p[axis] for p in one), max(p[axis] for p in other))
            return high - low > 1
    return False


PROPERTIES: tuple[Callable[[View, Placed], None], ...] = (
    every_coordinate_is_on_the_canvas,
    siblings_do_not_overlap_and_children_stand_inside_their_parents,
    lines_cross_no_icon_no_words_and_no_title,
    lines_are_straight_and_end_on_the_borders_of_what_they_join,
    labels_stand_on_no_icon_no_title_and_not_on_each_other,
    labels_leave_room_for_badges,
    labels_stand_on_no_border,
    labels_stand_on_no_line_but_their_own,
    labels_stand_on_their_line_or_right_beside_it,
    lines_do_not_run_on_borders,
    every_label_is_written_at_least_once,
    lines_that_say_different_things_do_not_run_on_each_other,
)
"""Laying out takes longer than looking, so all of them look at the same drawings."""
