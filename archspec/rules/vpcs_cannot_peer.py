"""Two VPCs cannot be peered, or a rule refers to a group in a VPC that is not peered.

## Why

AWS refuses to peer VPCs that share addresses, a VPC with itself, and the same two twice. A rule of a security group may
name a group of another VPC only while the two are peered; AWS does not find it otherwise.

## Fails

```yaml
network:
  vpcs: {shop: {cidr: 10.0.0.0/16}, data: {cidr: 10.0.128.0/17}, tools: {cidr: 10.2.0.0/16}}
  peerings:
    shop-data:
      vpcs: [shop, data]  # expect: DEP016
  security_groups:
    tool-sg: {vpc: tools}
    api-sg:
      vpc: shop
      ingress:
        - {from: tool-sg, port: 443}  # expect: DEP016
```

## Passes

```yaml
network:
  vpcs: {shop: {cidr: 10.0.0.0/16}, data: {cidr: 10.1.0.0/16}}
  peerings: {shop-data: {vpcs: [shop, data]}}
  security_groups:
    job-sg: {vpc: data}
    api-sg: {vpc: shop, ingress: [{from: job-sg, port: 443}]}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.routes import do_overlap
from archspec.model.network import Peering, SecurityGroup, Vpc
from archspec.model.status import current

ID = "DEP016"
NAME = "vpcs-cannot-peer"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "rel_planning_network_topology_non_overlap_ip",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
)


def subjects(graph: Graph) -> Iterable[Peering | SecurityGroup]:
    """Return the current peerings, and the security groups with rules that name a group of another VPC."""
    network = graph.architecture.network
    groups = [one for one in network.security_groups.values() if one.status == "current" and any(_strange(graph, one))]
    return [*(one for one in network.peerings.values() if one.status == "current"), *groups]


def check(graph: Graph, element: Peering | SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail a peering that AWS refuses, and each rule that names a group without a peering to it."""
    if isinstance(element, Peering):
        yield from _check_peering(graph, element)
        return
    for direction, i, peer in _strange(graph, element):
        if not element.vpc or not peer.vpc:
            yield Unknown(element.id, element.path, f"{peer.id if element.vpc else element.id}.vpc")
        elif frozenset({element.vpc, peer.vpc}) not in _peered(graph):
            message = f"{element.id} in {element.vpc} names {peer.id} in {peer.vpc}, and the two are not peered"
            path = (*element.path, direction, i)
            yield Violation(element.id, path, message, f"peer {element.vpc} and {peer.vpc}, or name addresses")


def _check_peering(graph: Graph, peering: Peering) -> Iterator[Violation]:
    path = (*peering.path, "vpcs")
    one, other = (graph.architecture.network.vpcs[id_] for id_ in peering.vpcs)
    if one.id == other.id:
        yield Violation(peering.id, path, f"{peering.id} joins {one.id} with itself", "name two VPCs")
        return
    if do_overlap(graph, peering):
        message = (
            f"{peering.id} joins {one.id} ({_blocks(one)}) and {other.id} ({_blocks(other)}), which share addresses"
        )
        hops = tuple(Hop("note", f"{vpc.id} {_blocks(vpc)}", (*vpc.path, "cidr")) for vpc in (one, other))
        yield Violation(peering.id, path, message, "give the VPCs blocks of their own", hops)
    first = _peered(graph)[frozenset(peering.vpcs)]
    if first is not peering:
        yield Violation(
            peering.id, path, f"{peering.id} joins {one.id} and {other.id}, as {first.id} does", "remove it"
        )


def _blocks(vpc: Vpc) -> str:
    return ", ".join(str(block) for block in (vpc.cidr, *vpc.secondary_cidrs))


def _strange(graph: Graph, group: SecurityGroup) -> Iterator[tuple[str, int, SecurityGroup]]:
    """Yield the rules that name a group which is, or may be, of another VPC: direction, position, and the group."""
    known = graph.architecture.network.security_groups
    sides = {"ingress": [rule.peer for rule in group.ingress], "egress": [rule.peer for rule in group.egress or ()]}
    for direction, peers in sides.items():
        for i, id_ in enumerate(peers):
            peer = known.get(id_)
            if peer is not None and peer.vpc != group.vpc:
                yield direction, i, peer


@lru_cache(maxsize=1)
def _peered(graph: Graph) -> Mapping[frozenset[str], Peering]:
    found: dict[frozenset[str], Peering] = {}
    for peering in current(graph.architecture.network.peerings.values()):
        found.setdefault(frozenset(peering.vpcs), peering)
    return found
