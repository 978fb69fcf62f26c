"""Recovery objectives are stated, and something that needs one has none.

## Why

Whoever has to decide what to recover first, and how much to spend on it, needs a recovery time for every service and
store, and a recovery point for every store that holds what nothing else does. A part without one has an accident's
objective. Where none is wanted, `not_required` says why. For the loss of a whole Region a spec that says nothing is
unknown.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
data:
  databases:
    orders: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
    ledger: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}  # expect: REC008
recovery:
  targets:
    - {component: Orders, covers: [orders], rto: 15 minutes, rpo: 5 minutes}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {db-sg: {}}
data:
  databases:
    orders: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
    scratch: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
recovery:
  targets:
    - {component: Orders, covers: [orders], rto: 15 minutes, rpo: 5 minutes}
    - {component: Scratch, covers: [scratch], not_required: loaded anew every night}
    - {component: Region, disruptions: [region], not_required: the contract allows two days}
```
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery import JUDGED
from archspec.graph.recovery_objectives import Measure, targets_of, wanted_for
from archspec.model.compute import Service
from archspec.model.data import Database
from archspec.model.recovery import RecoveryArea
from archspec.model.status import current

ID = "REC008"
NAME = "recovery-targets-incomplete"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = ("rel_planning_for_recovery_objective_defined_recovery", "CP-10")


_MEASURES: tuple[Measure, ...] = ("rto", "rpo")


class Objectives(NamedTuple):
    """The objectives of the whole, as a subject."""

    id: str = "recovery objectives"
    path: KeyPath = ("recovery",)


def subjects(graph: Graph) -> Iterable[Objectives | Database | Service]:
    """Return the objectives of the whole where there is anything to recover, and what they have to cover."""
    databases, services = graph.architecture.data.databases, graph.architecture.compute.services
    all_: tuple[Database | Service, ...] = (*databases.values(), *services.values())
    found = current(all_)
    return [Objectives(), *found] if found else []


def check(graph: Graph, subject: Objectives | Database | Service) -> Iterator[Violation | Unknown]:
    """Fail a database or service that no objective covers, where others have one."""
    wanted = graph.architecture.recovery
    if isinstance(subject, Objectives):
        yield from _whole(wanted, subject)
        return
    measures: tuple[Measure, ...] = _MEASURES if isinstance(subject, Database) else ("rto",)
    lacking = [one for one in measures if _is_stated(wanted, one) and not _is_covered(graph, subject, one)]
    if lacking:
        words = " and ".join({"rto": "recovery time", "rpo": "recovery point"}[one] for one in lacking)
        message = f"{subject.id} has no {words} objective, and others have"
        fix = "cover it by a target, with `rto` and `rpo`, or with `not_required` and the reason"
        yield Violation(subject.id, subject.path, message, fix)


def _whole(wanted: RecoveryArea, subject: Objectives) -> Iterator[Unknown]:
    unstated = [one for one in _MEASURES if not _is_stated(wanted, one)]
    region = wanted.objectives.region_rto and wanted.objectives.region_rpo
    if len(unstated) == len(_MEASURES):
        yield Unknown(subject.id, subject.path, "recovery.objectives")
    elif unstated:
        yield Unknown(subject.id, subject.path, f"recovery.objectives.{unstated[0]}")
    elif not region and not any("region" in one.disruptions for one in wanted.targets):
        yield Unknown(subject.id, subject.path, "recovery.objectives.region_rto")


def _is_stated(wanted: RecoveryArea, measure: Measure) -> bool:
    """Whether any objective of that measure is stated: where there is none at all, nothing has been left out."""
    if measure == "rto":
        return wanted.objectives.rto is not None or any(one.rto for one in wanted.targets)
    return wanted.objectives.rpo is not None or any(one.rpo for one in wanted.targets)


def _is_covered(graph: Graph, element: Database | Service, measure: Measure) -> bool:
    """Whether an objective is stated for every disruption within the Region, or said not to be required."""
    return all(
        wanted_for(graph, element, disruption, measure)
        or any(one.not_required for one in targets_of(graph, element, disruption))
        for disruption in JUDGED
    )
