"""An alarm is to scale a service, and nothing scales when it rings.

## Why

An alarm scales by a step scaling policy that it starts. Where the service has no policy on that metric, or cannot
change its number of tasks at all, the alarm only tells people, who wait for what does not come. A target tracking
policy does not help either: AWS makes the alarms for it, which ring at its target, and manages them alone.

A policy that states a `target` is target tracking; one that states none may be started by an alarm.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web:
      subnets: [private-a]
      security_groups: [sg]
      scaling: {min: 1, max: 4, policies: [{metric: CPU utilization, target: 70%}]}
observability:
  alarms:
    memory-high:
      metric: MemoryUtilization
      watches: [web]
      threshold: "> 85%"
      action: Scale out + alert  # expect: OBS010
    cpu-high:
      metric: CPUUtilization
      watches: [web]
      threshold: "> 85%"
      action: Scale out + alert  # expect: OBS010
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web:
      subnets: [private-a]
      security_groups: [sg]
      scaling: {min: 1, max: 4, policies: [{metric: CPU utilization, target: 70%}, {metric: Memory utilization}]}
observability:
  alarms:
    memory-high: {metric: MemoryUtilization, watches: [web], threshold: "> 85%", action: Scale out + alert}
    cpu-high: {metric: CPUUtilization, watches: [web], threshold: "> 85%", action: Alert}
```
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.services_meant import services_meant
from archspec.graph.shortened import and_more
from archspec.graph.signals import compact
from archspec.model.compute import Scaling, ScalingPolicy, Service
from archspec.model.observability import Alarm

ID = "OBS010"
NAME = "alarm-scales-nothing"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "rel_adapt_to_changes_autoscale_adapt",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-stepscaling.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
)

_SCALES = re.compile(
    r"\bauto[ -]?scal(?:e|es|ing)\b|\bscales?[ -](?:out|in|up|down)\b|(?:^|[+,;/&])\s*scales?\s*(?:$|[+,;/&])",
    re.IGNORECASE,
)
_BY_HAND = re.compile(r"\b(?:no|not|never|without|manual|manually|by hand|consider|if)\b", re.IGNORECASE)
_FAMILIES = ("cpu", "memory", "request")
"""What AWS's own metrics for scaling are about; any other metric may be spelled in two ways."""


class Answer(NamedTuple):
    """Why a service does not scale by an alarm, or the fact that is missing to tell; neither where it may."""

    why: str = ""
    fact: str = ""


def subjects(graph: Graph) -> list[Alarm]:
    """Return the alarms whose action says that something scales, if it is services that they watch."""
    alarms = graph.architecture.observability.alarms.values()
    said = [one for one in alarms if one.status == "current" and _SCALES.search(one.action)]
    return [one for one in said if not _BY_HAND.search(one.action) and (not one.watches or _services(graph, one))]


def check(graph: Graph, alarm: Alarm) -> Iterator[Violation | Unknown]:
    """Fail an alarm that starts no policy of a service that it watches, once for all services of one reason."""
    if not alarm.watches:
        yield Unknown(alarm.id, alarm.path, f"{alarm.id}.watches")
    found: dict[Answer, list[Service]] = {}
    for service in _services(graph, alarm):
        found.setdefault(_answer(service.scaling, alarm.metric), []).append(service)
    for answer, services in found.items():
        named = and_more(services[0].id, len(services) - 1)
        if answer.fact:
            yield Unknown(alarm.id, alarm.path, f"{services[0].id}.{answer.fact}")
        elif answer.why:
            message = f"{alarm.id} is to scale {named}, and {answer.why}"
            fix = "leave scaling out of its `action`, or state a policy on its metric, without `target`, that it starts"
            yield Violation(alarm.id, (*alarm.path, "action"), message, fix)


def _services(graph: Graph, alarm: Alarm) -> list[Service]:
    found = {one.id: one for id_ in alarm.watches for one in services_meant(graph, id_)}
    return list(found.values())


def _answer(scaling: Scaling | None, metric: str) -> Answer:
    if scaling is None:
        return Answer(fact="scaling")
    if scaling.min == scaling.max:
        return Answer(f"`min` and `max` are both {scaling.min}")
    if not scaling.policies:
        return Answer(fact="scaling.policies")
    current = [one for one in scaling.policies if one.status == "current"]
    if not current:
        return Answer(f"each policy there is {scaling.policies[0].status}")
    return _by_policies(current, metric)


def _by_policies(policies: list[ScalingPolicy], metric: str) -> Answer:
    """Answer from the policies that are there: one of them may be started, track the same metric, or be another's."""
    same = [one for one in policies if _is_same(one.metric, metric)]
    if any(one.target is None for one in same):
        return Answer()
    if same:
        return Answer(f"the policy on {same[0].metric} is target tracking, for which AWS has alarms of its own")
    if all(_family(one.metric) for one in policies):
        return Answer(f"no policy there is on {metric}")
    return Answer(fact=f"scaling.policies on {metric}".replace(" ", "_"))


def _is_same(policy: str, alarm: str) -> bool:
    one, other = compact(policy), compact(alarm)
    family = _family(policy)
    return family == _family(alarm) if family else one in other or other in one


def _family(metric: str) -> str:
    return next((word for word in _FAMILIES if word in compact(metric)), "")
