"""A table of limits says that another number is used than is declared.

## Why

Limits are watched so that somebody asks for more in time. A number that was copied from another system says that there
is room, or none, where it is otherwise. What `used` says is held against what is declared: instances, nodes, security
groups, target groups, tasks of the largest service, and whatever else a limit's name counts. Fewer than are declared is
wrong in any case; more may belong to other systems of the account, and a `note` that says so is enough.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups: {api-sg: {}, db-sg: {}}
operations:
  limits:
    - {resource: VPC Security Groups, limit: 500, used: ~20}  # expect: DOC013
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups: {api-sg: {}, db-sg: {}}
operations:
  limits:
    - {resource: VPC Security Groups, limit: 500, used: 2}
    - {resource: VPCs, limit: 5, used: 4, note: three belong to other systems of the account}
```
"""

import re
from collections.abc import Iterator, Mapping

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.counts_in_text import NOUNS, Counted
from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.operations import Limit
from archspec.model.status import current

ID = "DOC013"
NAME = "limit-use-differs"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES = ("rel_manage_service_limits_aware_fixed_limits",)

_COUNTED: Mapping[str, str] = {
    r"(?:ecs |fargate )?tasks? per (?:ecs )?service": "task",
    r"(?:ecs )?services?": "service",
    r"(?:rds|aurora|db|database) (?:db )?instances?": "instance",
    r"(?:elasticache|redis|valkey|cache) nodes?": "node",
    r"vpcs?": "vpc",
    r"(?:vpc )?subnets?": "subnet",
    r"(?:vpc )?security groups?": "security group",
    r"nat gateways?": "nat gateway",
    r"(?:application )?load balancers?|albs?": "load balancer",
    r"(?:alb )?target groups?": "target group",
    r"(?:rds )?proxies": "proxy",
    r"kms keys?": "key",
    r"(?:sqs )?queues?": "queue",
    r"(?:sns )?topics?": "topic",
    r"(?:s3 )?buckets?": "bucket",
    r"(?:cloudwatch )?alarms?": "alarm",
    r"(?:cloudfront )?distributions?": "distribution",
    r"(?:waf )?web acls?": "acl",
}
"""How limits are named, in small letters, and the noun that counts what they are about."""


def subjects(graph: Graph) -> list[Limit]:
    """Return the limits whose use is stated, of what can be counted."""
    return [one for one in graph.architecture.operations.limits if one.used and _noun(one)]


def _noun(limit: Limit) -> str:
    """Return what a limit counts; nothing for EC2's instances, internet gateways and others that are no elements."""
    words = limit.resource.lower()
    return next((noun for written, noun in _COUNTED.items() if re.fullmatch(written, words)), "")


def check(graph: Graph, limit: Limit) -> Iterator[Violation | Unknown]:
    """Fail a limit that says another number than is declared."""
    noun = _noun(limit)
    found = _largest(graph) if noun == "task" else _all(graph, noun)
    if found is None or limit.used is None:
        yield Unknown(limit.id, limit.path, f"how many {noun}s there are is not stated")
        return
    used, more = limit.used.high, limit.used.high > found.high
    if found.holds(used, approximate=limit.used.approximate) or (more and limit.note):
        return
    verb = "is" if found.high == 1 else "are"
    message = f"the {limit.id} says that {limit.used} are used, and {found} {verb} declared"
    fix = f"write `used: {found.high}`" + (", or say in `note` who else uses it" if more else "")
    yield Violation(limit.id, (*limit.path, "used"), message, fix)


def _all(graph: Graph, noun: str) -> Counted | None:
    elements = current(graph.architecture.elements.values())
    return NOUNS[noun](graph, elements)


def _largest(graph: Graph) -> Counted | None:
    """Return how many tasks the largest service has, and may have."""
    services: list[Service] = [one for one in graph.attached if isinstance(one, Service)]
    if not services:
        return None
    most = max(max(one.desired, one.scaling.max if one.scaling else 0) for one in services)
    return Counted(max(one.desired for one in services), most)
