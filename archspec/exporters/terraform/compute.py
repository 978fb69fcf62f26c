"""ECS: clusters, services with their task definitions, and their roles."""

from collections.abc import Iterator

from archspec.exporters.terraform import identity
from archspec.exporters.terraform.hcl import Block, Body, Json, Reference, Repeated, Value
from archspec.exporters.terraform.load_balancing import ways_in
from archspec.exporters.terraform.resource import (
    Part,
    Resource,
    Variable,
    named,
    origin,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.element import Element
from archspec.model.network import TargetGroup

_SMALLEST = {"cpu": 256, "memory": 512}
"""The smallest task that Fargate runs.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
"""
_FALLBACK_CLUSTER = ("services", "cluster")
_GRACE_SECONDS = 60


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield clusters and services. Those that name no cluster share one that is made for them."""
    for cluster in architecture.compute.clusters.values():
        yield _cluster(cluster, cluster.id, slug(cluster.id), architecture, reasons(cluster))
    homeless = [service for service in architecture.compute.services.values() if not service.cluster]
    for service in homeless[:1]:
        listed = ", ".join(one.id for one in homeless)
        reason = (f"derived: no cluster is stated for {listed}",)
        yield _cluster(service, "services", slug(*_FALLBACK_CLUSTER), architecture, reason)
    for service in architecture.compute.services.values():
        yield from _service(service, architecture)


def _cluster(element: Element, name: str, label: str, architecture: Architecture, why: tuple[str, ...]) -> Resource:
    body: Body = {
        "name": named(architecture, name),
        "setting": Block({"name": "containerInsights", "value": "enabled"}),
    }
    return Resource("aws_ecs_cluster", label, origin(element), body, why)


def _service(service: Service, architecture: Architecture) -> Iterator[Part]:
    if not service.image:
        yield _image(service)
    yield identity.role(service, "execution", "ecs-tasks", architecture)
    yield from identity.managed(service, "execution", "service-role/AmazonECSTaskExecutionRolePolicy", architecture)
    yield identity.role(service, "task", "ecs-tasks", architecture)
    yield _task_definition(service, architecture)
    yield _ecs_service(service, architecture)


def _image(service: Service) -> Variable:
    return Variable(f"image_{slug(service.id)}", f"container image of {service.id}, with its tag or digest")


def _task_definition(service: Service, architecture: Architecture) -> Resource:
    sizes = {"cpu": service.cpu, "memory": service.memory}
    unstated = [name for name, size in sizes.items() if size is None]
    reason = f"derived: no {' and no '.join(unstated)} is stated, so it gets the least there is" if unstated else ""
    return Resource(
        "aws_ecs_task_definition",
        slug(service.id),
        origin(service),
        {
            "family": named(architecture, service.id),
            "requires_compatibilities": [service.launch.upper()],
            "network_mode": "awsvpc",
            **{name: str(size or _SMALLEST[name]) for name, size in sizes.items()},
            "execution_role_arn": identity.role_arn(service, "execution"),
            "task_role_arn": identity.role_arn(service, "task"),
            "container_definitions": Json([_container(service, architecture)]),
        },
        reasons(service, reason),
    )


def _container(service: Service, architecture: Architecture) -> dict[str, Value]:
    targets = {group.port for group in _target_groups(service, architecture)}
    ports = sorted(targets | ({service.port} if service.port is not None else set()))
    mappings: list[Value] = [{"containerPort": port, "hostPort": port, "protocol": "tcp"} for port in ports]
    return {
        "name": service.id,
        "image": service.image or _image(service).reference,
        "essential": True,
        "readonlyRootFilesystem": True,
        **({"portMappings": mappings} if mappings else {}),
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": refer("aws_cloudwatch_log_group", service.id, "name"),
                "awslogs-region": architecture.region,
                "awslogs-stream-prefix": service.id,
            },
        },
    }


def _ecs_service(service: Service, architecture: Architecture) -> Resource:
    groups = _target_groups(service, architecture)
    behind = [
        Block(
            {
                "target_group_arn": refer("aws_lb_target_group", group.id, "arn"),
                "container_name": service.id,
                "container_port": group.port,
            }
        )
        for group in groups
    ]
    entries = [entry for group in groups for entry in ways_in(group.id, architecture)]
    # Otherwise tasks start before they may pull images and write logs.
    policy = Reference(f"aws_iam_role_policy_attachment.{slug(service.id, 'execution')}")
    return Resource(
        "aws_ecs_service",
        slug(service.id),
        origin(service),
        {
            "name": named(architecture, service.id),
            "cluster": refer("aws_ecs_cluster", service.cluster or _FALLBACK_CLUSTER),
            "task_definition": refer("aws_ecs_task_definition", service.id, "arn"),
            "desired_count": service.desired,
            "launch_type": service.launch.upper(),
            "enable_ecs_managed_tags": True,
            "propagate_tags": "SERVICE",
            "health_check_grace_period_seconds": _GRACE_SECONDS if groups else None,
            "deployment_circuit_breaker": Block({"enable": True, "rollback": True}),
            "network_configuration": Block(_network_configuration(service)),
            "load_balancer": Repeated(tuple(behind)),
            "depends_on": [*entries, policy],
        },
        reasons(service),
    )


def _network_configuration(service: Service) -> Body:
    return {
        "subnets": [refer("aws_subnet", subnet) for subnet in service.subnets],
        "security_groups": [refer("aws_security_group", group) for group in service.security_groups],
        # Only Fargate gives tasks a public address.
        "assign_public_ip": service.public_ip if service.launch == "fargate" else None,
    }


def _target_groups(service: Service, architecture: Architecture) -> list[TargetGroup]:
    return [group for group in architecture.network.target_groups.values() if group.target == service.id]
