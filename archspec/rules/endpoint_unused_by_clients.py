"""An endpoint is there, and what should use it does not.

## Why

An interface endpoint is used by a service's own name only while private DNS is on, in a VPC whose DNS is on. A gateway
endpoint is used by the subnets whose route tables have it. Where that is missing nothing fails at first: requests leave
through the NAT gateway, are paid for, and stop on the day that the NAT gateway goes.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  internet_gateways: {igw: }
  route_tables:
    public-rt:  {subnets: [public-a],  routes: [{destination: 0.0.0.0/0, target: igw}]}
    private-rt: {subnets: [private-a], routes: [{destination: 0.0.0.0/0, target: nat}]}
  security_groups: {api-sg: {}}
  endpoints:
    s3: {service: s3, type: gateway, route_tables: [public-rt]}  # expect: NET016
compute:
  services: {api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}}
data:
  buckets: {files: }
flows:
  - api -> files: 443 HTTPS
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  internet_gateways: {igw: }
  route_tables:
    public-rt:  {subnets: [public-a],  routes: [{destination: 0.0.0.0/0, target: igw}]}
    private-rt: {subnets: [private-a], routes: [{destination: 0.0.0.0/0, target: nat}]}
  security_groups: {api-sg: {}}
  endpoints:
    s3: {service: s3, type: gateway, route_tables: [private-rt]}
compute:
  services: {api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}}
data:
  buckets: {files: }
flows:
  - api -> files: 443 HTTPS
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.endpoints import vpc_of
from archspec.graph.graph import Attached, Graph
from archspec.graph.service_ways import users
from archspec.model.network import Endpoint, Vpc

ID = "NET016"
NAME = "endpoint-unused-by-clients"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "rel_planning_network_topology_ha_conn_users",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
)


def subjects(graph: Graph) -> Iterable[Endpoint]:
    """Return the current endpoints of whose service something in their VPC makes use."""
    known = users(graph)
    endpoints = graph.architecture.network.endpoints.values()
    return [one for one in endpoints if one.status == "current" and (vpc_of(graph, one), one.service) in known]


def check(graph: Graph, endpoint: Endpoint) -> Iterator[Violation | Unknown]:
    """Fail an endpoint that the service's name does not lead to, or that a client's route tables lack.

    Whether its groups let its clients in is found with their flows, and with the images of their tasks.
    """
    clients = users(graph)[vpc_of(graph, endpoint), endpoint.service]
    if endpoint.type == "gateway":
        yield from _gateway(graph, endpoint, clients.values())
        return
    vpc = graph.architecture.network.vpcs.get(vpc_of(graph, endpoint))
    why = _why(endpoint, vpc)
    if why:
        message = f"{', '.join(list(clients)[:3])} does not use {endpoint.id}: {why[0]}"
        yield Violation(endpoint.id, endpoint.path, message, why[1])


def _why(endpoint: Endpoint, vpc: Vpc | None) -> tuple[str, str] | None:
    """Say why a service's own name does not lead to an interface endpoint, and what to write."""
    if endpoint.private_dns is False:
        return "its private DNS is off, so the service's name leads to public addresses", "write `private_dns: true`"
    for key in ("dns_support", "dns_hostnames"):
        if vpc is not None and getattr(vpc, key) is False:
            return f"private DNS needs `{key}`, which is off in {vpc.id}", f"write `{key}: true` on {vpc.id}"
    return None


def _gateway(graph: Graph, endpoint: Endpoint, clients: Iterable[Attached]) -> Iterator[Violation | Unknown]:
    if not endpoint.route_tables:
        yield Unknown(endpoint.id, endpoint.path, f"{endpoint.id}.route_tables")
        return
    lacking: dict[str, str] = {}
    for client in clients:
        for subnet in client.subnets:
            table = graph.route_tables.get(subnet)
            if table is None or table.id not in endpoint.route_tables:
                lacking.setdefault(table.id if table else subnet, f"{client.id} in {subnet}")
    if lacking:
        names = ", ".join(lacking)
        message = f"{endpoint.id} is in no route of {names}, so {next(iter(lacking.values()))} does not use it"
        place = (*endpoint.path, "route_tables")
        yield Violation(endpoint.id, place, message, f"add to the route_tables of {endpoint.id}: {names}")
