"""A security group lets the whole internet in on a port for administration, or of a database.

## Why

Whoever may open SSH, RDP or a database from anywhere is kept out by a password alone, and such ports are tried as soon
as they are open. A range counts if it holds one of them, and a block of more than a /8 counts as the internet.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    shell-sg:
      ingress:
        - {from: internet, port: 22}  # expect: SEC003
        - {from: 0.0.0.0/1, port: 3000-4000}  # expect: SEC003
        - {from: internet, protocol: all}  # expect: SEC003
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    shell-sg:
      ingress:
        - {from: 203.0.113.7/32, port: 22}
        - {from: internet, port: 443}
        - {from: internet, port: 4433, protocol: udp}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.group_rules import ingress_rules
from archspec.graph.intervals import intersect, traffic
from archspec.graph.open_to_internet import is_world
from archspec.model.data import DEFAULT_PORTS
from archspec.model.network import SecurityGroup
from archspec.model.ports import PortRange
from archspec.model.status import current

ID = "SEC003"
NAME = "admin-port-open-to-world"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "EC2.19",
    "EC2.13",
    "EC2.14",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
)

_PORTS = {22: "SSH", 3389: "RDP"} | {port: engine for engine, port in reversed(DEFAULT_PORTS.items())}
"""TCP port → what answers there."""

_TRAFFIC = {port: traffic((PortRange(port, port),)) for port in _PORTS}


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the security groups."""
    return current(graph.architecture.network.security_groups.values())


def check(graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail each rule that opens such a port to the world."""
    for rule in ingress_rules(group):
        if not is_world(graph, rule.peer):
            continue
        if found := [port for port, its in _TRAFFIC.items() if intersect(rule.traffic, its)]:
            ports = ", ".join(f"{port} ({_PORTS[port]})" for port in found[:3])
            message = f"{group.id} lets {rule.peer} in on {ports}{' and more' if found[3:] else ''}"
            fix = "name the group or the addresses that need it, or use Session Manager and a VPN"
            yield Violation(group.id, rule.path, message, fix)
