"""The default security group of a VPC lets something through, or something has it.

## Why

AWS puts into a VPC's default group whatever names no group, and as AWS makes it, everything in it may talk to
everything else in it and to everywhere. It cannot be deleted, so it is emptied of rules, and nothing is put into it.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    default:
      egress: []
      ingress: [{from: default, protocol: all}]  # expect: SEC009
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: []}  # expect: SEC009
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    default: {egress: []}
    api-sg: {ingress: [{from: 10.0.0.0/16, port: 8080}]}
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Attached, Graph
from archspec.graph.open_to_internet import raised
from archspec.model.compute import Service
from archspec.model.data import Proxy, Store
from archspec.model.network import SecurityGroup

ID = "SEC009"
NAME = "default-security-group-in-use"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "EC2.2",
    "CIS 5.4",
    "AC-4(21)",
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
)


def subjects(graph: Graph) -> Iterator[SecurityGroup | Attached]:
    """Yield default groups that are stated, and what has one of them, or no group at all."""
    groups = graph.architecture.network.security_groups.values()
    yield from (group for group in groups if group.status == "current" and _is_default(group))
    default = {group.id for group in groups if _is_default(group)}
    for element in graph.attached:
        unnamed = not element.security_groups and isinstance(element, Service | Store | Proxy)
        if unnamed or not default.isdisjoint(element.security_groups):
            yield element


def check(graph: Graph, subject: SecurityGroup | Attached) -> Iterator[Violation | Unknown]:
    """Fail a default group with rules, and each of its members."""
    if not isinstance(subject, SecurityGroup):
        why = "is in the default security group" if subject.security_groups else "has no security group"
        message = f"{subject.id} {why}" + ("" if subject.security_groups else ", so AWS gives it the default one")
        place = (*subject.path, "security_groups")
        fix = "declare a group that lets in what it needs, and name it"
        yield Violation(subject.id, place, message, fix, at_least=raised(graph, subject))
        return
    if subject.ingress:
        message = f"{subject.id} is a default security group, and lets something in"
        yield Violation(subject.id, (*subject.path, "ingress"), message, "state no `ingress`")
    if subject.egress is None or subject.egress:
        message = f"{subject.id} is a default security group, and lets something out"
        yield Violation(subject.id, (*subject.path, "egress"), message, "state `egress: []`")


def _is_default(group: SecurityGroup) -> bool:
    """Whether the group is one that AWS made: no other may be called `default`."""
    return (group.name or group.id.rpartition("/")[2]) == "default"
