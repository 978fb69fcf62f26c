"""A database is to be backed up while it is maintained.

## Why

AWS refuses a backup window that overlaps the maintenance window, and one of less than half an hour. Both are in UTC;
the first is daily, so the day of the other does not matter.

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
    db:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {window: 03:00-04:00}
      maintenance_window: sun:03:30-sun:04:30  # expect: DEP029
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
    db:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      backups: {window: 03:00-04:00}
      maintenance_window: sun:04:00-sun:05:00
```
"""

import re
from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Store

ID = "DEP029"
NAME = "windows-overlap"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html",
)

_DAY = 24 * 60
_SHORTEST = 30
_TIMES = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)", re.ASCII)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KNOWN = frozenset({"utc", "gmt", "daily", *_DAYS, *(day[:3] for day in _DAYS)})
"""Words beside the times; any other may be a time zone, or mean something else."""


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the databases and caches that state both windows."""
    return [one for one in graph.stores if one.maintenance_window and one.backups and one.backups.window]


def check(_graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail windows that overlap, and a backup window that is too short."""
    window = store.backups.window if store.backups else ""
    backup, maintenance = _minutes(window), _minutes(store.maintenance_window)
    if backup is None or maintenance is None:
        unread = window if backup is None else store.maintenance_window
        yield Unknown(store.id, store.path, f"'{unread}' is no window such as 03:00-04:00 in UTC")
        return
    if _length(*backup) < _SHORTEST:
        message = f"{store.id} has a backup window of {_length(*backup)} minutes, AWS asks for {_SHORTEST}"
        yield Violation(store.id, (*store.path, "backups", "window"), message, "state half an hour or more")
    if _starts_in(backup, maintenance) or _starts_in(maintenance, backup):
        message = f"{store.id} is backed up from {window} and maintained from {store.maintenance_window}"
        yield Violation(store.id, (*store.path, "maintenance_window"), message, "choose windows that do not overlap")


def _minutes(window: str) -> tuple[int, int] | None:
    """Return begin and end in minutes after midnight, or nothing where it is written in another way or zone."""
    times = [int(hour) * 60 + int(minute) for hour, minute in _TIMES.findall(window)]
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", window)}
    return (times[0], times[1]) if len(times) == 2 and words <= _KNOWN else None


def _length(begin: int, end: int) -> int:
    return (end - begin) % _DAY


def _starts_in(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one window begins within the other, also past midnight."""
    return (one[0] - other[0]) % _DAY < _length(*other)
