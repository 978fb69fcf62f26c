"""Network ACLs: which of them surrounds a subnet, and what its entries let through, the first that fits deciding.

They are stateless, so that answers have to be let through as well, and AWS asks them at the border of a subnet only.
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from archspec.errors import KeyPath
from archspec.graph.blocks import ALL, Block, Pieces, meets, parts
from archspec.graph.graph import Graph
from archspec.graph.intervals import EVERYTHING, NOTHING, Intervals, intersect, subtract, traffic, union
from archspec.graph.peers import meant
from archspec.model.network import Nacl, NaclRule, Subnet
from archspec.model.ports import ALL_PORTS
from archspec.model.status import current

Direction = Literal["ingress", "egress"]
DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")


class Entry(NamedTuple):
    """An entry of a network ACL, with its number: the stated one, or what AWS's habit would give it."""

    nacl: Nacl
    number: int
    rule: NaclRule
    traffic: Intervals
    blocks: tuple[Block, ...]
    path: KeyPath


def nacl_of(graph: Graph, subnet: Subnet) -> Nacl | None:
    """Return the network ACL that surrounds a subnet; AWS's own, which lets everything through, is none."""
    return _by_subnet(graph).get(subnet.id)


def is_open(graph: Graph, subnet: Subnet) -> bool:
    """Whether nothing is denied at the border of a subnet: in each direction, the first entry allows everything."""
    nacl = nacl_of(graph, subnet)
    return nacl is None or all(_allows_everything(entries(graph, nacl, one)) for one in DIRECTIONS)


def _allows_everything(found: Sequence[Entry]) -> bool:
    if not found:
        return True  # as `lets` has it
    first = found[0]
    return first.rule.allow and first.traffic == EVERYTHING and first.blocks == ALL


@lru_cache(maxsize=1)
def _by_subnet(graph: Graph) -> Mapping[str, Nacl]:
    nacls = reversed(current(graph.architecture.network.nacls.values()))
    return {subnet: nacl for nacl in nacls for subnet in nacl.subnets}


def numbers(rules: Sequence[NaclRule]) -> tuple[int, ...]:
    """Return the number of each rule. One without follows those written before it, in steps of 100.

    https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
    """
    found: list[int] = []
    for rule in rules:
        found.append(rule.number or (max(found, default=0) // 100 + 1) * 100)
    return tuple(found)


def entries(graph: Graph, nacl: Nacl, direction: Direction) -> tuple[Entry, ...]:
    """Return the entries for what comes in, or for what leaves, in the order in which AWS asks them."""
    known = _entries(graph)
    key = nacl.id, direction
    if key not in known:
        known[key] = tuple(_ordered(graph, nacl, direction))
    return known[key]


@lru_cache(maxsize=1)
def _entries(_graph: Graph) -> dict[tuple[str, Direction], tuple[Entry, ...]]:
    return {}


def _ordered(graph: Graph, nacl: Nacl, direction: Direction) -> list[Entry]:
    rules = nacl.ingress if direction == "ingress" else nacl.egress
    found = [
        Entry(nacl, number, rule, _traffic(rule), meant(graph, rule.peer, nacl), (*nacl.path, direction, i))
        for i, (rule, number) in enumerate(zip(rules, numbers(rules), strict=True))
    ]
    return sorted(found, key=lambda entry: entry.number)


def _traffic(rule: NaclRule) -> Intervals:
    """Return what an entry is about; icmp has no ports."""
    return traffic((ALL_PORTS,) if rule.protocol == "icmp" else rule.port, rule.protocol)


def lets(graph: Graph, subnet: Subnet, direction: Direction, block: Block) -> Pieces:
    """Return what a subnet's network ACL lets in from, or out to, which part of a block.

    A direction without any entry is not stated, and is taken to let everything through.
    """
    nacl = nacl_of(graph, subnet)
    found = entries(graph, nacl, direction) if nacl else ()
    if not found:
        return ((block.low, EVERYTHING),)
    cuts = [one for entry in found for one in entry.blocks]
    return tuple((part.low, first_match(about(found, part))) for part in parts(block, cuts))


def about(found: Iterable[Entry], part: Block) -> list[Entry]:
    """Return the entries that are about a part of a block which none of them splits."""
    return [entry for entry in found if any(meets(one, part) for one in entry.blocks)]


def first_match(found: Iterable[Entry]) -> Intervals:
    """Return what entries let through: each decides what is left over by those before it, and the rest is denied."""
    return _first_match(tuple((entry.rule.allow, entry.traffic) for entry in found))


@lru_cache(maxsize=4096)
def _first_match(found: tuple[tuple[bool, Intervals], ...]) -> Intervals:
    allowed, left = NOTHING, EVERYTHING
    for is_allowed, meant_ in found:
        if is_allowed:
            allowed = union(allowed, intersect(meant_, left))
        left = subtract(left, meant_)
    return allowed
