"""One card for what is alike: what that means, and that nothing is lost by it."""

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.model.element import Element
from archspec.model.messaging import Queue, Topic
from archspec.model.observability import Alarm
from archspec.views.observability.alike import merged
from archspec.views.view import Edge, Node

ELEMENTS: dict[str, Element] = {
    **{f"q{n}": Queue(id=f"q{n}") for n in range(5)},
    **{f"t{n}": Topic(id=f"t{n}") for n in range(4)},
}
NODES = tuple(Node(id_, id_, id_, element.kind) for id_, element in ELEMENTS.items())
EDGES = st.lists(
    st.builds(Edge, st.sampled_from([*ELEMENTS]), st.sampled_from([*ELEMENTS]), st.sampled_from(["", "x"])),
    max_size=12,
    unique_by=lambda edge: (edge.source, edge.target),
)
REPEATABLE = settings(derandomize=True, deadline=None, database=None)
KINDS = st.sets(st.sampled_from(["queues", "topics"]))


def _names(node: Node) -> int:
    return int(node.title.split()[0]) if node.id.startswith("@alike") else 1


def _cards(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the card of each thing that stands on one with others: a card of five or fewer names all of them."""
    return {name: node.id for node in nodes if node.id.startswith("@alike") for name in node.detail}


def _ways(id_: str, edges: list[Edge], cards: dict[str, str]) -> set[tuple[bool, str, str]]:
    leaving = {(True, cards.get(edge.target, edge.target), edge.label) for edge in edges if edge.source == id_}
    return leaving | {(False, cards.get(edge.source, edge.source), edge.label) for edge in edges if edge.target == id_}


@REPEATABLE
@given(EDGES, KINDS)
def test_every_node_is_counted_once_and_every_edge_keeps_its_ends(edges: list[Edge], kinds: set[str]) -> None:
    found = merged(NODES, edges, ELEMENTS, kinds)
    ids = {node.id for node in found.nodes}

    assert sum(_names(node) for node in found.nodes) == len(NODES)
    assert {end for edge in found.edges for end in (edge.source, edge.target)} <= ids
    assert bool(found.edges) == bool(edges)


@REPEATABLE
@given(EDGES)
def test_without_a_kind_to_merge_all_stays(edges: list[Edge]) -> None:
    assert merged(NODES, edges, ELEMENTS, set()).nodes == NODES


@REPEATABLE
@given(EDGES, KINDS)
def test_what_is_drawn_as_one_is_joined_to_the_same(edges: list[Edge], kinds: set[str]) -> None:
    found = merged(NODES, edges, ELEMENTS, kinds)
    cards = _cards(found.nodes)
    together = [(one, other) for one, other in combinations(cards, 2) if cards[one] == cards[other]]

    assert all(_ways(one, edges, cards) == _ways(other, edges, cards) for one, other in together)


def test_things_of_one_kind_that_nothing_joins_are_alike() -> None:
    assert merged(NODES, (), ELEMENTS, {"queues", "topics"}).titles == ("5 queues", "4 topics")


def test_alarms_that_wait_for_the_same_say_it_once() -> None:
    told = {"metric": "CPU", "threshold": "> 80%"}
    alarms: dict[str, Element] = {f"a{n}": Alarm.model_validate({"id": f"a{n}", **told}) for n in range(9)}
    nodes = [Node(id_, id_, id_, "alarm", detail=("CPU > 80%",)) for id_ in alarms]

    assert [(card.title, card.detail) for card in merged(nodes, (), alarms, {"alarms"}).nodes] == [
        ("9 alarms", ("CPU > 80%",))
    ]
