"""A route leads nowhere: its target is gone, or cannot take it, or another route takes all of it.

## Why

A route table may be stated in full and still send packets into nothing: to a gateway that was removed, to one in
another VPC, over a peering that joins two others. AWS refuses some of these and keeps others as a blackhole, which no
alarm tells about.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  internet_gateways: {igw: }
  nat_gateways: {nat: {subnet: public-a, status: removed}}
  route_tables:
    public-rt: {subnets: [public-a], routes: [{destination: 0.0.0.0/0, target: igw}]}
    private-rt:
      subnets: [private-a]
      routes:
        - {destination: 0.0.0.0/0, target: nat}  # expect: NET014
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  internet_gateways: {igw: }
  nat_gateways: {nat: {subnet: public-a}}
  route_tables:
    public-rt: {subnets: [public-a], routes: [{destination: 0.0.0.0/0, target: igw}]}
    private-rt: {subnets: [private-a], routes: [{destination: 0.0.0.0/0, target: nat}]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.blocks import block_of, overlap, parts, vpc_networks
from archspec.graph.graph import Graph
from archspec.graph.routes import do_overlap
from archspec.model.network import InternetGateway, NatGateway, Peering, Route, RouteTable

ID = "NET014"
NAME = "route-target-invalid"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "rel_planning_network_topology_ha_conn_users",
    "BAD_STATE_ROUTE",
    "HIGHER_PRIORITY_ROUTE",
    "https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html",
)


def subjects(graph: Graph) -> Iterable[RouteTable]:
    """Return the current route tables that are stated."""
    tables = graph.architecture.network.route_tables.values()
    return [table for table in tables if table.status == "current" and not table.derived]


def check(graph: Graph, table: RouteTable) -> Iterator[Violation | Unknown]:
    """Fail each route that leads nowhere."""
    for i, route in enumerate(table.routes):
        why = _why(graph, table, route) or _captured(graph, table, i)
        if why:
            message = f"{table.id} sends {route.destination} to {route.target}, {why}"
            yield Violation(
                table.id, (*table.path, "routes", i), message, "name a target that takes it, or remove the route"
            )


def _why(graph: Graph, table: RouteTable, route: Route) -> str:
    """Say why the target does not take what the route sends; nothing of what is only planned."""
    target = graph.architecture.elements[route.target]
    if target.status in ("removed", "disabled"):
        return f"which is {target.status}"
    match target:
        case InternetGateway(vpc=vpc) if vpc != table.vpc:
            return f"which is the gateway of {vpc or 'no VPC'}, not of {table.vpc}"
        case NatGateway() if (vpc := graph.architecture.network.subnets[target.subnet].vpc) != table.vpc:
            return f"which stands in {vpc or 'no VPC'}, not in {table.vpc}"
        case NatGateway() if route.destination.version == 6 and not route.destination.prefixlen:
            return "which translates IPv4 only"
        case Peering():
            return _of_peering(graph, table, route, target)
        case _:
            return _of_own(graph, table, route)


def _of_peering(graph: Graph, table: RouteTable, route: Route, peering: Peering) -> str:
    vpcs = graph.architecture.network.vpcs
    if table.vpc not in peering.vpcs:
        return f"which joins {' and '.join(peering.vpcs)}, and not {table.vpc}"
    if do_overlap(graph, peering):
        return "which joins VPCs whose addresses overlap: AWS does not peer them"
    (other,) = (vpcs[id_] for id_ in peering.vpcs if id_ != table.vpc)
    block = block_of(route.destination)
    if not any(overlap(block_of(one), block) for one in vpc_networks(other)):
        return f"and no address of {other.id} is in it: peering leads no further"
    return _of_own(graph, table, route)


def _of_own(graph: Graph, table: RouteTable, route: Route) -> str:
    """Say that a route leads out of the VPC what is meant for an address in it."""
    vpc = graph.architecture.network.vpcs.get(table.vpc)
    block = block_of(route.destination)
    if vpc is not None and any(overlap(block_of(one), block) == block for one in vpc_networks(vpc)):
        return f"although it is a part of {vpc.id} itself"
    return ""


def _captured(graph: Graph, table: RouteTable, position: int) -> str:
    """Say that other routes of the table take everything that a route is for."""
    route, elements = table.routes[position], graph.architecture.elements
    own = block_of(route.destination)
    if any(one.destination == route.destination for one in table.routes[:position]):
        return "and a route before it has the same destination"
    longer = [
        block_of(one.destination)
        for one in table.routes
        if one.destination.prefixlen > route.destination.prefixlen and elements[one.target].status == "current"
    ]
    if own.low >= 0 and all(any(overlap(one, part) for one in longer) for part in parts(own, longer)):
        return "and more specific routes take all of it"
    return ""
