"""An instance of a database or cache is in a zone in which its store has no subnet.

## Why

AWS puts instances into the subnets of the store's subnet group, and refuses one in a zone that none of them is in.

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
      engine: aurora-postgresql
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      instances:
        - {role: primary, az: us-east-1a}
        - {role: reader, az: us-east-1c}  # expect: DEP018
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
      engine: aurora-postgresql
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      instances: [{role: primary, az: us-east-1a}, {role: reader, az: us-east-1b}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Store

ID = "DEP018"
NAME = "instance-outside-subnets"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html",
)


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the databases and caches that state where their instances are."""
    return [store for store in graph.stores if any(one.az for one in store.members)]


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail each current instance in a zone of none of the subnets."""
    zones = {subnet.az for subnet in graph.subnets(store)}
    for i, instance in enumerate(store.instances):
        if instance.status == "current" and instance.az and instance.az not in zones:
            held = ", ".join(sorted(zones)) or "no zone"
            message = f"{store.id} has a {instance.role} in {instance.az}, and subnets in {held}"
            path = (*store.path, "instances", i, "az")
            yield Violation(store.id, path, message, f"add a subnet in {instance.az}, or name another zone")
