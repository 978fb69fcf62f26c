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
from ipaddress import ip_network

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import DEFAULT_PORTS
from archspec.model.element import INTERNET, is_block
from archspec.model.network import IngressRule, SecurityGroup

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

_WIDE = {4: 8, 6: 32}
"""IP version → the prefix from which on a block is no longer taken for the internet: a provider's own /8, or /32."""


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the security groups."""
    return [group for group in graph.architecture.network.security_groups.values() if group.status == "current"]


def check(_graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail each rule that opens such a port to the world."""
    for i, rule in enumerate(group.ingress):
        if found := _open(rule):
            ports = ", ".join(f"{port} ({_PORTS[port]})" for port in found[:3]) + (
                " and more" if len(found) > 3 else ""
            )
            message = f"{group.id} lets {rule.peer} in on {ports}"
            fix = "name the group or the addresses that need it, or use Session Manager and a VPN"
            yield Violation(group.id, (*group.path, "ingress", i), message, fix)


def _open(rule: IngressRule) -> list[int]:
    if rule.protocol not in {"tcp", "all"} or not _is_world(rule.peer):
        return []
    if rule.protocol == "all":
        return list(_PORTS)
    return [port for port in _PORTS if any(part.low <= port <= part.high for part in rule.port)]


def _is_world(peer: str) -> bool:
    if peer == INTERNET or not is_block(peer):
        return peer == INTERNET
    block = ip_network(peer, strict=False)
    return block.prefixlen < _WIDE[block.version]
