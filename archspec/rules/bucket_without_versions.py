"""A bucket does not keep what was overwritten or deleted, or keeps all of it for ever.

## Why

Without versions, one wrong command or one stolen key deletes an object for good. With versions and without a lifecycle
rule, every version of every object is kept and paid for, for ever; logs grow in the same way. S3 has no lifecycle rule
unless one is made.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb: {subnets: [public-a, public-b], access_logs: logs}
data:
  buckets:
    uploads:
      versioning: false  # expect: DAT007
    files:  # expect: DAT007
      versioning: true
    logs: {versioning: false}  # expect: DAT007
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb: {subnets: [public-a, public-b], access_logs: logs}
data:
  buckets:
    uploads: {versioning: true, lifecycle: old versions for 90 days}
    logs: {lifecycle: 90 days}
```
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.data import Bucket
from archspec.model.status import current

ID = "DAT007"
NAME = "bucket-without-versions"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "S3.13",
    "CP-9",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
)


def subjects(graph: Graph) -> Iterable[Bucket]:
    """Return the buckets."""
    return current(graph.architecture.data.buckets.values())


def check(graph: Graph, bucket: Bucket) -> Iterator[Violation | Unknown]:
    """Fail a bucket without versions, unless it is one of logs, and one that grows without a lifecycle."""
    holds_logs = bucket.id in _of_logs(graph)
    if bucket.versioning is None and not holds_logs:
        yield Unknown(bucket.id, bucket.path, f"{bucket.id}.versioning")
    elif not bucket.versioning and not holds_logs:
        message = f"{bucket.id} keeps nothing of what is overwritten or deleted"
        yield Violation(bucket.id, (*bucket.path, "versioning"), message, "state `versioning: true` and a `lifecycle`")
    elif not bucket.lifecycle:
        kept = "logs" if holds_logs else "versions"
        message = f"{bucket.id} keeps all its {kept} for ever: no lifecycle rule removes any"
        yield Violation(
            bucket.id, bucket.path, message, f"state for how long they are kept: `lifecycle: {kept} for 90 days`"
        )


@lru_cache(maxsize=1)
def _of_logs(graph: Graph) -> frozenset[str]:
    """Return the buckets that something writes its logs to."""
    balancers = graph.architecture.network.load_balancers.values()
    flow_logs = graph.architecture.observability.flow_logs.values()
    return frozenset(
        [one.access_logs for one in balancers if one.status == "current"]
        + [one.bucket for one in flow_logs if one.status == "current"]
    )
