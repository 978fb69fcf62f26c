"""Which entries of network ACLs would let a connection and its answers through: one change for each list of entries."""

from collections.abc import Iterable, Iterator, Sequence

from archspec.graph.asking import Asking
from archspec.graph.blocks import Block, network_of, overlap
from archspec.graph.intervals import Intervals, by_protocol, intersect, union
from archspec.graph.legs import Asked
from archspec.graph.nacl_hops import gate, stopped_at
from archspec.graph.nacls import Direction, Entry, entries, nacl_of
from archspec.graph.repair_changes import Repair, Value, added, decided
from archspec.graph.route_repairs import nat_to_come
from archspec.model.element import INTERNET
from archspec.model.network import Nacl

_LEGS: tuple[Asked, ...] = (
    "acl-out", "nat-in", "nat-out", "acl-in", "answer-out", "nat-answer-in", "nat-answer-out", "answer-in",
)  # fmt: skip

_HIGHEST = 32766
"""The highest number of an entry. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html"""

Needed = dict[Block, Intervals]


def nacl_repairs(asking: Asking) -> Iterator[Repair]:
    """Yield the entries that are missing, for each network ACL and direction."""
    needed: dict[tuple[str, Direction], Needed] = {}
    for leg in _LEGS:
        for position in range(len(asking.found)):
            at = gate(asking, leg, position, nat_to_come(asking, position))
            nacl = nacl_of(asking.graph, at.subnet) if at else None
            if at and nacl and stopped_at(asking.graph, at)[1]:
                blocks = needed.setdefault((nacl.id, at.direction), {})
                blocks[at.block] = union(blocks.get(at.block, ()), at.traffic)
    nacls = asking.graph.architecture.network.nacls
    for (id_, direction), blocks in needed.items():
        found = entries(asking.graph, nacls[id_], direction)
        yield _added(nacls[id_], direction, found, blocks)


def _added(nacl: Nacl, direction: Direction, found: Sequence[Entry], needed: Needed) -> Repair:
    wanted = [
        (_peer(block), protocol, str(part))
        for block, traffic in sorted(needed.items())
        for protocol, part in by_protocol(traffic)
    ]
    numbers = _numbers(found, needed, len(wanted))
    if not numbers:
        return decided(
            "nacl", f"renumber the {direction} of {nacl.id}: something has to be allowed before it is denied", nacl.path
        )
    values: list[Value] = [
        {"number": number, "peer": peer, "protocol": protocol, **({"port": port} if protocol != "icmp" else {})}
        for number, (peer, protocol, port) in zip(numbers, wanted, strict=True)
    ]
    path = (*nacl.path, direction)
    return added("nacl", path, values, path if found else nacl.path)


def _peer(block: Block) -> str:
    return str(network_of(block)) if block.low >= 0 else INTERNET


def _numbers(found: Iterable[Entry], needed: Needed, count: int) -> list[int]:
    """Return so many numbers that are free, before every entry that denies some of what is needed."""
    taken = {entry.number for entry in found}
    denying = [entry.number for entry in found if not entry.rule.allow and _is_about(entry, needed)]
    free = (number for number in range(1, _HIGHEST + 1) if number not in taken)
    if not denying:
        start = (max(taken, default=0) // 100 + 1) * 100
        return [start + i for i in range(count)] if start + count <= _HIGHEST else [next(free) for _ in range(count)]
    before = [number for number in range(min(denying) - 1, 0, -1) if number not in taken][:count]
    return sorted(before) if len(before) == count else []


def _is_about(entry: Entry, needed: Needed) -> bool:
    return any(
        intersect(entry.traffic, traffic) and any(overlap(one, block) for one in entry.blocks)
        for block, traffic in needed.items()
    )
