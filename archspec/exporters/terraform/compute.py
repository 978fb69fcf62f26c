"""ECS: clusters and services."""

import re
from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import containers, grants, identity
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated, Value
from archspec.exporters.terraform.load_balancing import ways_in
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.exporters.terraform.service_discovery import registration
from archspec.model.architecture import Architecture
from archspec.model.compute import Cluster, Deployment, Service
from archspec.model.network import TargetGroup

_FALLBACK_CLUSTER = ("services", "cluster")
_GRACE_SECONDS = 60
_OF_FARGATE = ("FARGATE", "FARGATE_SPOT")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+|LATEST")


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield clusters and services. Those that name no cluster share one that is made for them."""
    for cluster in architecture.compute.clusters.values():
        setting = "disabled" if cluster.container_insights is False else "enabled"
        yield Resource(
            "aws_ecs_cluster",
            slug(cluster.id),
            origin(cluster),
            _cluster(named(architecture, cluster.id), setting),
            reasons(cluster),
        )
        yield from _capacity(cluster)
    homeless = [service for service in architecture.compute.services.values() if not service.cluster]
    for service in homeless[:1]:
        reason = (f"derived: no cluster is stated for {', '.join(one.id for one in homeless)}",)
        body = _cluster(named(architecture, "services"), "enabled")
        yield Resource("aws_ecs_cluster", slug(*_FALLBACK_CLUSTER), origin(service), body, reason)
    for service in architecture.compute.services.values():
        yield from _service(service, architecture)


def cluster_name(service: Service) -> Reference:
    """Refer to the name of the cluster that a service runs in."""
    return refer("aws_ecs_cluster", service.cluster or _FALLBACK_CLUSTER, "name")


def _cluster(name: str, insights: str) -> Body:
    return {"name": name, "setting": Block({"name": "containerInsights", "value": insights})}


def _capacity(cluster: Cluster) -> Iterator[Part]:
    for i, provider in enumerate(cluster.capacity_providers):
        if provider not in _OF_FARGATE:
            yield Omission(
                (*cluster.path, "capacity_providers", i), "the group of EC2 instances behind it is not stated"
            )
    provided = [one for one in cluster.capacity_providers if one in _OF_FARGATE]
    if provided:
        yield Resource(
            "aws_ecs_cluster_capacity_providers",
            slug(cluster.id),
            origin(cluster, "capacity_providers"),
            {"cluster_name": refer("aws_ecs_cluster", cluster.id, "name"), "capacity_providers": provided},
        )


def _service(service: Service, architecture: Architecture) -> Iterator[Part]:
    needs = containers.needs(service, architecture)
    yield from identity.taken(service, "execution", "ecs-tasks", architecture, needs)
    if not service.execution_role:
        policy = "service-role/AmazonECSTaskExecutionRolePolicy"
        yield from identity.managed(service, "execution", policy, architecture)
    yield from identity.taken(service, "task", "ecs-tasks", architecture, grants.of(service.id, architecture))
    yield from containers.task_definition(service, architecture)
    yield _ecs_service(service, architecture)
    yield from _left_out(service, architecture)


def _left_out(service: Service, architecture: Architecture) -> Iterator[Omission]:
    groups = containers.target_groups(service, architecture)
    if service.launch == "ec2":
        yield Omission((*service.path, "launch"), "the EC2 instances that it runs on are not stated")
    if service.load_balancer and not groups:
        yield Omission((*service.path, "load_balancer"), "a load balancer needs the service's port")
    if service.health_check and not groups:
        yield Omission((*service.path, "health_check"), "no load balancer asks for it")
    if service.platform and (service.launch == "ec2" or not _VERSION.match(service.platform)):
        yield Omission((*service.path, "platform"), "is no platform version of Fargate")
    if service.deployment and service.deployment.type != "rolling":
        yield Omission(
            (*service.path, "deployment", "type"),
            f"a {service.deployment.type} deployment needs CodeDeploy, which archspec does not export; ECS rolls",
        )


def _ecs_service(service: Service, architecture: Architecture) -> Resource:
    groups = containers.target_groups(service, architecture)
    deployment = service.deployment or Deployment()
    circuit_breaker = deployment.circuit_breaker is not False
    grace = seconds(deployment.grace_period) if deployment.grace_period else _GRACE_SECONDS
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
            "platform_version": _platform(service),
            "enable_ecs_managed_tags": True,
            "propagate_tags": "SERVICE",
            "health_check_grace_period_seconds": grace if groups else None,
            **_shares(service, deployment),
            "deployment_circuit_breaker": Block(
                {
                    "enable": circuit_breaker,
                    "rollback": circuit_breaker if deployment.rollback is None else deployment.rollback,
                }
            ),
            "network_configuration": Block(_network_configuration(service)),
            "load_balancer": Repeated(tuple(_behind(service, group) for group in groups)),
            "service_registries": registration(service),
            "lifecycle": Block({"ignore_changes": [Reference("desired_count")]}) if service.scaling else None,
            "depends_on": _after(service, groups, architecture) or None,
        },
        reasons(service, _why_alone(service, deployment)),
    )


def _platform(service: Service) -> str | None:
    """Return the version of Fargate; `1.4.0+` means any from that one on, and so the latest."""
    found = _VERSION.match(service.platform)
    if found is None or service.launch != "fargate":
        return None
    return "LATEST" if service.platform.endswith("+") else found[0]


def _shares(service: Service, deployment: Deployment) -> dict[str, Value | None]:
    """Say how many tasks run while new ones replace old ones. A singleton has to be stopped first."""
    least, most = deployment.minimum_healthy, deployment.maximum
    alone = bool(service.singleton)
    return {
        "deployment_minimum_healthy_percent": int(least.low) if least else 0 if alone else None,
        "deployment_maximum_percent": int(most.high) if most else 100 if alone else None,
    }


def _why_alone(service: Service, deployment: Deployment) -> str:
    if not service.singleton or (deployment.minimum_healthy and deployment.maximum):
        return ""
    return "derived: no second task may run beside the first, so a deployment stops it before it starts another"


def _behind(service: Service, group: TargetGroup) -> Block:
    return Block(
        {
            "target_group_arn": refer("aws_lb_target_group", group.id, "arn"),
            "container_name": containers.container_name(service),
            "container_port": group.port,
        }
    )


def _after(service: Service, groups: list[TargetGroup], architecture: Architecture) -> list[Value]:
    """List what has to be there first: ways in, and the permission to pull images and to write logs."""
    entries: list[Value] = [entry for group in groups for entry in ways_in(group.id, architecture)]
    own = slug(service.id, "execution")
    if not service.execution_role:
        entries.append(Reference(f"aws_iam_role_policy_attachment.{own}"))
    stated = architecture.security.roles.get(service.execution_role)
    if containers.needs(service, architecture) and not (stated and identity.is_spelled_out(stated)):
        entries.append(Reference(f"aws_iam_role_policy.{own}"))
    return entries


def _network_configuration(service: Service) -> Body:
    return {
        "subnets": [refer("aws_subnet", subnet) for subnet in service.subnets],
        "security_groups": [refer("aws_security_group", group) for group in service.security_groups],
        # Only Fargate gives tasks a public address.
        "assign_public_ip": service.public_ip if service.launch == "fargate" else None,
    }
