"""A security group lets everything out to everywhere, and nothing that has it is declared to talk to anybody outside.

## Why

What breaks into an element loads its tools and sends what it finds over a connection that it opens itself. A store, or
a service that talks to nobody outside, needs no such rule.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    db-sg:
      egress:
        - {to: internet, protocol: all}  # expect: NET017
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    db-sg: {egress: []}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.group_rules import egress_rules
from archspec.graph.intervals import EVERYTHING
from archspec.model.compute import Service
from archspec.model.element import INTERNET, parse_network
from archspec.model.network import Internet, SecurityGroup

ID = "NET017"
NAME = "egress-to-anywhere"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "sec_network_protection_layered",
    "SC-7",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the groups that state what they let out, and that no service has: tasks fetch images and write logs."""
    users = _users(graph)
    groups = graph.architecture.network.security_groups.values()
    return [one for one in groups if one.egress and one.status == "current" and users.get(one.id) is True]


def check(_graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail the rules that let everything out to everywhere."""
    for rule in egress_rules(group):
        everywhere = rule.peer == INTERNET or ("/" in rule.peer and not parse_network(rule.peer).prefixlen)
        if everywhere and rule.traffic == EVERYTHING:
            message = f"{group.id} lets everything out to everywhere, and nothing that has it talks to anybody outside"
            yield Violation(group.id, rule.path, message, "let out what flows declare, or nothing: `egress: []`")


@lru_cache(maxsize=1)
def _users(graph: Graph) -> dict[str, bool]:
    """Return group → whether none of those that have it is a service or has a flow to the outside."""
    out = {end.id for one in graph.connections if isinstance(one.target, Internet) for end in one.sources}
    found: dict[str, bool] = {}
    for element in graph.attached:
        silent = not isinstance(element, Service) and element.id not in out
        for group in element.security_groups:
            found[group] = found.get(group, True) and silent
    return found
