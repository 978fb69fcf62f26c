"""A step of a recovery is stated shorter than its alarm, or its DNS record, lets it be.

## Why

A recovery does not begin when something breaks, it begins when somebody is told: after the alarm's period, as many
times as it needs datapoints. And it does not end when a DNS record is changed: clients use the old one until its time
to live is over. A plan that leaves either out promises a recovery time that nobody can keep.

## Fails

```yaml
observability:
  alarms:
    service-down: {metric: HealthyHostCount, threshold: < 1, period: 1 minute, datapoints: 3}
recovery:
  steps:
    - {does: notice the failure, alarm: service-down, takes: 1 minute}  # expect: REC015
    - {does: point DNS to the other Region, ttl: 5 minutes, takes: 1 minute}  # expect: REC015
```

## Passes

```yaml
observability:
  alarms:
    service-down: {metric: HealthyHostCount, threshold: < 1, period: 1 minute, datapoints: 3}
recovery:
  steps:
    - {does: notice the failure, alarm: service-down, takes: 3 minutes}
    - {does: point DNS to the other Region, ttl: 1 minute, takes: 2 minutes}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_steps import detection
from archspec.model.recovery import RecoveryStep

ID = "REC015"
NAME = "detection-left-out"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.INFO)
REFERENCES = (
    "rel_withstand_component_failures_monitoring_health",
    "CP-10",
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
)


def subjects(graph: Graph) -> Iterable[RecoveryStep]:
    """Return the steps that wait for an alarm, or change a DNS record."""
    return [step for step in graph.architecture.recovery.steps if step.alarm or step.ttl]


def check(graph: Graph, step: RecoveryStep) -> Iterator[Violation | Unknown]:
    """Fail a step that is stated shorter; unknown where the alarm's period, or the step's length, is not stated."""
    if step.alarm:
        alarm = graph.architecture.observability.alarms[step.alarm]
        needed = detection(graph.architecture, step)
        if needed is None:
            yield Unknown(step.id, alarm.path, "period")
        elif step.takes and step.takes.high < needed.high:
            times = f"{alarm.datapoints} × {alarm.period}" if alarm.datapoints else f"a period of {alarm.period}"
            message = f"it takes {step.takes}, and {step.alarm} goes off after {times} at the earliest"
            yield Violation(step.id, step.path, message, f"state {needed} or more, or a shorter period of the alarm")
    if step.ttl:
        if step.takes is None:
            yield Unknown(step.id, step.path, "takes")
        elif step.takes.high < step.ttl.high:
            message = f"it takes {step.takes}, and clients keep the DNS record for {step.ttl}"
            yield Violation(step.id, step.path, message, f"state {step.ttl} or more, or a shorter time to live")
