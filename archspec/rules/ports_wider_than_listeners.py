"""A security group lets in more ports than anything behind it listens on.

## Why

Every open port that nothing answers on is open for whatever starts to answer there next: a debug port, a second
process, an attacker's shell. The rule should name the ports that are used.

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
        - {from: 10.0.0.0/16, port: 8000-9000}  # expect: NET007
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {ingress: [{from: 10.0.0.0/16, port: 8080}]}}
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [api-sg]}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Edit, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph, is_attached, listens
from archspec.graph.group_members import group_members
from archspec.graph.group_rules import GroupRule, ingress_rules
from archspec.graph.intervals import Intervals, intersect, spell, subtract, traffic, union
from archspec.model.network import LoadBalancer, SecurityGroup
from archspec.model.ports import ALL_PORTS, PortRange, spell_ports

ID = "NET007"
NAME = "ports-wider-than-listeners"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "EC2.18",
    "EC2.19",
    "sec_network_protection_layered",
)


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the groups that something current has and that let anything in."""
    groups = graph.architecture.network.security_groups
    return [groups[id_] for id_ in group_members(graph) if groups[id_].ingress and groups[id_].status == "current"]


def check(graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail every rule that is wider than what the group's members listen on; a member without a port is unknown."""
    alike = group_members(graph)[group.id]
    for member in (member for members in alike for member in members):
        if not listens(member):
            key = "listeners" if isinstance(member, LoadBalancer) else "port"
            yield Unknown(group.id, member.path, f"{member.id}.{key}")
            return
    answered: Intervals = union(*(graph.heard[members[0].id] for members in alike))
    for rule in ingress_rules(group):
        surplus = subtract(rule.traffic, answered)
        if surplus:
            message = (
                f"{group.id} lets in {spell(rule.traffic)} from {rule.peer}, and nothing listens on {spell(surplus)}"
            )
            useful = intersect(rule.traffic, answered)
            fix = f"narrow the rule to {spell(useful)}" if useful else f"remove the rule; {spell(answered)} is answered"
            yield Violation(group.id, rule.path, message, fix, edits=tuple(_narrowed(graph, rule, useful)))


def _narrowed(graph: Graph, rule: GroupRule, useful: Intervals) -> Iterator[Edit]:
    """Yield the edits that leave one rule as wide as it is useful; none where that takes several rules.

    None either where a port is named that nothing listens on at all, as the listener may be what is missing, and for a
    group that something planned has, as nobody knows what that will listen on.
    """
    if not all(intersect((part,), useful) for part in rule.traffic):
        return
    protocols = [one for one in ("tcp", "udp") if intersect(useful, traffic((ALL_PORTS,), one))]
    if rule.group.id in _awaited(graph) or len(protocols) != 1 or subtract(useful, traffic((ALL_PORTS,), *protocols)):
        return
    (protocol,) = protocols
    first = traffic((ALL_PORTS,), protocol)[0][0]
    ports = tuple(PortRange(low - first, high - first) for low, high in useful)
    yield Edit((*rule.path, "port"), "set", spell_ports(ports))
    if rule.group.ingress[int(rule.path[-1])].protocol != protocol:
        yield Edit((*rule.path, "protocol"), "set", protocol)


@lru_cache(maxsize=1)
def _awaited(graph: Graph) -> frozenset[str]:
    """Return the groups that something has which is not there today."""
    elements = [one for one in graph.architecture.elements.values() if one.status != "current"]
    return frozenset(group for one in elements if is_attached(one) for group in one.security_groups)
