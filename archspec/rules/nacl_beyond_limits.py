"""A network ACL has numbers, a size or subnets that AWS refuses.

## Why

The entries of one direction need different numbers from 1 to 32766, and by default there may be 20 of them for IPv4,
the last one that refuses everything included; 40 is the most that AWS raises this to. A subnet has one network ACL.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
  nacls:
    edge:
      subnets: [public-a]
      ingress:
        - {number: 100, peer: internet, port: 443, protocol: tcp}
        - {number: 100, peer: internet, port: 80, protocol: tcp}  # expect: DEP005
        - {number: 40000, peer: internet, port: 1024-65535, protocol: tcp}  # expect: DEP005
    second:
      subnets: [public-a]  # expect: DEP005
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
  nacls:
    edge:
      subnets: [public-a]
      ingress:
        - {number: 100, peer: internet, port: 443, protocol: tcp}
        - {number: 110, peer: internet, port: 1024-65535, protocol: tcp}
      egress: [{number: 100, peer: internet}]
```
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.network import Nacl, NaclRule
from archspec.model.status import current

ID = "DEP005"
NAME = "nacl-beyond-limits"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
)


def subjects(graph: Graph) -> Iterable[Nacl]:
    """Return the current network ACLs."""
    return current(graph.architecture.network.nacls.values())


def check(graph: Graph, nacl: Nacl) -> Iterator[Violation | Unknown]:
    """Fail a network ACL for its numbers, the number of its entries, and subnets that have another one before it."""
    for direction, rules in (("ingress", nacl.ingress), ("egress", nacl.egress)):
        path = (*nacl.path, direction)
        yield from _check_numbers(nacl, path, rules)
        yield from _check_size(nacl, path, rules)
    first = _first_nacls(graph)
    for i, subnet in enumerate(nacl.subnets):
        if first[subnet] is not nacl:
            other = first[subnet]
            message = f"{subnet} has the network ACLs {other.id} and {nacl.id}, and AWS keeps one of a subnet"
            hop = Hop("note", f"{other.id} names {subnet}, too", (*other.path, "subnets"))
            yield Violation(nacl.id, (*nacl.path, "subnets", i), message, "name the subnet in one of them", (hop,))


def _check_numbers(nacl: Nacl, path: KeyPath, rules: Sequence[NaclRule]) -> Iterator[Violation]:
    highest = dated("quotas")["highest_nacl_number"]
    seen: set[int] = set()
    for i, rule in enumerate(rules):
        place = (*path, i, "number")
        if rule.number is None:
            continue
        if rule.number > highest:
            message = f"{nacl.id} has an {path[-1]} rule with number {rule.number}, and numbers end at {highest}"
            yield Violation(nacl.id, place, message, f"choose a number from 1 to {highest}")
        if rule.number in seen:
            message = f"{nacl.id} has two {path[-1]} rules with number {rule.number}"
            yield Violation(nacl.id, place, message, "give each rule a number of its own")
        seen.add(rule.number)


def _check_size(nacl: Nacl, path: KeyPath, rules: Sequence[NaclRule]) -> Iterator[Violation]:
    quotas = dated("quotas")
    counts = Counter[str]()
    for rule in rules:
        counts["IPv6" if ":" in rule.peer else "IPv4"] += len(rule.port) if rule.protocol in {"tcp", "udp"} else 1
    for family, count in sorted(counts.items()):
        if count + 1 > quotas["nacl_rules"]:  # one more that refuses what is left
            message = (
                f"{nacl.id} has {count + 1} {path[-1]} entries for {family}, the last one included; AWS allows "
                f"{quotas['nacl_rules']}, and {quotas['most_nacl_rules']} at most where the quota is raised"
            )
            yield Violation(nacl.id, path, message, "join ranges of ports or addresses")


@lru_cache(maxsize=1)
def _first_nacls(graph: Graph) -> Mapping[str, Nacl]:
    found: dict[str, Nacl] = {}
    for nacl in subjects(graph):
        for subnet in nacl.subnets:
            found.setdefault(subnet, nacl)
    return found
