"""An interface endpoint cannot have private DNS names.

## Why

With private DNS names, the names of an AWS service lead to the endpoint within its VPC. AWS refuses that for a second
endpoint of the same service, as a name can lead to one only, and in a VPC whose DNS is turned off or gives no host
names.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, dns_hostnames: false}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {endpoint-sg: {}}
  endpoints:
    logs:
      service: logs
      subnets: [private-a]
      security_groups: [endpoint-sg]
      private_dns: true  # expect: DEP015
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, dns_support: true, dns_hostnames: true}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {endpoint-sg: {}}
  endpoints:
    logs: {service: logs, subnets: [private-a], security_groups: [endpoint-sg], private_dns: true}
    more-logs: {service: logs, subnets: [private-a], security_groups: [endpoint-sg], private_dns: false}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import Endpoint

ID = "DEP015"
NAME = "endpoint-names-conflict"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
)


def subjects(graph: Graph) -> Iterable[Endpoint]:
    """Return the interface endpoints with private DNS names, and where a service has two, those that do not say."""
    served = _served(graph)
    return [
        one
        for held in served.values()
        for one in held
        if one.private_dns or (one.private_dns is None and len(held) > 1)
    ]


def check(graph: Graph, endpoint: Endpoint) -> Iterator[Violation | Unknown]:
    """Fail an endpoint whose names another has before it, and one in a VPC without DNS or host names."""
    if endpoint.private_dns is None:
        yield Unknown(endpoint.id, endpoint.path, f"{endpoint.id}.private_dns")
        return
    path = (*endpoint.path, "private_dns")
    first = next(one for one in _served(graph)[endpoint.vpc, endpoint.service] if one.private_dns)
    if first is not endpoint:
        message = f"{endpoint.id} and {first.id} are both to have the names of {endpoint.service} in {endpoint.vpc}"
        hop = Hop("note", f"{first.id} has them", (*first.path, "private_dns"))
        yield Violation(endpoint.id, path, message, "state `private_dns: false`, or use one endpoint", (hop,))
    vpc = graph.architecture.network.vpcs.get(endpoint.vpc)
    if vpc is None:
        yield Unknown(endpoint.id, endpoint.path, f"{endpoint.id}.vpc")
        return
    off = next((key for key in ("dns_support", "dns_hostnames") if getattr(vpc, key) is False), "")
    if off:
        message = f"{endpoint.id} is to have private names in {vpc.id}, where `{off}` is off"
        hop = Hop("note", f"{vpc.id}: {off} is off", (*vpc.path, off))
        yield Violation(endpoint.id, path, message, f"state `{off}: true` on {vpc.id}", (hop,))
    elif vpc.dns_hostnames is None:
        yield Unknown(endpoint.id, vpc.path, f"{vpc.id}.dns_hostnames")


@lru_cache(maxsize=1)
def _served(graph: Graph) -> Mapping[tuple[str, str], list[Endpoint]]:
    """Return VPC and service → the current interface endpoints of it there."""
    found: dict[tuple[str, str], list[Endpoint]] = {}
    for one in graph.architecture.network.endpoints.values():
        if one.status == "current" and one.type == "interface":
            found.setdefault((one.vpc, one.service), []).append(one)
    return found
