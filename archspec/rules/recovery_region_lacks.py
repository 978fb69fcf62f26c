"""What services need to start is not held in the Region that a recovery goes to.

## Why

The spec lists what lies ready in the other Region and what is copied. A service that is started there pulls its image
and reads its secrets there; where those lie only in the Region that was lost, nothing starts. What can be built again
from code is not asked for, and databases are the business of REC006.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
compute:
  services:
    app: {subnets: [private-a], security_groups: [], registry: images, secrets: [db-password]}
security:
  secrets:
    db-password: {}
delivery:
  registries:
    images: {}  # expect: REC013
recovery:
  region: us-west-2
  region_holds: [{what: secrets, covers: [db-password]}]
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
compute:
  services:
    app: {subnets: [private-a], security_groups: [], registry: images, secrets: [db-password]}
security:
  secrets:
    db-password: {}
delivery:
  registries:
    images: {}
recovery:
  region: us-west-2
  region_holds: [{what: secrets, covers: [db-password]}]
  copies: [{what: images, covers: [images], method: replicated to us-west-2}]
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.security import Secret
from archspec.model.status import current

ID = "REC013"
NAME = "recovery-region-lacks"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = ("rel_planning_for_recovery_config_drift", "CP-2")


def subjects(graph: Graph) -> Iterable[Element]:
    """Return the registries, secrets and stores of secrets that current services use, if a recovery goes elsewhere."""
    wanted, elements = graph.architecture.recovery, graph.architecture.elements
    if wanted.region in ("", graph.architecture.region):
        return []
    services = current(graph.architecture.compute.services.values())
    used = dict.fromkeys(id_ for one in services for id_ in (one.registry, *one.secrets) if id_)
    return [elements[id_] for id_ in used if elements[id_].status == "current"]


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail what no list covers, where the spec lists what the other Region holds; unknown where it lists nothing."""
    held = _held(graph)
    if element.id in held or (isinstance(element, Secret) and element.store in held):
        return
    wanted = graph.architecture.recovery
    if not wanted.region_holds:
        yield Unknown(element.id, element.path, "recovery.region_holds")
        return
    message = f"services need {element.id} to start, and nothing says that {wanted.region} holds it"
    fix = f"replicate it, and name {element.id} in `recovery.region_holds` or `recovery.copies`"
    yield Violation(element.id, element.path, message, fix)


@lru_cache(maxsize=1)
def _held(graph: Graph) -> frozenset[str]:
    wanted = graph.architecture.recovery
    copied = [one.covers for one in wanted.copies if one.status == "current"]
    lists = (*copied, *(one.covers for one in wanted.region_holds), *(one.covers for one in wanted.steps))
    return frozenset(id_ for covers in lists for id_ in covers)
