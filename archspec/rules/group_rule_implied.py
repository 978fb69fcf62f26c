"""A rule of a security group says what other rules of the group say already.

## Why

All rules of a group add up, so a rule that others cover changes nothing: whoever removes it to close a port has closed
nothing, and whoever narrows it has narrowed nothing.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    api-sg:
      ingress:
        - {from: 10.0.0.0/16, port: 8000-9000}
        - {from: 10.0.4.0/24, port: 8080}  # expect: NET010
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    api-sg:
      ingress:
        - {from: 10.0.0.0/16, port: 8000-9000}
        - {from: 10.0.4.0/24, port: 9443}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.group_rules import GroupRule, egress_rules, ingress_rules
from archspec.graph.intervals import intersect, spell, subtract, union
from archspec.model.element import INTERNET, is_block, parse_network
from archspec.model.network import SecurityGroup
from archspec.model.status import current

ID = "NET010"
NAME = "group-rule-implied"
SEVERITY = Severities(Severity.INFO, Severity.INFO, Severity.OFF)
REFERENCES = (
    "AC-4",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)


def subjects(graph: Graph) -> Iterable[SecurityGroup]:
    """Return the current groups."""
    return current(graph.architecture.network.security_groups.values())


def check(_graph: Graph, group: SecurityGroup) -> Iterator[Violation | Unknown]:
    """Fail every rule that wider rules of the same direction cover; of two that are alike, the second."""
    for rules in (tuple(ingress_rules(group)), tuple(egress_rules(group))):
        by_peer: dict[str, list[GroupRule]] = {}
        for rule in rules:
            by_peer.setdefault(_spelled(rule.peer), []).append(rule)
        for rule in rules if len(rules) > 1 else ():
            covering = list(_covering(rule, by_peer))
            if covering and not subtract(rule.traffic, union(*(one.traffic for one in covering))):
                yield _violation(group, rule, covering)


def _violation(group: SecurityGroup, rule: GroupRule, covering: list[GroupRule]) -> Violation:
    first = next(one for one in covering if intersect(one.traffic, rule.traffic))
    told = f"{spell(rule.traffic)} of {rule.peer} is let through by the rule for {first.peer} already"
    return Violation(f"{group.id}", rule.path, f"{group.id}: {told}", "remove the rule")


def _covering(rule: GroupRule, by_peer: dict[str, list[GroupRule]]) -> Iterator[GroupRule]:
    """Yield other rules whose peer means everybody that the rule's peer means."""
    for peer in _wider(rule.peer):
        for one in by_peer.get(peer, ()):
            alike = one.traffic == rule.traffic and _spelled(one.peer) == _spelled(rule.peer)
            if one is not rule and not (alike and one.path > rule.path):
                yield one


def _spelled(peer: str) -> str:
    return str(parse_network(peer)) if is_block(peer) else peer


def _wider(peer: str) -> Iterator[str]:
    """Yield the peer, every block around it, and the internet, which is everybody."""
    if is_block(peer):
        block = parse_network(peer)
        yield from (str(block.supernet(new_prefix=length)) for length in range(block.prefixlen + 1))
    elif peer != INTERNET:
        yield peer
    yield INTERNET
