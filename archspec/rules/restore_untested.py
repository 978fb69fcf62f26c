"""The last drill of a restore is older than the spec lets it become.

## Why

A backup that nobody has restored is a hope: the key may be gone, the format unreadable, the time twice what was
planned. A drill shows it before it matters, if it is made again often enough. The spec says how old the last one may
become, `within`, and when it was, `last`; where it does not, that is unknown.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: []}
recovery:
  drills:
    - {every: quarter, title: restore, covers: [db], last: 2026-01-15, within: 90 days}  # expect: REC014
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: []}
recovery:
  drills:
    - {every: quarter, title: restore, covers: [db], last: 2026-01-15, within: 90 days}
    - {every: quarter, title: restore, covers: [db], last: 2026-11-02, within: 90 days, evidence: ticket 4711}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Database
from archspec.model.recovery import Drill
from archspec.model.status import current

ID = "REC014"
NAME = "restore-untested"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = (
    "rel_backing_up_data_periodic_recovery_testing_data",
    "rel_planning_for_recovery_dr_tested",
    "CP-4",
    "CP-9(1)",
)

_WHOLE = ""


def subjects(graph: Graph) -> Iterable[Database]:
    """Return the databases, where the day is known and drills are stated."""
    if graph.today is None or not graph.architecture.recovery.drills:
        return []
    return current(graph.architecture.data.databases.values())


def check(graph: Graph, database: Database) -> Iterator[Violation | Unknown]:
    """Fail a database whose last drill is too old; one that covers nothing in particular is about all of them."""
    drills = [*_drills(graph).get(database.id, ()), *_drills(graph).get(_WHOLE, ())]
    made = [(one.last, one.index, one) for one in drills if one.last]
    if not drills or not made:
        place = drills[0].path if drills else database.path
        yield Unknown(database.id, place, "last" if drills else "recovery.drills")
        return
    last, _, drill = max(made)
    if drill.within is None:
        yield Unknown(database.id, drill.path, "within")
    elif graph.today and (age := (graph.today - last).days) * 86400 > drill.within.high:
        message = (
            f"the last drill that restored {database.id} was on {last}, {age} days ago; allowed are {drill.within}"
        )
        fix = "restore it, and state the day in `last` and where the record is in `evidence`"
        yield Violation(database.id, drill.path, message, fix)


@lru_cache(maxsize=1)
def _drills(graph: Graph) -> Mapping[str, list[Drill]]:
    """Return the drills by what they cover."""
    found: dict[str, list[Drill]] = {}
    for drill in graph.architecture.recovery.drills:
        for id_ in drill.covers or (_WHOLE,):
            found.setdefault(id_, []).append(drill)
    return found
