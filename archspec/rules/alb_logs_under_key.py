"""An Application Load Balancer is to write its access logs into a bucket under a KMS key.

## Why

The service that delivers the access logs of Application Load Balancers writes to buckets with S3's own encryption
(SSE-S3) and to no others. AWS refuses to turn the logs on where the bucket has a KMS key.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      access_logs: logs  # expect: DEP020
data:
  buckets: {logs: {encryption: sse-kms}}
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
  buckets: {logs: {encryption: sse-s3}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import LoadBalancer

ID = "DEP020"
NAME = "alb-logs-under-key"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",)


def subjects(graph: Graph) -> Iterable[LoadBalancer]:
    """Return the Application Load Balancers that write access logs."""
    balancers = graph.architecture.network.load_balancers.values()
    return [one for one in balancers if one.status == "current" and one.type == "application" and one.access_logs]


def check(graph: Graph, balancer: LoadBalancer) -> Iterator[Violation | Unknown]:
    """Fail a bucket that is encrypted with a KMS key. One that states nothing has S3's own encryption."""
    bucket = graph.architecture.data.buckets[balancer.access_logs]
    if bucket.encryption == "sse-kms" or (bucket.key and bucket.encryption is None):
        message = f"{balancer.id} writes its access logs to {bucket.id}, which is encrypted with a KMS key"
        hop = Hop("note", f"{bucket.id}: {bucket.encryption or f'key {bucket.key}'}", bucket.path)
        fix = "name a bucket for logs with `encryption: sse-s3`"
        yield Violation(balancer.id, (*balancer.path, "access_logs"), message, fix, (hop,))
