"""A security group has more rules, or an element more security groups, than AWS allows.

## Why

A group may have 60 rules in each direction, counted apart for IPv4 and IPv6, and a network interface 5 groups. Every
range of ports is a rule, and a prefix list counts as many as it may have entries: CloudFront's takes 55 of the 60. AWS
raises these quotas when asked, up to 16 groups, and to 1,000 for the product of both.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  prefix_lists: {cdn: {managed: cloudfront}}
  security_groups:
    alb-sg:
      ingress: [{from: cdn, port: "80, 443"}]  # expect: DEP004
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  prefix_lists: {cdn: {managed: cloudfront}}
  security_groups:
    alb-sg:
      ingress: [{from: cdn, port: 443}]
```
"""

from collections.abc import Iterable, Iterator, Sequence

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Attached, Graph
from archspec.model.network import EgressRule, IngressRule, PrefixList, SecurityGroup
from archspec.model.status import current

ID = "DEP004"
NAME = "security-group-beyond-quota"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html",
)

Rules = Sequence[IngressRule | EgressRule]


def subjects(graph: Graph) -> Iterable[SecurityGroup | Attached]:
    """Return the current security groups, and what has any."""
    groups = current(graph.architecture.network.security_groups.values())
    return [*groups, *(one for one in graph.attached if one.security_groups)]


def check(graph: Graph, element: SecurityGroup | Attached) -> Iterator[Violation | Unknown]:
    """Fail a group for the rules of a direction, and an element for the number of its groups."""
    if isinstance(element, SecurityGroup):
        for direction, rules in (("ingress", element.ingress), ("egress", element.egress or ())):
            yield from _check_rules(graph, element, (*element.path, direction), rules)
        return
    quotas = dated("quotas")
    count, allowed, most = len(set(element.security_groups)), "groups_per_interface", "most_groups_per_interface"
    if count > quotas[allowed]:
        message = (
            f"{element.id} has {count} security groups, AWS allows {quotas[allowed]}, and {quotas[most]} when asked"
        )
        fix = "join groups that always go together"
        yield Violation(element.id, (*element.path, "security_groups"), message, fix)


def _check_rules(graph: Graph, group: SecurityGroup, path: KeyPath, rules: Rules) -> Iterator[Violation | Unknown]:
    lists = graph.architecture.network.prefix_lists
    weights = [_weight(lists.get(rule.peer)) for rule in rules]
    counts = {"IPv4": 0, "IPv6": 0}
    for rule, weight in zip(rules, weights, strict=True):
        for family in _families(rule, lists.get(rule.peer)):
            counts[family] += (weight or 1) * (len(rule.port) if rule.protocol in {"tcp", "udp"} else 1)
    quotas = dated("quotas")
    family, count = max(counts.items(), key=lambda one: one[1])
    if count > quotas["rules_per_group"]:
        most = quotas["rules_times_groups"]
        ever = f", and never more than {most}" if count > most else ""
        message = f"{group.id} has {count} {path[-1]} rules for {family}, AWS allows {quotas['rules_per_group']}{ever}"
        yield Violation(group.id, path, message, "use groups as peers, or several groups", _hops(rules, weights, path))
    elif None in weights:
        unweighed = rules[weights.index(None)].peer
        yield Unknown(group.id, lists[unweighed].path, f"{unweighed}.max_entries")


def _weight(held: PrefixList | None) -> int | None:
    """Return how many rules a peer counts as; None where that is not stated."""
    if held is None:
        return 1
    known = dated("quotas")["prefix_lists"].get(held.managed)
    return held.max_entries or known or len(held.entries) or None


def _families(rule: IngressRule | EgressRule, held: PrefixList | None) -> tuple[str, ...]:
    """Return the quotas that a rule counts in: an address in its own, groups and everybody in both."""
    if held and held.entries:
        return (f"IPv{held.entries[0].version}",)
    if "/" in rule.peer and ":" in rule.peer:
        return ("IPv6",)
    return ("IPv4",) if "." in rule.peer else ("IPv4", "IPv6")


def _hops(rules: Rules, weights: Sequence[int | None], path: KeyPath) -> tuple[Hop, ...]:
    heavy = [(i, weight) for i, weight in enumerate(weights) if weight and weight > 1]
    return tuple(Hop("note", f"{rules[i].peer} counts as {weight} rules", (*path, i)) for i, weight in heavy[:5])
