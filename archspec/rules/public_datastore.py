"""A database or cache stands where the internet can get at it.

## Why

A store in a subnet whose routes lead to an internet gateway is one open port away from everybody. Stores belong in
subnets that lead nowhere but their VPC, without a public address.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    data-b:   {az: us-east-1b, tier: data,   cidr: 10.0.2.0/24}
    data-c:   {az: us-east-1c, tier: data,   cidr: 10.0.3.0/24}
  security_groups: {db-sg: {}}
data:
  databases:
    orders: {engine: postgres, multi_az: true, subnets: [public-a, data-b], security_groups: [db-sg]}  # expect: DAT001
    events:
      engine: postgres
      multi_az: true
      public: true  # expect: DAT001
      subnets: [data-b, data-c]
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
    orders: {engine: postgres, multi_az: true, subnets: [data-a, data-b], security_groups: [db-sg]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Database, Store

ID = "DAT001"
NAME = "public-datastore"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "RDS.2",
    "RDS.46",
    "ElastiCache.7",
    "sec_network_protection_create_layers",
)


def subjects(graph: Graph) -> Iterable[Store]:
    """Return the databases and caches."""
    return graph.stores


def check(graph: Graph, store: Store) -> Iterator[Violation | Unknown]:
    """Fail a store with a public address, or in a public subnet, by its tier or by its routes."""
    if isinstance(store, Database) and store.public:
        message = f"{store.id} has a public address"
        yield Violation(store.id, (*store.path, "public"), message, "remove `public: true`")
    for i, subnet in enumerate(graph.subnets(store)):
        gateway = graph.internet_gateway(subnet)
        if subnet.tier != "public" and not gateway:
            continue
        why = f"its routes lead to {gateway}" if gateway else "its tier is public"
        hop = Hop("note", f"{subnet.id} is public: {why}", subnet.path)
        message = f"{store.id} stands in {subnet.id}, which is public: {why}"
        yield Violation(store.id, (*store.path, "subnets", i), message, "move it to a private or data subnet", (hop,))
