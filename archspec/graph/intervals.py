"""Sets of traffic as sorted, disjoint, closed intervals: the one algebra behind every question about ports.

A kind of traffic is a number: the port, plus 65,536 times the protocol's place in `PROTOCOLS`. So one interval algebra
serves all protocols, and `all` is one interval.
"""

from collections.abc import Mapping
from functools import lru_cache

from archspec.model.ports import PortRange

Intervals = tuple[tuple[int, int], ...]

PROTOCOLS = ("tcp", "udp", "icmp")
NOTHING: Intervals = ()
EVERYTHING: Intervals = ((0, len(PROTOCOLS) * 65536 - 1),)

FIRST_EPHEMERAL = 1024
EPHEMERAL: Mapping[Intervals, Intervals] = {
    ((0, 65535),): ((FIRST_EPHEMERAL, 65535),),
    ((65536, 131071),): ((65536 + FIRST_EPHEMERAL, 131071),),
    ((131072, 196607),): ((131072, 196607),),
}
"""All traffic of a protocol → where its answers go: a port that the client chooses; icmp has none.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-ephemeral-ports
"""


@lru_cache(maxsize=65536)
def traffic(ports: tuple[PortRange, ...], protocol: str = "tcp") -> Intervals:
    """Return the traffic that ports of a protocol stand for; protocol `all` ignores the ports, as AWS does."""
    if protocol == "all":
        return EVERYTHING
    offset = PROTOCOLS.index(protocol) * 65536
    return tuple((part.low + offset, part.high + offset) for part in ports)


def union(*sets: Intervals) -> Intervals:
    """Return everything that is in any of the sets.

    >>> union(((1, 4),), ((5, 7), (20, 30)))
    ((1, 7), (20, 30))
    """
    if len(sets) == 1:
        return sets[0]
    joined: list[tuple[int, int]] = []
    for low, high in sorted(part for intervals in sets for part in intervals):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def contains(intervals: Intervals, number: int) -> bool:
    """Whether one kind of traffic is in the set."""
    return any(low <= number <= high for low, high in intervals)


@lru_cache(maxsize=65536)
def intersect(one: Intervals, other: Intervals) -> Intervals:
    """Return what is in both sets.

    >>> intersect(((1, 10),), ((5, 7), (9, 30)))
    ((5, 7), (9, 10))
    """
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(other):
        low, high = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if low <= high:
            found.append((low, high))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


@lru_cache(maxsize=65536)
def subtract(one: Intervals, other: Intervals) -> Intervals:
    """Return what is in `one` and not in `other`.

    >>> subtract(((1, 10),), ((3, 4), (8, 30)))
    ((1, 2), (5, 7))
    """
    left: list[tuple[int, int]] = []
    for start, end in one:
        low = start
        for cut_low, cut_high in other:
            if cut_high < low or cut_low > end:
                continue
            if cut_low > low:
                left.append((low, cut_low - 1))
            low = cut_high + 1
        if low <= end:
            left.append((low, end))
    return tuple(left)


def spell(intervals: Intervals) -> str:
    """Write traffic as people do: `tcp/443, udp/53`, `all traffic`."""
    if intervals == EVERYTHING:
        return "all traffic"
    return ", ".join(f"{protocol}/{part}" for protocol, part in by_protocol(intervals)) or "nothing"


def by_protocol(intervals: Intervals) -> list[tuple[str, PortRange]]:
    """Return traffic as ranges of ports, each with its protocol."""
    return [
        (protocol, PortRange(low - offset, high - offset))
        for offset, protocol in zip(range(0, 3 * 65536, 65536), PROTOCOLS, strict=True)
        for low, high in intersect(intervals, ((offset, offset + 65535),))
    ]
