"""A Fargate task has no way to what it needs to start.

## Why

A Fargate task pulls its image, reads its secrets and writes its logs over its own network interface, in its own
subnets. Each of ECR's two services, S3 with the layers of images, CloudWatch Logs and Secrets Manager has to be
reachable from every one of them: by an endpoint, or through the internet. One that is not leaves the task in `PENDING`
until it is stopped with `ResourceInitializationError`.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, dns_support: true, dns_hostnames: true}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {ingress: [{from: 10.0.0.0/16, port: 80}]}
    endpoint-sg: {ingress: [{from: api-sg, port: 443}]}
  endpoints:
    ecr-api: {service: ecr.api, subnets: [data-a, data-b], security_groups: [endpoint-sg]}
    ecr-dkr: {service: ecr.dkr, subnets: [data-a, data-b], security_groups: [endpoint-sg]}
delivery:
  registries: {ecr: }
compute:
  services:
    api:  # expect: NET015
      {registry: ecr, port: 80, desired: 2, subnets: [data-a, data-b], security_groups: [api-sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, dns_support: true, dns_hostnames: true}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  route_tables: {data-rt: {subnets: [data-a, data-b]}}
  security_groups:
    api-sg: {ingress: [{from: 10.0.0.0/16, port: 80}]}
    endpoint-sg: {ingress: [{from: api-sg, port: 443}]}
  endpoints:
    ecr-api: {service: ecr.api, subnets: [data-a, data-b], security_groups: [endpoint-sg]}
    ecr-dkr: {service: ecr.dkr, subnets: [data-a, data-b], security_groups: [endpoint-sg]}
    s3: {service: s3, type: gateway, route_tables: [data-rt]}
delivery:
  registries: {ecr: }
compute:
  services:
    api: {registry: ecr, port: 80, desired: 2, subnets: [data-a, data-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.broken_flows import lacking
from archspec.graph.endpoints import in_vpc
from archspec.graph.graph import HTTPS, Graph
from archspec.graph.hops import hops_of
from archspec.graph.intervals import subtract
from archspec.graph.permits import permitted
from archspec.graph.service_ways import asking_for, comes_from_ecr, needs, unreached
from archspec.model.compute import Service

ID = "NET015"
NAME = "fargate-image-pull-path-missing"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "EC2.55",
    "EC2.56",
    "EC2.10",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
)


def subjects(graph: Graph) -> Iterable[Service]:
    """Return the current services on Fargate that stand in subnets."""
    services = graph.architecture.compute.services.values()
    return [one for one in services if one.status == "current" and one.launch == "fargate" and one.subnets]


def check(graph: Graph, service: Service) -> Iterator[Violation | Unknown]:
    """Fail a service that does not get to all that its tasks need.

    Where the image comes from is asked only of a service that gets to no registry at all: from the internet it gets to
    all of them. An endpoint whose place is not stated may be the way.
    """
    if _gets_out(graph, service) and not _uses_endpoints(graph, service):
        return
    wanted = needs(graph, service)
    lost = {name: subnets for name in wanted if (subnets := unreached(graph, service, name))}
    untold = [one for name in lost for one in in_vpc(graph, graph.vpc(service), name) if lacking(one)]
    if untold:
        yield Unknown(service.id, untold[0].path, f"{untold[0].id}.{lacking(untold[0])}")
    elif lost:
        yield _violation(graph, service, lost)
    elif not comes_from_ecr(service) and not _gets_out(graph, service):
        yield Unknown(service.id, service.path, f"{service.id}.registry")


def _violation(graph: Graph, service: Service, lost: dict[str, list[str]]) -> Violation:
    wanted = needs(graph, service)
    ways = "; ".join(f"{name} {wanted[name]}, from {', '.join(subnets)}" for name, subnets in lost.items())
    message = f"{service.id} does not get to {ways}"
    askings = [asking_for(graph, service, name) for name in lost]
    witness: tuple[Hop, ...] = hops_of(askings)
    fix = f"add endpoints for {', '.join(lost)} that its groups and subnets reach, or a NAT gateway"
    return Violation(service.id, service.path, message, fix, witness)


def _gets_out(graph: Graph, service: Service) -> bool:
    """Whether a service gets to the internet; asked once for those with the same groups and subnets."""
    known, key = _out(graph), (service.security_groups, service.subnets, service.public_ip)
    if key not in known:
        known[key] = not subtract(HTTPS, permitted(graph, service, graph.internet))
    return known[key]


@lru_cache(maxsize=1)
def _out(_graph: Graph) -> dict[tuple[object, ...], bool]:
    return {}


def _uses_endpoints(graph: Graph, service: Service) -> bool:
    if not graph.architecture.network.endpoints:
        return False
    vpc = graph.vpc(service)
    return any(in_vpc(graph, vpc, name) for name in needs(graph, service))
