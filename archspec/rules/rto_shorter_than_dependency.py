"""A part has to be back sooner than something that it cannot work without.

## Why

A service that needs its database is back when the database is, whatever its own objective says. The strictest objective
among those who need a thing, directly or through others, is the one that it has to keep. Flows to databases, and
through RDS Proxies, count unless `hard: false` or `mode: async` says otherwise; flows to anything else count with
`hard: true`.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {app-sg: {}, db-sg: {ingress: [{from: app-sg, port: 5432}]}}
compute:
  services:
    app: {desired: 2, subnets: [data-a, data-b], security_groups: [app-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
flows:
  - app -> db: 5432 PostgreSQL
recovery:
  targets:
    - {component: Application, covers: [app], rto: 5 minutes}
    - {component: Database, covers: [db], rto: 15 minutes}  # expect: REC009
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {app-sg: {}, db-sg: {ingress: [{from: app-sg, port: 5432}]}}
compute:
  services:
    app: {desired: 2, subnets: [data-a, data-b], security_groups: [app-sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
flows:
  - app -> db: 5432 PostgreSQL
recovery:
  targets:
    - {component: Application, covers: [app], rto: 15 minutes}
    - {component: Database, covers: [db], rto: 5 minutes}
```
"""

from collections.abc import Iterable, Iterator

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_dependencies import chain, needed_by
from archspec.graph.recovery_objectives import targets_of, wanted_for
from archspec.model.element import Element

ID = "REC009"
NAME = "rto-shorter-than-dependency"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.INFO)
REFERENCES = (
    "rel_planning_for_recovery_objective_defined_recovery",
    "rel_mitigate_interaction_failure_graceful_degradation",
)


def subjects(graph: Graph) -> Iterable[Element]:
    """Return what something with a target of its own needs, and for which an objective is stated."""
    wanted, elements = graph.architecture.recovery, graph.architecture.elements
    if not any(one.rto for one in wanted.targets):
        return []
    needed = [elements[id_] for id_ in sorted(needed_by(graph)) if id_ in elements]
    return [one for one in needed if wanted_for(graph, one, "infrastructure", "rto")]


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail what may take longer than the strictest of those who need it."""
    own = wanted_for(graph, element, "infrastructure", "rto")
    strictest, start, _ = needed_by(graph)[element.id]
    if own is None or own.high <= strictest.high:
        return
    through = chain(graph, element.id)
    message = f"{element.id} may take {own}, and {start}, which needs it, has to be back in {strictest}"
    way = f" ({' -> '.join(through)})" if len(through) > 2 else ""
    fix = f"state an objective that is as short for {element.id}, or a longer one for {start}"
    yield Violation(element.id, _place(graph, element), message + way, fix)


def _place(graph: Graph, element: Element) -> KeyPath:
    own = [one for one in targets_of(graph, element, "infrastructure") if one.rto]
    return own[0].path if own else element.path
