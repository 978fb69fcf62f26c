"""Auto scaling of services: the bounds of their number of tasks, and what moves it."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.amounts import number, seconds
from archspec.exporters.terraform.compute import cluster_name
from archspec.exporters.terraform.containers import target_groups
from archspec.exporters.terraform.hcl import Block, Body, Template, Value
from archspec.exporters.terraform.resource import Part, Resource, named, origin, refer, slug
from archspec.exporters.terraform.schedules import parse
from archspec.model.architecture import Architecture
from archspec.model.compute import Scaling, ScalingPolicy, Service

_METRICS = (
    (re.compile("cpu", re.IGNORECASE), "cpu", "ECSServiceAverageCPUUtilization"),
    (re.compile("memory", re.IGNORECASE), "memory", "ECSServiceAverageMemoryUtilization"),
    (re.compile("request", re.IGNORECASE), "requests", "ALBRequestCountPerTarget"),
)
"""A word of a metric, what the policy is called for it, and its name in AWS.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield what scales the services that state it.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
    """
    for service in architecture.compute.services.values():
        if service.scaling:
            yield _target(service, service.scaling)
            yield from _policies(service, service.scaling, architecture)
            yield from _schedules(service, service.scaling, architecture)


def _target(service: Service, scaling: Scaling) -> Resource:
    cluster, name = cluster_name(service), refer("aws_ecs_service", service.id, "name")
    body: Body = {
        "service_namespace": "ecs",
        "scalable_dimension": "ecs:service:DesiredCount",
        "resource_id": Template(("service/", cluster, "/", name)),
        "min_capacity": scaling.min,
        "max_capacity": scaling.max,
    }
    return Resource("aws_appautoscaling_target", slug(service.id), origin(service, "scaling"), body)


def _of(service: Service) -> dict[str, Value]:
    names = ("service_namespace", "scalable_dimension", "resource_id")
    return {name: refer("aws_appautoscaling_target", service.id, name) for name in names}


def _policies(service: Service, scaling: Scaling, architecture: Architecture) -> Iterator[Part]:
    used: set[str] = set()
    for i, policy in enumerate(scaling.policies):
        path = ("scaling", "policies", i)
        name, metric = _metric(policy)
        reason = "another policy tracks this already" if name in used else _problem(service, policy, architecture)
        if policy.status != "current":
            continue  # noted already
        if reason or policy.target is None:
            yield Omission((*service.path, *path), reason or "states no target")
            continue
        used.add(name)
        tracking: Body = {
            "target_value": number(policy.target.low),
            "scale_in_cooldown": seconds(policy.in_cooldown),
            "scale_out_cooldown": seconds(policy.out_cooldown),
            "predefined_metric_specification": Block(_specification(service, metric, architecture)),
        }
        body: Body = {
            "name": named(architecture, f"{service.id}-{name}"),
            "policy_type": "TargetTrackingScaling",
            **_of(service),
            "target_tracking_scaling_policy_configuration": Block(tracking),
        }
        yield Resource("aws_appautoscaling_policy", slug(service.id, name), origin(service, *path), body)


def _metric(policy: ScalingPolicy) -> tuple[str, str]:
    return next(((name, metric) for word, name, metric in _METRICS if word.search(policy.metric)), ("", ""))


def _problem(service: Service, policy: ScalingPolicy, architecture: Architecture) -> str:
    _, metric = _metric(policy)
    if not metric:
        return f"ECS cannot track '{policy.metric}' by itself, and where it is measured is not stated"
    if metric == "ALBRequestCountPerTarget" and not _label(service, architecture):
        return "no application load balancer sends it requests"
    return ""


def _specification(service: Service, metric: str, architecture: Architecture) -> Body:
    label = _label(service, architecture) if metric == "ALBRequestCountPerTarget" else None
    return {"predefined_metric_type": metric, "resource_label": label}


def _label(service: Service, architecture: Architecture) -> Template | None:
    """Name the load balancer and the target group whose requests are counted."""
    groups = {group.id for group in target_groups(service, architecture)}
    for balancer in architecture.network.load_balancers.values():
        for listener in balancer.listeners if balancer.type == "application" else ():
            for id_ in (listener.forward, *(rule.forward for rule in listener.rules)):
                if id_ in groups:
                    target_group = refer("aws_lb_target_group", id_, "arn_suffix")
                    return Template((refer("aws_lb", balancer.id, "arn_suffix"), "/", target_group))
    return None


def _schedules(service: Service, scaling: Scaling, architecture: Architecture) -> Iterator[Part]:
    for i, schedule in enumerate(scaling.schedules):
        path = ("scaling", "schedules", i)
        found = parse(schedule.at)
        if found is None:
            yield Omission((*service.path, *path), f"'{schedule.at}' is no time such as 8 AM Mon-Fri")
            continue
        if schedule.min is None and schedule.max is None:
            yield Omission((*service.path, *path), "states no bounds")
            continue
        action: Body = {"min_capacity": schedule.min, "max_capacity": schedule.max}
        body: Body = {
            "name": named(architecture, f"{service.id}-{found.name}"),
            **_of(service),
            "schedule": found.expression,
            "timezone": found.timezone,
            "scalable_target_action": Block(action),
        }
        yield Resource(
            "aws_appautoscaling_scheduled_action", slug(service.id, found.name), origin(service, *path), body
        )
