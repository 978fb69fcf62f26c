"""An element is attached to subnets, security groups or route tables of another VPC.

## Why

Subnets, security groups and route tables belong to one VPC. AWS refuses a network interface in one VPC with a security
group of another, a load balancer or a subnet group over several VPCs, and a route table or network ACL for a subnet of
another VPC.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
  subnets:
    private-a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {vpc: other, az: us-east-1b, tier: private, cidr: 10.1.1.0/24}
  security_groups: {api-sg: {vpc: other}}
  route_tables:
    out: {vpc: main, subnets: [private-b]}  # expect: DEP008
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg]}  # expect: DEP008
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
  subnets:
    private-a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {vpc: main, az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {vpc: main}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Attached, Graph, is_attached
from archspec.model.network import Endpoint, Nacl, RouteTable, SecurityGroup, Subnet

ID = "DEP008"
NAME = "attached-across-vpcs"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
)

Subject = Attached | RouteTable | Nacl
_Bounds = tuple[tuple[str, ...], tuple[str, ...]]


class _Part(NamedTuple):
    """What an element names in a field, and the VPC of it; "" where that is not stated."""

    key: str
    id: str
    vpc: str


def subjects(graph: Graph) -> Iterable[Subject]:
    """Return what has subnets, security groups or route tables."""
    network = graph.architecture.network
    tables: list[Subject] = [*network.route_tables.values(), *network.nacls.values()]
    return [*graph.attached, *(one for one in tables if one.status == "current")]


def check(graph: Graph, element: Subject) -> Iterator[Violation | Unknown]:
    """Fail an element of which a part is in another VPC than the first; one violation for each of its keys."""
    if _bounds(element) in _whole(graph):
        return
    parts = _parts(graph, element)
    silent = next((part for part in parts if not part.vpc), None)
    if silent:
        yield Unknown(element.id, element.path, f"{silent.id}.vpc" if silent.id != element.id else "vpc")
    stated = [part for part in parts if part.vpc]
    for key in dict.fromkeys(part.key for part in stated):
        strange = [part for part in stated if part.key == key and part.vpc != stated[0].vpc]
        if strange:
            named = ", ".join(part.id for part in strange[:3]) + (", …" if len(strange) > 3 else "")
            message = f"{element.id} belongs to {stated[0].vpc}, and {named} of its {key} to {strange[0].vpc}"
            yield Violation(element.id, (*element.path, key), message, "name those of one VPC")


def _bounds(element: Subject) -> _Bounds | None:
    """Return what decides where an element belongs, for those that name nothing but subnets and security groups."""
    if not is_attached(element) or isinstance(element, Endpoint):
        return None
    return element.subnets, element.security_groups


@lru_cache(maxsize=1)
def _whole(graph: Graph) -> frozenset[_Bounds]:
    """Return the subnets and groups that lie in one VPC: most elements have those of many others."""
    found = [(_bounds(first), {part.vpc for part in _parts(graph, first)}) for first, *_ in graph.alike]
    return frozenset(bounds for bounds, vpcs in found if bounds and len(vpcs) == 1 and "" not in vpcs)


def _parts(graph: Graph, element: Subject) -> list[_Part]:
    network = graph.architecture.network
    found = [_Part("subnets", id_, network.subnets[id_].vpc) for id_ in element.subnets]
    if isinstance(element, RouteTable | Nacl | Endpoint) and (element.vpc or not found):
        found.insert(0, _Part("vpc", element.id, element.vpc))
    if is_attached(element):
        found += _named("security_groups", element.security_groups, network.security_groups)
    if isinstance(element, Endpoint):
        found += _named("route_tables", element.route_tables, network.route_tables)
    return found


def _named(
    key: str, ids: Iterable[str], known: Mapping[str, SecurityGroup] | Mapping[str, RouteTable] | Mapping[str, Subnet]
) -> Iterator[_Part]:
    return (_Part(key, id_, known[id_].vpc) for id_ in ids)
