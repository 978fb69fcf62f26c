"""How many tasks are left without a zone, and how many it takes; circles among nodes."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.graph.circles import circles, components
from archspec.graph.tasks_left import remaining, tasks_for
from tests.graph.networks import REPEATABLE

Edges = Mapping[int, list[int]]

graphs = st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3, unique=True), max_size=7)


@REPEATABLE
@given(st.integers(0, 60), st.integers(1, 6))
def test_what_remains_is_what_the_fullest_zone_leaves_of_an_even_spread(tasks: int, azs: int) -> None:
    spread = [0] * azs
    for i in range(tasks):
        spread[i % azs] += 1

    assert remaining(tasks, azs) == tasks - max(spread)


@REPEATABLE
@given(st.integers(0, 40), st.integers(1, 9), st.integers(2, 6))
def test_no_fewer_tasks_would_do(peak: int, throughput: int, azs: int) -> None:
    enough = [n for n in range(200) if remaining(n, azs) * throughput >= peak]

    assert tasks_for(Decimal(peak), Decimal(throughput), azs) == enough[0]


def test_in_one_zone_no_number_would_do() -> None:
    with pytest.raises(ValueError, match="one zone"):
        tasks_for(Decimal(1), Decimal(1), 1)


@REPEATABLE
@given(graphs)
def test_components_are_those_of_networkx(following: Edges) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph([(one, other) for one, others in following.items() for other in others])
    graph.add_nodes_from(following)
    found = {frozenset(group) for group in components(following)}

    assert found == {frozenset(group) for group in nx.strongly_connected_components(graph)}


@REPEATABLE
@given(graphs)
def test_every_circle_leads_around_and_every_group_has_one(following: Edges) -> None:
    found = list(circles(following))

    assert all(way[0] == way[-1] and len(way) == len({*way}) + 1 for way in found)
    assert all(other in following[one] for way in found for one, other in pairwise(way))
    assert len(found) == sum(
        len(group) > 1 or group[0] in following.get(group[0], ()) for group in components(following)
    )
