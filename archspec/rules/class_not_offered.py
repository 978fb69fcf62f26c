"""A database or cache has an instance class or a version that AWS does not offer for its engine.

## Why

Every engine runs on certain classes only: Aurora on none of the smallest, a cache on no class of a database. AWS
retires versions, and creates nothing new with a retired one. What is newer than archspec's lists is unknown to it, not
wrong.

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
    orders:
      engine: aurora-mysql
      class: db.t3.micro  # expect: DEP014
      subnets: [data-a, data-b]
      security_groups: [db-sg]
    users:
      engine: postgres
      engine_version: "9.6"  # expect: DEP014
      class: db.t4g.micro
      subnets: [data-a, data-b]
      security_groups: [db-sg]
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
    orders:
      engine: aurora-mysql
      engine_version: 8.0.mysql_aurora.3.08.2
      class: db.t4g.medium
      subnets: [data-a, data-b]
      security_groups: [db-sg]
    users:
      engine: postgres
      engine_version: "17"
      class: db.t4g.micro
      subnets: [data-a, data-b]
      security_groups: [db-sg]
```
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.data import Store

ID = "DEP014"
NAME = "class-not-offered"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html",
)

Version = tuple[int, ...]

_FUTURE = 3
"""Major versions that may have come out since the list was made; engines have one a year at most."""


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the databases and caches that state a class or a version."""
    return [one for one in graph.stores if one.class_ or one.engine_version or any(i.class_ for i in one.members)]


def check(_graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a class that the engine does not run on, of the store or of an instance, and a version that is retired."""
    if store.class_:
        yield from _check_class(store, store.class_, (*store.path, "class"))
    for i, instance in enumerate(store.instances):
        if instance.class_ and instance.class_ != store.class_ and instance.status == "current":
            yield from _check_class(store, instance.class_, (*store.path, "instances", i, "class"))
    if store.engine_version:
        yield from _check_version(store)


def _check_class(store: Store, written: str, path: KeyPath) -> Iterator[Violation | Unknown]:
    classes: Mapping[str, Mapping[str, Sequence[str]]] = dated("instance_classes")["classes"]
    prefix, family, size = (*written.split(".", 2), "")[:3]
    mine = "cache" if store.kind == "cache" else "db"
    families = classes[store.engine]
    if prefix == mine and size in families.get(family, ()):
        return
    if not any(family in others for others in classes.values()):
        yield Unknown(store.id, path, f"{written} is of a family that archspec does not know")
        return
    offered = ", ".join(f"{mine}.{family}.{one}" for one in families.get(family, ()))
    fix = f"choose one of {offered}" if offered else f"choose another family, such as {mine}.{_newest(families)}"
    yield Violation(store.id, path, f"{store.id} is {store.engine}, which does not run on {written}", fix)


def _newest(families: Mapping[str, Sequence[str]]) -> str:
    found = [family for family in families if family.startswith("t")]
    return f"{max(found)}.medium"


def _check_version(store: Store) -> Iterator[Violation | Unknown]:
    path = (*store.path, "engine_version")
    known = dated("engine_versions")["versions"].get(store.engine)
    stated = _numbers(store.engine_version)
    if known is None or not stated:
        yield Unknown(store.id, path, f"archspec does not know the versions of {store.engine}")
        return
    offered, retired = ([_numbers(one) for one in known[key]] for key in ("offered", "retired"))
    if any(_same(stated, one) for one in offered):
        return
    was = any(_same(stated, one) for one in retired)
    line = [one for one in offered if one[:1] == stated[:1]]
    if not was and stated > max(line or offered) and stated[0] <= max(offered)[0] + _FUTURE:
        yield Unknown(store.id, path, f"{store.engine_version} is newer than what archspec knows of {store.engine}")
        return
    said = "AWS creates no longer" if was else "AWS never offered, or no longer does"
    message = f"{store.id} has version {store.engine_version} of {store.engine}, which {said}"
    yield Violation(store.id, path, message, f"choose a newer one, such as {known['offered'][-1]}")


def _numbers(version: str) -> Version:
    """Return the numbers of a version: `8.0.mysql_aurora.3.08.2` → 8, 0, 3, 8, 2."""
    return tuple(int(number) for number in re.findall(r"\d{1,6}", version))


def _same(stated: Version, offered: Version) -> bool:
    """Whether one is the other, said more or less exactly."""
    shorter = min(len(stated), len(offered))
    return stated[:shorter] == offered[:shorter]
