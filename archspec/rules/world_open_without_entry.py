"""A security group lets the whole internet in to something that no flow declares as an entry.

## Why

Few things are meant to be opened by everybody: a load balancer that faces the internet, what a flow leads to from
outside. A group that is open to the world on anything else is open by mistake, and one public address or one route
away from being used. Ports on which nothing behind the group listens are NET007's.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg:
      ingress:
        - {from: 0.0.0.0/0, port: 8080}  # expect: SEC002
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: 443}]}
    api-sg: {ingress: [{from: alb-sg, port: 8080}]}
    relay-sg: {ingress: [{from: internet, port: 3478, protocol: udp}]}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      security_groups: [alb-sg]
      listeners: [{port: 443, protocol: HTTPS, certificate: cert, forward: api}]
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [public-a, public-b], security_groups: [api-sg]}
    relay:
      port: 3478
      transport: udp
      desired: 2
      public_ip: true
      subnets: [public-a, public-b]
      security_groups: [relay-sg]
security:
  certificates: {cert: {}}
flows:
  - internet -> relay: 3478/udp STUN
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.declared_entries import declared_open
from archspec.graph.graph import Attached, Graph, listens
from archspec.graph.group_members import group_members
from archspec.graph.group_rules import GroupRule, ingress_rules
from archspec.graph.intervals import EVERYTHING, Intervals, intersect, spell, subtract
from archspec.graph.open_to_internet import is_world, opened_to_world, raised
from archspec.graph.shortened import and_more
from archspec.model.network import SecurityGroup

ID = "SEC002"
NAME = "world-open-without-entry"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "EC2.18",
    "EC2.19",
    "AC-4",
    "SC-7",
    "sec_network_protection_layered",
)


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the groups that something current has and that let everybody in."""
    groups = graph.architecture.network.security_groups
    used = [groups[id_] for id_ in group_members(graph) if groups[id_].status == "current"]
    return [group for group in used if any(is_world(graph, rule.peer) for rule in group.ingress)]


def check(graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail each rule that lets everybody in to a member that is no declared entry there."""
    for rule in ingress_rules(group):
        if not is_world(graph, rule.peer):
            continue
        found = [(one, left) for one in _members(graph, group) if (left := _undeclared(graph, rule, one))]
        if found:
            yield _violation(graph, rule, found)


def _members(graph: Graph, group: SecurityGroup) -> Iterator[Attached]:
    return (member for alike in group_members(graph)[group.id] for member in alike)


def _undeclared(graph: Graph, rule: GroupRule, member: Attached) -> Intervals:
    answered = intersect(rule.traffic, listens(member) or EVERYTHING)
    return subtract(answered, declared_open(graph, member))


def _violation(graph: Graph, rule: GroupRule, found: list[tuple[Attached, Intervals]]) -> Violation:
    exposed = [one for one, left in found if intersect(left, opened_to_world(graph, one))]
    worst = exposed[0] if exposed else found[0][0]
    left = next(left for one, left in found if one is worst)
    named = and_more(worst.id, len(found) - 1)
    message = f"{rule.group.id} lets {rule.peer} in on {spell(left)} to {named}, and no flow declares that"
    hops = tuple(
        Hop("note", f"{one.id} has a public address, so everybody gets there", one.path) for one in exposed[:1]
    )
    fix = f"name the groups that need it, or declare `- internet -> {worst.id}: …`"
    return Violation(rule.group.id, rule.path, message, fix, hops, at_least=raised(graph, worst))
