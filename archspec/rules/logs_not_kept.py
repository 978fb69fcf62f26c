"""Logs are not written, or kept for ever because nobody said for how long.

## Why

Access logs of a load balancer are off unless they are switched on, and after an attack or an outage there is nothing to
read. An Application Load Balancer writes them to no bucket whose encryption is another than SSE-S3. A log group keeps
what it is given for ever unless it has a retention, and all of it is paid for every month.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  load_balancers:
    alb: {subnets: [public-a]}  # expect: OBS004
    inner:
      subnets: [public-a]
      access_logs: logs  # expect: OBS004
data:
  buckets: {logs: {encryption: sse-kms}}
observability:
  log_groups:
    api-logs: {name: /ecs/api}  # expect: OBS004
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  load_balancers: {alb: {subnets: [public-a], access_logs: logs}}
data:
  buckets: {logs: {encryption: sse-s3}}
observability:
  log_groups: {api-logs: {name: /ecs/api, retention: 90 days}}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.network import LoadBalancer
from archspec.model.observability import LogGroup
from archspec.model.status import current

ID = "OBS004"
NAME = "logs-not-kept"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.INFO)
REFERENCES = (
    "ELB.5",
    "ECS.9",
    "CloudWatch.16",
    "AU-11",
    "sec_detect_investigate_events_app_service_logging",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
)


def subjects(graph: Graph) -> list[LogGroup | LoadBalancer | Service]:
    """Return the log groups, and those who should write logs."""
    whole = graph.architecture
    found: list[LogGroup | LoadBalancer | Service] = [*whole.observability.log_groups.values()]
    found += [*whole.network.load_balancers.values(), *whole.compute.services.values()]
    return current(found)


def check(graph: Graph, subject: LogGroup | LoadBalancer | Service) -> Iterator[Violation | Unknown]:
    """Fail a log group without a retention, and a load balancer or service whose logs go nowhere."""
    match subject:
        case LogGroup(retention=None):
            message = f"{subject.id} states no retention, and CloudWatch keeps such logs for ever"
            yield Violation(subject.id, subject.path, message, "state for how long: `retention: 90 days`")
        case LoadBalancer():
            yield from _access_logs(graph, subject)
        case Service(log_group=""):
            yield Unknown(subject.id, subject.path, f"{subject.id}.log_group")
        case Service() if (
            status := graph.architecture.observability.log_groups[subject.log_group].status
        ) != "current":
            message = f"{subject.log_group}, which {subject.id} writes its logs to, is {status}"
            yield Violation(subject.id, (*subject.path, "log_group"), message, "name a log group that is there today")
        case _:
            return


def _access_logs(graph: Graph, balancer: LoadBalancer) -> Iterator[Violation]:
    place = (*balancer.path, "access_logs")
    if not balancer.access_logs:
        message = f"{balancer.id} writes no access logs: they are off unless they are switched on"
        yield Violation(balancer.id, balancer.path, message, "name the bucket that they go to: `access_logs: …`")
        return
    bucket = graph.architecture.data.buckets[balancer.access_logs]
    if bucket.status != "current":
        message = f"{bucket.id}, where {balancer.id} writes its access logs, is {bucket.status}"
        yield Violation(balancer.id, place, message, "name a bucket that is there today")
    elif balancer.type == "application" and bucket.encryption == "sse-kms":
        message = f"{balancer.id} cannot write its access logs to {bucket.id}, which is encrypted with a KMS key"
        yield Violation(balancer.id, place, message, f"state `encryption: sse-s3` for {bucket.id}, or name another")
