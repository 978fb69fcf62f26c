"""A declared flow has no route.

## Why

Security groups may let a flow through that no packet can take: the target has no public address, a subnet has no way
out, two VPCs are not joined. Every hop on the way has to be there.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - api -> internet: 443 HTTPS  # expect: NET003
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.3.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.4.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
flows:
  - api -> internet: 443 HTTPS
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.broken_flows import broken, unknown
from archspec.graph.graph import Graph
from archspec.model.flow import Flow
from archspec.model.status import current

ID = "NET003"
NAME = "flow-without-route"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    "rel_planning_network_topology_ha_conn_users",
)


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the current flows."""
    return current(graph.architecture.flows)


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow once for every pair of ends between which no packet finds its way, there or back."""
    for one in broken(graph, flow):
        blocked = one.blocks("route")
        if blocked:
            source, target = one.ends
            message = f"there is no way from {source} to {target}: {blocked[0].text}"
            fix = one.fix("route") or "give it the route that is missing, or remove the flow"
            yield unknown(graph, flow, one) or Violation(flow.id, flow.path, message, fix, one.hops)
