"""A VPC has no flow log.

## Why

A flow log says who spoke to whom, and what was refused. AWS writes none unless it is told to, and what was not written
cannot be read when an intrusion or a blocked connection has to be explained.

## Fails

```yaml
network:
  vpcs:
    main: {cidr: 10.0.0.0/16}  # expect: OBS005
observability:
  dashboards: {overview: {}}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
observability:
  log_groups: {flows: {retention: 90 days}}
  flow_logs: {main-flows: {vpc: main, traffic: all, log_group: flows}}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import Vpc

ID = "OBS005"
NAME = "vpc-without-flow-log"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = (
    "EC2.6",
    "CIS 3.7",
    "AU-12",
    "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
)


def subjects(graph: Graph) -> list[Vpc]:
    """Return the VPCs."""
    return [vpc for vpc in graph.architecture.network.vpcs.values() if vpc.status == "current"]


def check(graph: Graph, vpc: Vpc) -> Iterator[Violation | Unknown]:
    """Fail a VPC without a flow log that is there today; one that names no VPC is that of its environment.

    A spec that states nothing at all of what watches the system has not left flow logs out.
    """
    logs = graph.architecture.observability.flow_logs.values()
    own = [one for one in logs if one.vpc == vpc.id or (not one.vpc and one.environment in ("", vpc.environment))]
    current = [one for one in own if one.status == "current"]
    if not own and not _watches(graph):
        yield Unknown(vpc.id, vpc.path, "observability.flow_logs")
    elif not current:
        state = f", and {own[0].id} is {own[0].status}" if own else ""
        message = f"{vpc.id} has no flow log{state}: nobody can tell later who spoke to whom"
        yield Violation(vpc.id, vpc.path, message, f"declare one: `flow_logs: {{…: {{vpc: {vpc.id}, log_group: …}}}}`")
    elif not any(one.log_group or one.bucket for one in current):
        yield Unknown(vpc.id, current[0].path, f"{current[0].id}.log_group")


def _watches(graph: Graph) -> bool:
    held = graph.architecture.observability
    return any(getattr(held, name) for name in type(held).model_fields)
