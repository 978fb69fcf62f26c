import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.model.ports import ALL_PORTS, PortRange, parse_ports, spell_ports

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=200)

numbers = st.integers(0, 65535)
ranges = st.lists(st.tuples(numbers, numbers).map(lambda pair: PortRange(min(pair), max(pair))), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("443", (PortRange(443, 443),)),
        ("0", (PortRange(0, 0),)),
        ("65535", (PortRange(65535, 65535),)),
        ("0443", (PortRange(443, 443),)),
        (" 80 , 443 ", (PortRange(80, 80), PortRange(443, 443))),
        ("4000-4003", (PortRange(4000, 4003),)),
        ("4000 - 4003", (PortRange(4000, 4003),)),
        ("443, 80", (PortRange(80, 80), PortRange(443, 443))),
        ("80, 81-90, 85-100", (PortRange(80, 100),)),
        ("all", (ALL_PORTS,)),
        ("all, 80", (ALL_PORTS,)),
        ("0-65535", (ALL_PORTS,)),
    ],
)
def test_ports_are_sorted_and_joined_where_they_touch(text: str, parsed: tuple[PortRange, ...]) -> None:
    assert parse_ports(text) == parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a port such as 443, a range such as 4000-4003, or all, not ''"),
        ("80,", "a port such as 443, a range such as 4000-4003, or all, not ''"),
        ("http", "a port such as 443, a range such as 4000-4003, or all, not 'http'"),
        ("-1", "a port such as 443, a range such as 4000-4003, or all, not '-1'"),
        ("80-", "a port such as 443, a range such as 4000-4003, or all, not '80-'"),
        ("1e3", "a port such as 443, a range such as 4000-4003, or all, not '1e3'"),
        ("0x1F", "a port such as 443, a range such as 4000-4003, or all, not '0x1F'"),
        ("22:22", "a port such as 443, a range such as 4000-4003, or all, not '22:22'"),
        ("٤٤٣", "a port such as 443, a range such as 4000-4003, or all, not '٤٤٣'"),
        ("ALL", "a port such as 443, a range such as 4000-4003, or all, not 'ALL'"),
        ("65536", "ports from 0 to 65535, not 65536"),
        ("90-80", "a range that grows: 80-90, not 90-80"),
    ],
)
def test_what_is_no_port_says_what_is(text: str, expected: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the message is compared below
        parse_ports(text)
    assert str(caught.value) == expected


@given(ranges)
@STEADY
def test_ports_that_were_spelt_are_read_back(written: list[PortRange]) -> None:
    parsed = parse_ports(", ".join(map(str, written)))

    assert parse_ports(spell_ports(parsed)) == parsed


@given(ranges, numbers)
@STEADY
def test_a_port_is_in_the_joined_ranges_when_it_is_in_one_of_those_written(written: list[PortRange], port: int) -> None:
    parsed = parse_ports(", ".join(map(str, written)))

    assert any(low <= port <= high for low, high in parsed) == any(low <= port <= high for low, high in written)
