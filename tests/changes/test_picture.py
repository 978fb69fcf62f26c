"""Which picture shows a change, and what it marks."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.changes import compare
from archspec.changes.picture import Shown, as_drawn, picture
from archspec.errors import UsageError
from archspec.layout import place
from archspec.views.compared import compared
from archspec.views.view import Edge, Node, View
from tests.changes.two import NETWORK, edited, side
from tests.sample import HEADER


def drawn(old: str, new: str, wanted: str = "") -> Shown:
    versions = side(old, new)
    return picture(versions, compare(versions, ("old", "new")), wanted=wanted)


def test_a_changed_element_is_marked_where_it_stands() -> None:
    shown = drawn(NETWORK, edited(NETWORK, ("desired: 2", "desired: 3")), "network")
    marks = {(node.id, node.change, node.detail) for node in shown.view.nodes if node.change}
    assert marks == {("api@private-a", "changed", ("port 4000", "3 tasks", "was 2 tasks"))}
    assert (shown.marks, shown.elements) == ((1, 0), 1)


def test_a_renamed_element_is_one_thing_in_the_picture() -> None:
    new = edited(NETWORK, ("    api:", "    backend:"), ("-> api:", "-> backend:"), ("- api ->", "- backend ->"))
    shown = drawn(NETWORK, new, "network")
    assert [(node.element, node.change) for node in shown.view.nodes if node.change] == [("backend", "changed")]


def test_what_is_gone_and_what_came_are_both_in_the_picture() -> None:
    new = edited(
        NETWORK,
        ("  - api -> db: 5432 PostgreSQL\n", ""),
        ("  load_balancers:", "  nat_gateways: {nat: {subnet: public-a}}\n  load_balancers:"),
    )
    view = drawn(NETWORK, new, "network").view
    assert [(node.id, node.change) for node in view.nodes if node.change] == [("nat", "added")]
    assert [(edge.source, edge.target, edge.change) for edge in view.edges if edge.change] == [
        ("api@private-a", "db", "removed")
    ]


def test_without_a_wish_the_picture_that_marks_most_is_taken() -> None:
    new = edited(
        NETWORK, ("db-sg: {ingress: [{from: api-sg, port: 5432}]}", "db-sg: {ingress: [{from: alb-sg, port: 5432}]}")
    )
    names = {drawn(NETWORK, new).view.name, drawn(NETWORK, new, "security-groups").view.name}
    assert names == {"security-groups"}


QUEUES = """
messaging:
  topics: {uploads: {publishers: [api]}}
  queues: {jobs: {topic: uploads, consumers: [api]}}
"""


def test_the_picture_of_the_worst_risk_wins_over_one_that_marks_more() -> None:
    new = edited(
        NETWORK + QUEUES,
        ("db-sg: {ingress: [", "db-sg: {ingress: [{from: internet, port: 5432}, "),
        ("retention: 30 days", "retention: 1 day"),
        ("desired: 2", "desired: 1"),
        ("consumers: [api]}", "consumers: [api]}, mails: {topic: uploads, consumers: [api]}"),
    )
    assert drawn(NETWORK + QUEUES, new).view.name == "security-groups"


def test_a_new_system_is_drawn_with_everything_added() -> None:
    view = drawn("", NETWORK, "network").view
    assert {node.change for node in view.nodes if node.id != "internet"} == {"added"}


def test_a_picture_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match=r"no picture is called 'netwrk'; there are: .*network"):
        drawn(NETWORK, edited(NETWORK, ("desired: 2", "desired: 3")), "netwrk")


def test_a_spec_of_which_nothing_is_drawn_has_no_picture() -> None:
    with pytest.raises(UsageError, match="there is no picture"):
        drawn("title: One\n", "title: Two\n")


def _ready() -> View:
    (found,) = [one for one in api.views(api.parse(HEADER + NETWORK)) if one.name == "network"]
    return found


READY = _ready()
SUBNETS = [group.id for group in READY.groups if group.kind in ("public", "private", "data")]
POOL = [
    Node(f"n{number}", f"e{number}", f"Node {number}", "service", SUBNETS[number % len(SUBNETS)])
    for number in range(14)
]
CHOICE = st.sets(st.sampled_from(range(len(POOL))), min_size=1)
EDGES = st.lists(
    st.tuples(st.sampled_from(range(14)), st.sampled_from(range(14)), st.sampled_from(["", "443", "80"])), max_size=6
)


def _made(chosen: set[int], edges: list[tuple[int, int, str]]) -> View:
    nodes = tuple(POOL[number] for number in sorted(chosen))
    kept = tuple(Edge(f"n{a}", f"n{b}", label) for a, b, label in edges if {a, b} <= chosen and a != b)
    return replace(READY, nodes=(*READY.nodes, *nodes), edges=(*READY.edges, *kept))


def _order(drawn: View, among: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return the nodes of every group as they are read, row by row; and groups likewise."""
    boxes = place(drawn).boxes
    stands = [("node", node.parent, node.id) for node in drawn.nodes]
    stands += [("group", group.parent, group.id) for group in drawn.groups]
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sort, parent, id_ in sorted(stands, key=lambda one: (boxes[one[2]].y, boxes[one[2]].x)):
        if id_ in among:
            found[sort, parent].append(id_)
    return found


@settings(max_examples=40, deadline=None)
@given(CHOICE, CHOICE, EDGES, EDGES)
def test_what_is_in_both_keeps_its_order_among_its_neighbours(
    before: set[int], now: set[int], edges: list[tuple[int, int, str]], others: list[tuple[int, int, str]]
) -> None:
    old, new = _made(before, edges), _made(now, others)
    among = {node.id for node in old.nodes} | {group.id for group in old.groups}
    assert _order(compared(as_drawn(old), new, ()), among) == _order(old, among)


def test_what_environments_share_is_not_removed_with_one_of_them() -> None:
    both = "environments: {one: {}, two: {}}\n" + NETWORK
    versions = side(both, edited(both, (", two: {}", "")))
    shown = picture(versions, compare(versions, ("a", "b")), wanted="network-two").view
    marked = {node.element: node.change for node in shown.nodes}
    assert (marked["internet"], marked["two/alb"], marked["two/db"]) == ("", "removed", "removed")
    assert {edge.change for edge in shown.edges} == {"removed"}
