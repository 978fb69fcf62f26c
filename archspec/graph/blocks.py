"""Blocks of addresses, and what holds for which part of one.

Addresses are numbers. A block is split where the blocks that rules name begin and end; in between, every address is
like every other, so what holds for one holds for all, and nothing is tried address by address.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import NamedTuple

from archspec.graph.intervals import Intervals, union
from archspec.model.element import Network
from archspec.model.network import Subnet, Vpc

VERSIONS = (4, 6)
_NOWHERE = -1
"""The one address outside of every block that is written, but those of all addresses: the internet's."""


class Block(NamedTuple):
    """Addresses of one version of IP, from `low` to `high`."""

    version: int
    low: int
    high: int


Pieces = tuple[tuple[int, Intervals], ...]
"""What holds for which part of a block: the first address of each part, in order, and what holds up to the next."""


def block_of(network: Network) -> Block:
    """Return a network as numbers; one of all addresses holds the internet's as well."""
    own = own_block(network)
    return own if network.prefixlen else own._replace(low=_NOWHERE)


def own_block(network: Network) -> Block:
    """Return a block of a VPC's or subnet's own as numbers; even one of all addresses does not hold the internet's."""
    low = int(network.network_address)
    return Block(network.version, low, low + (1 << (network.max_prefixlen - network.prefixlen)) - 1)


def network_of(block: Block) -> Network:
    """Return a block of numbers as a network; the block is one, such as that of a subnet."""
    prefix = (32 if block.version == 4 else 128) - (block.high - block.low).bit_length()
    return IPv4Network((block.low, prefix)) if block.version == 4 else IPv6Network((block.low, prefix))


ALL = (Block(4, _NOWHERE, 2**32 - 1), Block(6, _NOWHERE, 2**128 - 1))


def elsewhere(version: int) -> Block:
    """Return the internet's address."""
    return Block(version, _NOWHERE, _NOWHERE)


def subnet_block(subnet: Subnet, version: int) -> Block | None:
    """Return the subnet's block of a version of IP, if it has one."""
    if subnet.cidr.version == version:
        return own_block(subnet.cidr)
    if subnet.ipv6_cidr is not None and subnet.ipv6_cidr.version == version:
        return own_block(subnet.ipv6_cidr)
    return None


def vpc_networks(vpc: Vpc) -> tuple[Network, ...]:
    """Return the VPC's blocks, of both versions."""
    return (vpc.cidr, *vpc.secondary_cidrs, *((vpc.ipv6_cidr,) if vpc.ipv6_cidr else ()))


def overlap(one: Block, other: Block) -> Block | None:
    """Return what is in both blocks."""
    if one.version != other.version:
        return None
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Block(one.version, low, high) if low <= high else None


def meets(one: Block, other: Block) -> bool:
    """Whether anything is in both blocks."""
    return one.version == other.version and one.low <= other.high and other.low <= one.high


def parts(block: Block, cuts: Iterable[Block]) -> list[Block]:
    """Split a block where the others begin and end."""
    version, low, high = block
    starts = {low}
    for cut in cuts:
        if meets(block, cut):
            starts.update((max(cut.low, low), min(cut.high, high) + 1))
    if starts <= {low, high + 1}:
        return [block]
    ordered = sorted(start for start in starts if start <= high)
    return [Block(version, start, end - 1) for start, end in zip(ordered, [*ordered[1:], high + 1], strict=True)]


def added_up(block: Block, allowances: Iterable[tuple[Block, Intervals]]) -> Pieces:
    """Return which traffic is allowed for which part of a block; allowances add up."""
    whole: dict[Intervals, None] = {}
    changes: list[tuple[int, int, Intervals]] = []
    for allowed, traffic in allowances:
        if not meets(block, allowed):
            continue
        if allowed.low <= block.low and block.high <= allowed.high:
            whole[traffic] = None
        else:
            low, high = max(block.low, allowed.low), min(block.high, allowed.high)
            changes += [(low, 1, traffic), (high + 1, -1, traffic)]
    if not changes:
        return ((block.low, union(*whole)),)
    return _swept(block, whole, sorted(changes))


def _swept(block: Block, whole: Iterable[Intervals], changes: Sequence[tuple[int, int, Intervals]]) -> Pieces:
    always, held = union(*whole), Counter[Intervals]()
    found: list[tuple[int, Intervals]] = [(block.low, always)]
    i = 0
    while i < len(changes) and changes[i][0] <= block.high:
        place = changes[i][0]
        while i < len(changes) and changes[i][0] == place:
            _, by, traffic = changes[i]
            held[traffic] += by
            i += 1
        value = union(always, *(traffic for traffic, count in held.items() if count))
        if place == block.low:
            found[0] = (place, value)
        elif value != found[-1][1]:
            found.append((place, value))
    return tuple(found)


def values(pieces: Iterable[Pieces]) -> set[tuple[Intervals, ...]]:
    """Return what holds together somewhere in a block, of several things that are said about it."""
    listed = list(pieces)
    if all(len(one) == 1 for one in listed):
        return {tuple(one[0][1] for one in listed)}
    found: set[tuple[Intervals, ...]] = set()
    at = [0] * len(listed)
    for start in sorted({start for one in listed for start, _ in one}):
        for i, one in enumerate(listed):
            while at[i] + 1 < len(one) and one[at[i] + 1][0] <= start:
                at[i] += 1
        found.add(tuple(one[at[i]][1] for i, one in enumerate(listed)))
    return found
