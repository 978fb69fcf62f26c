"""A subnet does not fit its VPC or overlaps another subnet.

## Why

AWS rejects a subnet whose block is not part of a block of its VPC, is larger than /16 or smaller than /28, or overlaps
another subnet. A VPC's own blocks have to be of such a size, too, and may not overlap. Blocks for IPv6 have a size from
/44 to /64, in steps of four.

## Fails

```yaml
network:
  vpcs:
    main: {cidr: 10.0.0.0/16, ipv6_cidr: "2001:db8:0:100::/56"}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.1.128/25}  # expect: DEP002
    data-c: {az: us-east-1c, tier: data, cidr: 10.1.0.0/24}  # expect: DEP002
    data-e: {az: us-east-1a, tier: data, cidr: 10.0.2.0/24, ipv6_cidr: "2001:db8:0:200::/64"}  # expect: DEP002
    data-d: {az: us-east-1d, tier: data, cidr: 10.0.9.0/29}  # expect: DEP002
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, secondary_cidrs: [10.1.0.0/16]}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/28}
    data-c: {az: us-east-1c, tier: data, cidr: 10.1.0.0/24}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Network
from archspec.model.network import Subnet, Vpc

ID = "DEP002"
NAME = "subnet-cidr-conflict"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
)

SIZES = {4: range(16, 29), 6: range(44, 65, 4)}
"""Version of IP → the lengths of prefix that a block may have."""


class _Held(NamedTuple):
    """A block of a subnet, and its place there."""

    subnet: Subnet
    place: KeyPath
    block: Network


def subjects(graph: Graph) -> Iterable[Vpc | Subnet]:
    """Return the current VPCs and subnets."""
    network = graph.architecture.network
    blocks: list[Vpc | Subnet] = [*network.vpcs.values(), *network.subnets.values()]
    return [one for one in blocks if one.status == "current"]


def check(graph: Graph, element: Vpc | Subnet) -> Iterator[Violation | Unknown]:
    """Fail a block of a size that AWS refuses, and a subnet outside its VPC or overlapping an earlier block."""
    for place, block in _blocks(element):
        sizes = SIZES[block.version]
        if block.prefixlen not in sizes:
            message = f"{element.id} {block} has a size that AWS refuses"
            fix = f"use a block from /{sizes[0]} to /{sizes[-1]}" + (", in steps of four" if sizes.step > 1 else "")
            yield Violation(element.id, (*element.path, *place), message, fix)
    if isinstance(element, Subnet):
        yield from _check_place(graph, element)
    else:
        yield from _check_blocks(element)


def _blocks(element: Vpc | Subnet) -> Iterator[tuple[KeyPath, Network]]:
    yield ("cidr",), element.cidr
    if isinstance(element, Vpc):
        yield from ((("secondary_cidrs", i), block) for i, block in enumerate(element.secondary_cidrs))
    if element.ipv6_cidr:
        yield ("ipv6_cidr",), element.ipv6_cidr


def _check_blocks(vpc: Vpc) -> Iterator[Violation]:
    """Fail a block of a VPC that overlaps one before it, by address."""
    last: Network | None = None
    for place, block in sorted(_blocks(vpc), key=lambda one: _address(one[1])):
        if last and block.version == last.version and int(block.network_address) <= int(last.broadcast_address):
            path = (*vpc.path, *place)
            yield Violation(
                vpc.id, path, f"{vpc.id} has the blocks {last} and {block}, which overlap", "choose another"
            )
        else:
            last = block


def _address(block: Network) -> tuple[int, int, int]:
    return block.version, int(block.network_address), block.prefixlen


def _check_place(graph: Graph, subnet: Subnet) -> Iterator[Violation | Unknown]:
    vpc = graph.architecture.network.vpcs.get(subnet.vpc)
    if vpc is None:
        yield Unknown(subnet.id, subnet.path, "vpc")
        return
    for place, block in _blocks(subnet):
        yield from _check_fit(subnet, vpc, place, block)
        overlap = _overlaps(graph).get((subnet.id, block))
        if overlap:
            other, key, theirs = overlap
            message = f"{subnet.id} {block} overlaps {other.id} {theirs}"
            hop = Hop("note", f"{other.id} {theirs}", (*other.path, *key))
            yield Violation(subnet.id, (*subnet.path, *place), message, "choose a free block", (hop,))


def _check_fit(subnet: Subnet, vpc: Vpc, place: KeyPath, block: Network) -> Iterator[Violation | Unknown]:
    held = [one for _, one in _blocks(vpc)]
    same = [one for one in held if one.version == block.version]
    if block.version == 6 and not same:
        yield Unknown(subnet.id, vpc.path, f"{vpc.id}.ipv6_cidr")
    elif not any(block.subnet_of(one) for one in same):  # type: ignore[arg-type]  # versions are equal
        blocks = ", ".join(str(one) for one in held)
        message = f"{subnet.id} {block} is not part of {vpc.id} ({blocks})"
        hop = Hop("note", f"{vpc.id} {blocks}", vpc.path)
        yield Violation(subnet.id, (*subnet.path, *place), message, "choose a block inside the VPC's", (hop,))


@lru_cache(maxsize=1)
def _overlaps(graph: Graph) -> dict[tuple[str, Network], _Held]:
    """Return subnet and block → what it overlaps before it, by address: sorted, an overlap shows at the next block."""
    found: dict[tuple[str, Network], _Held] = {}
    last: dict[tuple[str, int], _Held] = {}
    current = [one for one in graph.architecture.network.subnets.values() if one.status == "current"]
    held = [_Held(subnet, place, block) for subnet in current for place, block in _blocks(subnet)]
    for one in sorted(held, key=lambda each: _address(each.block)):
        key = (one.subnet.vpc, one.block.version)
        before = last.get(key)
        if before and int(one.block.network_address) <= int(before.block.broadcast_address):
            found[one.subnet.id, one.block] = before
        if before is None or int(one.block.broadcast_address) > int(before.block.broadcast_address):
            last[key] = one
    return found
