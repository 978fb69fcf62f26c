"""A subnet does not fit its VPC or overlaps another subnet.

## Why

AWS rejects a subnet whose block is not part of a block of its VPC, is larger than /16 or smaller than /28, or overlaps
another subnet. A VPC's own block has to be of such a size, too.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.1.128/25}  # expect: DEP002
    data-c: {az: us-east-1c, tier: data, cidr: 10.1.0.0/24}  # expect: DEP002
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

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import Subnet, Vpc

ID = "DEP002"
NAME = "subnet-cidr-conflict"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
)

LARGEST_PREFIX, SMALLEST_PREFIX = 16, 28


def subjects(graph: Graph) -> Iterable[Vpc | Subnet]:
    """Return the current VPCs and subnets."""
    network = graph.architecture.network
    blocks: list[Vpc | Subnet] = [*network.vpcs.values(), *network.subnets.values()]
    return [one for one in blocks if one.status == "current"]


def check(graph: Graph, element: Vpc | Subnet) -> Iterator[Violation | Unknown]:
    """Fail a block of a size that AWS refuses, and a subnet outside its VPC or overlapping an earlier block."""
    if element.cidr.version == 4 and not LARGEST_PREFIX <= element.cidr.prefixlen <= SMALLEST_PREFIX:
        message = f"{element.id} {element.cidr} has a size that AWS refuses"
        fix = f"use a block from /{LARGEST_PREFIX} to /{SMALLEST_PREFIX}"
        yield Violation(element.id, (*element.path, "cidr"), message, fix)
    if isinstance(element, Subnet):
        yield from _check_place(graph, element)


def _check_place(graph: Graph, subnet: Subnet) -> Iterator[Violation | Unknown]:
    place = (*subnet.path, "cidr")
    vpc = graph.architecture.network.vpcs.get(subnet.vpc)
    if vpc is None:
        yield Unknown(subnet.id, subnet.path, "vpc")
        return
    if not _fits(subnet, vpc):
        blocks = ", ".join(str(block) for block in (vpc.cidr, *vpc.secondary_cidrs))
        message = f"{subnet.id} {subnet.cidr} is not part of {vpc.id} ({blocks})"
        hop = Hop("note", f"{vpc.id} {blocks}", vpc.path)
        yield Violation(subnet.id, place, message, "choose a block inside the VPC's", (hop,))
    other = _overlaps(graph).get(subnet.id)
    if other:
        message = f"{subnet.id} {subnet.cidr} overlaps {other.id} {other.cidr}"
        hop = Hop("note", f"{other.id} {other.cidr}", (*other.path, "cidr"))
        yield Violation(subnet.id, place, message, "choose a free block", (hop,))


def _fits(subnet: Subnet, vpc: Vpc) -> bool:
    blocks = [block for block in (vpc.cidr, *vpc.secondary_cidrs) if block.version == subnet.cidr.version]
    return any(subnet.cidr.subnet_of(block) for block in blocks)  # type: ignore[arg-type]  # versions are equal


@lru_cache(maxsize=1)
def _overlaps(graph: Graph) -> dict[str, Subnet]:
    """Return subnet → a subnet before it, by address, that it overlaps: sorted, an overlap shows at the next block."""
    found: dict[str, Subnet] = {}
    last: dict[tuple[str, int], Subnet] = {}
    current = [one for one in graph.architecture.network.subnets.values() if one.status == "current"]
    for subnet in sorted(
        current,
        key=lambda one: (one.cidr.version, int(one.cidr.network_address), one.cidr.prefixlen),
    ):
        key = (subnet.vpc, subnet.cidr.version)
        before = last.get(key)
        if before and int(subnet.cidr.network_address) <= int(before.cidr.broadcast_address):
            found[subnet.id] = before
        if before is None or int(subnet.cidr.broadcast_address) > int(before.cidr.broadcast_address):
            last[key] = subnet
    return found
