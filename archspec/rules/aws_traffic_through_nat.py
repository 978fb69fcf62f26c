"""Traffic to S3 is paid for by the gigabyte at a NAT gateway, where a gateway endpoint would be free.

## Why

A NAT gateway takes money for each gigabyte that passes, also for what goes to AWS's own services. A gateway endpoint
for S3 costs nothing and keeps that traffic off it. Images count as well: the layers of an image in ECR are fetched from
S3, by every task that starts.

## Fails

```yaml
network:
  vpcs:
    main: {cidr: 10.0.0.0/16}  # expect: CST007
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  security_groups: {api-sg: {}}
compute:
  services: {api: {subnets: [private-a], security_groups: [api-sg], registry: images}}
delivery: {registries: {images: {}}}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  security_groups: {api-sg: {}}
  endpoints: {s3: {service: s3, type: gateway}}
compute:
  services: {api: {subnets: [private-a], security_groups: [api-sg], registry: images}}
delivery: {registries: {images: {}}}
```
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Attached, Graph, is_attached
from archspec.graph.shortened import and_more
from archspec.model.compute import Service
from archspec.model.network import Vpc

ID = "CST007"
NAME = "aws-traffic-through-nat"
SEVERITY = Severities(Severity.INFO, Severity.INFO, Severity.OFF)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
)

_FROM_S3 = ("bucket", "registry")


def subjects(graph: Graph) -> list[Vpc]:
    """Return the VPCs in which somebody gets to S3 through a NAT gateway, or would without an endpoint."""
    return [graph.architecture.network.vpcs[id_] for id_ in _users(graph)]


@lru_cache(maxsize=1)
def _users(graph: Graph) -> Mapping[str, list[str]]:
    """Return those who leave through a NAT gateway and fetch from S3 or ECR, by their VPC."""
    elements = graph.architecture.elements
    wanting: dict[str, Attached] = {}
    for flow in graph.architecture.flows:
        if flow.status == "current" and elements[flow.target].kind in _FROM_S3:
            wanting |= {end.id: end for end in graph.ends(flow.source) if is_attached(end)}
    wanting |= {one.id: one for one in graph.attached if isinstance(one, Service) and one.registry}
    gateways = graph.architecture.network.nat_gateways
    found: dict[str, list[str]] = {}
    for one in wanting.values():
        if graph.vpc(one) and any(graph.way_out(subnet) in gateways for subnet in graph.subnets(one)):
            found.setdefault(graph.vpc(one), []).append(one.id)
    return found


def check(graph: Graph, vpc: Vpc) -> Iterator[Violation | Unknown]:
    """Fail a VPC with such traffic and without an endpoint for S3."""
    endpoints = graph.architecture.network.endpoints.values()
    if any(one.service == "s3" and one.vpc == vpc.id and one.status == "current" for one in endpoints):
        return
    users = _users(graph)[vpc.id]
    named, does = and_more(users[0], len(users) - 1), "fetches" if len(users) == 1 else "fetch"
    message = f"{named} of {vpc.id} {does} from S3 or ECR through a NAT gateway, which is paid for by the gigabyte"
    yield Violation(vpc.id, vpc.path, message, "add the free one: `endpoints: {s3: {service: s3, type: gateway}}`")
