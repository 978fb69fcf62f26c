"""What changes the number of tasks of a service: bounds, target tracking, schedules.

https://docs.aws.amazon.com/autoscaling/application/userguide/what-is-application-auto-scaling.html
"""

import re
from collections.abc import Mapping
from typing import Any

from archspec.importers.draft.attributes import block, items, number, text, whole
from archspec.importers.draft.piece import Given
from archspec.importers.draft.spelling import amount, counted, percent, seconds
from archspec.resources.resource import Ref, Resource, Value

_METRICS = {
    "ECSServiceAverageCPUUtilization": "CPU utilization",
    "ECSServiceAverageMemoryUtilization": "memory utilization",
    "ALBRequestCountPerTarget": "ALB request count",
}

_WEEKLY = re.compile(r"cron\((\d{1,2}) (\d{1,2}) (?:\* \* \?|\? \* ([A-Z]{3}(?:-[A-Z]{3})?)) \*\)")
_REFERENCE = re.compile(r"\$\{([^{}]+)\.\w+\}")
"""An attribute of another resource, where a text has it in the middle."""


class Scalings:
    """The scaling of every service."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.services = {one.address: one for _, one in given.elements("aws_ecs_service")}
        self.targets = {
            service: one
            for one in given.inventory.of("aws_appautoscaling_target")
            if (service := self._service(one.values.get("resource_id")))
        }
        self.service_of = {one.address: service for service, one in self.targets.items()}

    def _service(self, value: Value) -> str:
        """Return the address of the service that `service/CLUSTER/SERVICE` means, or whose name it is made of."""
        for one in items(value):
            if isinstance(one, Ref) and one.address in self.services:
                return one.address
        for found in _REFERENCE.findall(text(value)):
            if found in self.services:
                return str(found)
        steps = text(value).split("/")
        named = [address for address, one in self.services.items() if one.values.get("name") == steps[-1]]
        return named[0] if len(named) == 1 and steps[0] == "service" else self._in_cluster(named, steps)

    def _in_cluster(self, named: list[str], steps: list[str]) -> str:
        for address in named:
            cluster = self.services[address].values.get("cluster")
            found = self.given.inventory.by_address.get(cluster.address) if isinstance(cluster, Ref) else None
            if found and len(steps) == 3 and found.values.get("name") == steps[1]:
                return address
        return ""

    def of(self, service: Resource) -> dict[str, Any]:
        """Return the scaling of a service; nothing where it has none."""
        target = self.targets.get(service.address)
        if target is None:
            return {}
        least, most = whole(target.values.get("min_capacity")), whole(target.values.get("max_capacity"))
        if least is None or most is None:
            return {}
        policies = [_policy(one) for one in self._parts("aws_appautoscaling_policy", service)]
        schedules = [_schedule(one) for one in self._parts("aws_appautoscaling_scheduled_action", service)]
        data = {"min": least, "max": most, "policies": policies, "schedules": schedules}
        return {key: value for key, value in data.items() if value != []}

    def _parts(self, type_: str, service: Resource) -> list[Resource]:
        found = []
        for one in self.given.inventory.of(type_):
            of = one.values.get("resource_id")
            meant = self.service_of.get(of.address) if isinstance(of, Ref) else None
            if (meant or self._service(of)) == service.address:
                found.append(one)
        return found


def _policy(one: Resource) -> dict[str, Any]:
    tracking = block(one.values, "target_tracking_scaling_policy_configuration")
    metric = text(block(tracking, "predefined_metric_specification").get("predefined_metric_type"))
    own = text(block(tracking, "customized_metric_specification").get("metric_name"))
    data = {
        "metric": _METRICS.get(metric, metric) or own or text(one.values.get("name")) or one.address,
        "target": _target(metric, tracking),
        "out_cooldown": seconds(tracking.get("scale_out_cooldown")),
        "in_cooldown": seconds(tracking.get("scale_in_cooldown")),
    }
    return {key: value for key, value in data.items() if value}


def _target(metric: str, tracking: Mapping[str, Value]) -> str:
    value = number(tracking.get("target_value"))
    if value is None:
        return ""
    if metric == "ALBRequestCountPerTarget":
        return f"{counted(str(value), 'request')}/target"
    return percent(str(value)) if metric in _METRICS else amount(value)


def _schedule(one: Resource) -> dict[str, Any]:
    action = block(one.values, "scalable_target_action")
    data = {
        "at": _at(text(one.values.get("schedule")), text(one.values.get("timezone"))),
        "min": whole(action.get("min_capacity")),
        "max": whole(action.get("max_capacity")),
        "name": text(one.values.get("name")),
    }
    return {key: value for key, value in data.items() if value not in (None, "")}


def _at(schedule: str, zone: str) -> str:
    """Write a time of every week as people do, `8 AM Mon-Fri`; any other schedule as it is.

    https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
    """
    found = _WEEKLY.fullmatch(schedule)
    if not found or int(found[1]) > 59 or int(found[2]) > 23:
        return " ".join(filter(None, (schedule, zone)))
    minute, hour, days = int(found[1]), int(found[2]), found[3] or "*"
    half = "PM" if hour >= 12 else "AM"
    time = f"{hour}:{minute:02}" if minute else f"{hour % 12 or 12} {half}"
    named = "daily" if days == "*" else "-".join(day.capitalize() for day in days.split("-"))
    return " ".join(filter(None, (time, named, zone if zone not in ("UTC", "Etc/UTC") else "")))
