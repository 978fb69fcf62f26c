"""A security group that nothing uses.

## Why

A group without members protects nothing and is kept, reviewed and one day attached by mistake. A reference from
another unused group is no use either.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    old-sg: {}  # expect: NET008
    older-sg: {ingress: [{from: old-sg, port: 443}]}  # expect: NET008
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Edit, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.group_rules import egress_rules, ingress_rules
from archspec.model.network import SecurityGroup
from archspec.model.status import current

ID = "NET008"
NAME = "unused-security-group"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = ("EC2.22", "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html")


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the security groups."""
    return current(graph.architecture.network.security_groups.values())


def check(graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail a group that no element has and no used group refers to."""
    if group.id not in _used(graph):
        message = f"{group.id} is attached to nothing, and no group in use refers to it"
        yield Violation(group.id, group.path, message, "remove it, or attach it", edits=(Edit(group.path, "remove"),))


@lru_cache(maxsize=1)
def _used(graph: Graph) -> frozenset[str]:
    """Return the attached groups and, from them on, every group that a used one refers to."""
    groups = graph.architecture.network.security_groups
    waiting = sorted({id_ for element in graph.attached for id_ in element.security_groups})
    used = set(waiting)
    while waiting:
        group = groups[waiting.pop()]
        for rule in (*ingress_rules(group), *egress_rules(group)):
            if rule.peer in groups and rule.peer not in used:
                used.add(rule.peer)
                waiting.append(rule.peer)
    return frozenset(used)
