"""A rule of a security group names a group that nothing has.

## Why

A rule whose peer is a group means what has that group. Where nothing has it, or only what stands in a VPC that no
peering joins, the rule lets nothing through: the connection that it was written for does not work, or was removed and
the rule was left behind.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups:
    old-api-sg: {status: removed}
    db-sg:
      ingress:
        - {from: old-api-sg, port: 5432}  # expect: NET009
data:
  databases: {db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  services: {api: {desired: 2, subnets: [data-a, data-b], security_groups: [api-sg]}}
data:
  databases: {db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}}
flows:
  - api -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph, is_attached
from archspec.graph.group_members import group_members
from archspec.graph.group_rules import GroupRule, egress_rules, ingress_rules
from archspec.model.network import SecurityGroup

ID = "NET009"
NAME = "group-reference-matches-nothing"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "sec_network_protection_layered",
    "UNKNOWN_PEERED_SGS",
    "AC-4",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
)


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the current groups that something has: the rules of the others are found unused with them."""
    members = group_members(graph)
    groups = graph.architecture.network.security_groups.values()
    return [group for group in groups if group.status == "current" and group.id in members]


def check(graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail each rule that names a group without members, or only with some that no peering leads to.

    What is only planned counts as a member: the rule is there in time for it.
    """
    groups = graph.architecture.network.security_groups
    for rule in (*ingress_rules(group), *egress_rules(group)):
        if rule.peer in groups and rule.peer not in _planned(graph):
            why = _why(graph, rule)
            if why:
                fix = "remove the rule, or name the group of those that are meant"
                yield Violation(group.id, rule.path, f"{group.id} names {rule.peer}, {why}", fix)


def _why(graph: Graph, rule: GroupRule) -> str:
    members = group_members(graph).get(rule.peer, [])
    if not members:
        return "which nothing has"
    vpcs = {subnet.vpc for those in members for subnet in graph.subnets(those[0])}
    near = {rule.group.vpc, *_peered(graph).get(rule.group.vpc, ())}
    if vpcs and rule.group.vpc and not vpcs & near:
        return f"whose members are all in {', '.join(sorted(vpcs))}, and no peering leads there from {rule.group.vpc}"
    return ""


@lru_cache(maxsize=1)
def _peered(graph: Graph) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in graph.architecture.network.peerings.values():
        for vpc in one.vpcs if one.status == "current" else ():
            found.setdefault(vpc, set()).update(one.vpcs)
    return found


@lru_cache(maxsize=1)
def _planned(graph: Graph) -> frozenset[str]:
    """Return the groups that something has which is not there yet, or is there at times."""
    elements = graph.architecture.elements.values()
    waiting = [one for one in elements if is_attached(one) and one.status in ("planned", "recommended", "disabled")]
    return frozenset(id_ for one in waiting for id_ in one.security_groups)
