"""Flows do not survive the loss of an Availability Zone.

## Why

An Availability Zone is what AWS expects to fail as a whole. A system that is meant to go on without one has to be there
in another already: tasks, a standby that takes over, a NAT gateway, an endpoint. What has to be started first waits
for AWS's control plane on the day on which everybody else does.

Each zone is taken away, with every task, instance, NAT gateway and endpoint in it; a flow survives where what remains
of its source reaches what remains of its target. A flow of a cluster stops in part where other services of it go on, as
does one to a store that can still be read. What may stand in the lost zone, as nobody says otherwise, may stop. Flows
that say `hard: false` are left out. Elements without a zone (S3, SQS, Route 53) are assumed to go on.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  nat_gateways:
    nat: {subnet: public-a}  # expect: AVL005
  security_groups: {sg: {}}
compute:
  services:
    worker: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
    mailer: {desired: 2, subnets: [private-b], security_groups: [sg]}  # expect: AVL005
flows:
  - worker -> internet: 443 HTTPS
  - mailer -> internet: 443 HTTPS
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  nat_gateways: {nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}
  security_groups: {sg: {}}
compute:
  services:
    worker: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
flows:
  - worker -> internet: 443 HTTPS
```
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.replicas import is_untold, place
from archspec.graph.survival import Loss, Zone, flows_by_environment, losses, zones

ID = "AVL005"
NAME = "lost-with-an-az"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "CP-10",
    "SC-36",
    "rel_withstand_component_failures_static_stability",
    "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html",
)

_SHOWN = 20
"""As many lost elements are named; a system in one zone loses all of its own."""


def subjects(graph: Graph) -> Iterable[Zone]:
    """Return the zones in which something stands that flows begin or end at."""
    return [zone for zone in zones(graph) if flows_by_environment(graph).get(zone.environment)]


def check(graph: Graph, zone: Zone) -> Iterator[Violation | Unknown]:
    """Fail a zone whose loss stops a hard flow, with what is lost first of each; unknown where that is not told."""
    hard = [loss for loss in losses(graph, zone) if loss.flow.hard is not False]
    lost = [loss for loss in hard if not is_untold(loss.lost) or loss.effect == "stops"]
    if lost:
        all_ = sum(flow.hard is not False for flow in flows_by_environment(graph)[zone.environment])
        message = f"the loss of {zone.id} {_counted(lost, all_)}: {_told(lost[:1], zone)}"
        fix = "let what is lost stand in another zone too, or say `hard: false` of flows that may stop"
        yield Violation(zone.id, place(lost[0].lost), message, fix, tuple(_witness(lost, zone)))
    elif hard:
        yield Unknown(zone.id, hard[0].lost.path, f"{hard[0].lost.id}.desired")


def _counted(lost: Sequence[Loss], all_: int) -> str:
    """Count what stops, what stops in part and what may: `stops 1 of 5 flows, 2 in part, and may stop 1`."""
    found: list[str] = []
    for verb, losses_ in (("stops", [one for one in lost if not _may(one)]), ("may stop", [*filter(_may, lost)])):
        in_part = sum(map(_is_in_part, losses_))
        numbers = [(len(losses_) - in_part, ""), (in_part, " in part")]
        for number, part in [one for one in numbers if one[0]]:
            share = "" if found else f" of {all_} flow{'s' * (all_ != 1)}"
            again = f"{verb} " if not any(one.startswith(verb) for one in found) else ""
            found.append(f"{again}{number}{share}{part}")
    *before, last = found
    return f"{', '.join(before)}, and {last}" if before else last


def _may(loss: Loss) -> bool:
    return loss.effect == "may stop"


def _is_in_part(loss: Loss) -> bool:
    """Whether some of a flow goes on: other services of a cluster, or reading from a store that nobody writes to."""
    return loss.partly or loss.effect == "stops writing"


def _told(losses_: Sequence[Loss], zone: Zone) -> str:
    """Write the first of the flows that one element takes along, and how many more there are."""
    first = losses_[0]
    more = f" and {len(losses_) - 1} more" if len(losses_) > 1 else ""
    part = " in part" if _is_in_part(first) else ""
    return f"{first.flow.id}{part}{more}, as {first.lost.id} {first.effect} with {zone.az}"


def _witness(lost: Sequence[Loss], zone: Zone) -> Iterator[Hop]:
    """Yield each element that is lost, with the flows that it takes along."""
    found = _by_element(lost)
    for losses_ in list(found.values())[:_SHOWN]:
        yield Hop("blocked", _told(losses_, zone), place(losses_[0].lost))
    if len(found) > _SHOWN:
        yield Hop("note", f"and {len(found) - _SHOWN} more elements")


def _by_element(lost: Sequence[Loss]) -> Mapping[str, list[Loss]]:
    found: dict[str, list[Loss]] = {}
    for loss in lost:
        found.setdefault(loss.lost.id, []).append(loss)
    return found
