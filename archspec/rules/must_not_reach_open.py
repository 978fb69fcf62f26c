"""What must not be reachable, as `must_not_reach` says, is open from at least one address on at least one port.

## Why

What must never happen deserves a test of its own, one that fails in the pull request that makes it possible. It is
open when any subnet, address and port of the two ends would let a connection through, at once; ways through others are
judged by NET005, and `archspec impact` shows them.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    desk-sg: {}
    db-sg: {ingress: [{from: desk-sg, port: 5432}]}
compute:
  services:
    desk: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [desk-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
must_not_reach:
  - desk -> db: all  # expect: NET024
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    desk-sg: {}
    db-sg: {ingress: [{from: desk-sg, port: 5432}]}
compute:
  services:
    desk: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [desk-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [db-sg]}
must_not_reach:
  - desk -> db: 22
  - internet -> db: all
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.assertions import unjudged
from archspec.graph.graph import End, Graph
from archspec.graph.intervals import intersect, spell, traffic
from archspec.graph.permits import possible
from archspec.graph.reach import reach_of
from archspec.graph.verdict import answers
from archspec.model.flow import MustNotReach
from archspec.model.status import current

ID = "NET024"
NAME = "must-not-reach-open"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "sec_network_protection_create_layers",
    "AC-4",
    "SC-7",
    "https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/what-is-network-access-analyzer.html",
)


def subjects(graph: Graph) -> Iterable[MustNotReach]:
    """Return the current assertions."""
    return current(graph.architecture.must_not_reach)


def check(graph: Graph, unwanted: MustNotReach) -> Iterator[Violation | Unknown]:
    """Fail an assertion once for every pair of its ends between which some of it is open."""
    asked = traffic(unwanted.port, unwanted.transport)
    senders, receivers = _apart(graph, unwanted.source), _apart(graph, unwanted.target)
    if not (senders and receivers):
        yield unjudged(unwanted)
    for sender, receiver in ((one, other) for one in senders for other in receivers if one is not other):
        opened = intersect(possible(graph, sender, receiver), asked)
        if opened:
            message = f"{sender.id} may open {spell(opened)} on {receiver.id}, and must not"
            witness = answers(graph, sender.id, receiver.id, opened)[0].hops
            yield Violation(unwanted.id, unwanted.path, message, "remove or narrow what opens it", witness)


def _apart(graph: Graph, id_: str) -> list[End]:
    """Return one of each of the ends that are alike: the others have the same permits."""
    alike = reach_of(graph).first_alike
    return list({alike.get(end.id, end.id): end for end in reversed(graph.ends(id_))}.values())
