"""The interval algebra against plain sets of ports."""

import doctest
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archspec.graph import intervals
from archspec.graph.intervals import (
    EVERYTHING,
    NOTHING,
    PROTOCOLS,
    Intervals,
    intersect,
    spell,
    subtract,
    traffic,
    union,
)
from archspec.model.ports import ALL_PORTS, PortRange, parse_ports
from tests.graph.networks import REPEATABLE

# Small numbers on both sides of where one protocol ends and the next begins.
NUMBERS = [*range(12), *range(65530, 65542), 3 * 65536 - 1]
sets = st.sets(st.sampled_from(NUMBERS))


def made(numbers: set[int]) -> Intervals:
    return union(*(((number, number),) for number in sorted(numbers)))


def holds(found: Intervals) -> set[int]:
    return {number for number in NUMBERS if any(low <= number <= high for low, high in found)}


def is_canonical(found: Intervals) -> bool:
    return all(low <= high for low, high in found) and all(
        before[1] + 1 < after[0] for before, after in pairwise(found)
    )


@REPEATABLE
@given(sets, sets)
def test_a_union_holds_what_either_holds(one: set[int], other: set[int]) -> None:
    assert holds(union(made(one), made(other))) == one | other


@REPEATABLE
@given(sets, sets)
def test_an_intersection_holds_what_both_hold(one: set[int], other: set[int]) -> None:
    assert holds(intersect(made(one), made(other))) == one & other


@REPEATABLE
@given(sets, sets)
def test_a_difference_holds_what_only_the_first_holds(one: set[int], other: set[int]) -> None:
    assert holds(subtract(made(one), made(other))) == one - other


@REPEATABLE
@given(sets, sets)
def test_every_result_is_sorted_disjoint_and_joined_where_it_touches(one: set[int], other: set[int]) -> None:
    a, b = made(one), made(other)

    assert [is_canonical(found) for found in (union(a, b), intersect(a, b), subtract(a, b))] == [True] * 3


@REPEATABLE
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=6))
def test_a_union_of_wide_intervals_holds_every_number_of_each(parts: list[list[int]]) -> None:
    found = union(*(((low, high),) for low, high in parts))
    numbers = {number for low, high in parts for number in range(low, high + 1)}

    assert {number for low, high in found for number in range(low, high + 1)} == numbers


@REPEATABLE
@given(sets)
def test_spelled_traffic_reads_back_as_the_same_traffic(numbers: set[int]) -> None:
    words = spell(made(numbers))
    parts = [part.partition("/") for part in words.split(", ")] if numbers else []

    assert union(*(traffic(parse_ports(ports), protocol) for protocol, _, ports in parts)) == made(numbers)


def test_traffic_is_spelled_by_protocol_and_port() -> None:
    found = union(traffic((PortRange(443, 443), PortRange(8000, 8010))), traffic((PortRange(53, 53),), "udp"))

    assert spell(found) == "tcp/443, tcp/8000-8010, udp/53"


def test_all_ports_of_one_protocol_are_not_all_traffic() -> None:
    assert spell(traffic((ALL_PORTS,), "udp")) == "udp/all"


def test_all_ports_of_every_protocol_are_all_traffic() -> None:
    assert spell(union(*(traffic((ALL_PORTS,), protocol) for protocol in PROTOCOLS))) == "all traffic"


def test_no_traffic_is_spelled_as_nothing() -> None:
    assert spell(NOTHING) == "nothing"


def test_protocol_all_ignores_the_ports() -> None:
    assert traffic((PortRange(22, 22),), "all") == EVERYTHING


def test_a_union_of_nothing_is_nothing() -> None:
    assert union() == NOTHING


def test_the_examples_in_the_interval_algebra_hold() -> None:
    assert doctest.testmod(intervals) == doctest.TestResults(0, 3)
