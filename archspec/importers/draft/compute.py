"""ECS clusters and services, with their task definitions → the `compute:` section."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.importers.draft.attributes import block, blocks, switch, text, texts, whole
from archspec.importers.draft.links import element, elements, parts, resource
from archspec.importers.draft.listeners import Balancing, Behind
from archspec.importers.draft.piece import Given, Piece, unplaced
from archspec.importers.draft.scaling import Scalings
from archspec.importers.draft.spelling import percent, seconds
from archspec.importers.draft.target_groups import path_of
from archspec.importers.draft.tasks import command, task_of, variables
from archspec.resources.resource import Resource, Value

TYPES = frozenset({
    "aws_ecs_cluster",
    "aws_ecs_cluster_capacity_providers",
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_appautoscaling_policy",
    "aws_appautoscaling_scheduled_action",
    "aws_appautoscaling_target",
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece]:
    """Yield clusters, and services in the order in which load balancers lead to them."""
    for id_, one in given.elements("aws_ecs_cluster"):
        yield _cluster(given, id_, one)
    balancing, scalings = Balancing(given), Scalings(given)
    behind: dict[str, list[Behind]] = {}
    for each in balancing.behind:
        behind.setdefault(each.service, []).append(each)
    services = dict(given.elements("aws_ecs_service"))
    for id_ in dict.fromkeys([*behind, *services]):
        piece = _service(given, id_, services[id_], behind.get(id_, []))
        if scaling := scalings.of(services[id_]):
            piece.data["scaling"] = scaling
        yield piece


def _cluster(given: Given, id_: str, one: Resource) -> Piece:
    settings = [each for each in blocks(one.values.get("setting")) if each.get("name") == "containerInsights"]
    more = parts(given, "aws_ecs_cluster_capacity_providers", "cluster_name").get(one.address, ())
    providers = [texts(each.values.get("capacity_providers")) for each in (one, *more)]
    data = {
        "capacity_providers": [name for some in providers for name in some],
        "container_insights": settings[0].get("value") in ("enabled", "enhanced") if settings else None,
    }
    return Piece(("compute", "clusters"), id_, data, one.address)


def _service(given: Given, id_: str, one: Resource, behind: Sequence[Behind]) -> Piece:
    values = one.values
    task = task_of(given, one)
    network = block(values, "network_configuration")
    guesses = [] if network else ["the source gives it no subnets and no security groups of its own"]
    shown = [each for each in behind if each.balancer][:1]
    if len({each.balancer for each in behind if each.balancer}) > 1:
        guesses.append("it is behind several load balancers; the first is written")
    path = path_of(given, shown[0].group) if shown else ""
    data: dict[str, Any] = {
        "cluster": element(given, values.get("cluster")),
        "launch": "" if _is_fargate(values, task.values) else "ec2",
        "platform": text(values.get("platform_version")) if values.get("platform_version") != "LATEST" else "",
        **_image(given, task.container.get("image")),
        **_port(task.container, behind),
        "cpu": whole(task.values.get("cpu")) or whole(task.container.get("cpu")) or None,
        "memory": whole(task.values.get("memory")) or whole(task.container.get("memory")) or None,
        "desired": whole(values.get("desired_count")),
        "health_check": path,
        "health_command": command(task.container),
        "subnets": elements(given, network.get("subnets")),
        "security_groups": elements(given, network.get("security_groups")),
        "load_balancer": shown[0].balancer if shown else "",
        "public_ip": switch(network.get("assign_public_ip")) or None,
        **_discovery(given, values),
        "execution_role": element(given, task.values.get("execution_role_arn")),
        "task_role": element(given, task.values.get("task_role_arn")),
        "secrets": elements(given, [each.get("valueFrom") for each in blocks(task.container.get("secrets"))]),
        "variables": variables(task.container),
        "user": text(task.container.get("user")),
        "privileged": switch(task.container.get("privileged")) or None,
        "read_only_root": switch(task.container.get("readonlyRootFilesystem")),
        "log_group": element(given, block(task.container, "logConfiguration", "options").get("awslogs-group")),
        "deployment": _deployment(values),
    }
    return Piece(("compute", "services"), id_, data, one.address, (*guesses, *(unplaced(data) if network else ())))


def _is_fargate(service: Mapping[str, Value], task: Mapping[str, Value]) -> bool:
    providers = [text(one.get("capacity_provider")) for one in blocks(service.get("capacity_provider_strategy"))]
    launch = text(service.get("launch_type"))
    if launch and not providers:
        return launch == "FARGATE"
    needed = providers or texts(task.get("requires_compatibilities"))
    return not needed or any(name.startswith("FARGATE") for name in needed)


def _image(given: Given, image: Value) -> dict[str, str]:
    """Return the image, and the registry that it comes from where that is an element."""
    registry = element(given, image)
    written = text(image)
    for id_, one in given.elements("aws_ecr_repository"):
        name, url = text(one.values.get("name")), text(one.values.get("repository_url"))
        inside = written.partition(".amazonaws.com/")[2].partition("@")[0].partition(":")[0]
        if not registry and name and (inside == name or (url and written.startswith(url))):
            registry = id_
    return {"image": "" if "${" in written else written, "registry": registry}


def _port(container: Mapping[str, Value], behind: Sequence[Behind]) -> dict[str, Any]:
    """Return the port on which a service answers: the one behind its load balancer, else its container's first."""
    mappings = [one for one in blocks(container.get("portMappings")) if whole(one.get("containerPort"))]
    port = next((one.port for one in behind if one.port), None)
    shown = next((one for one in mappings if port in (None, whole(one.get("containerPort")))), {})
    udp = text(shown.get("protocol")).lower() == "udp"
    return {"port": port or whole(shown.get("containerPort")), "transport": "udp" if udp else ""}


def _discovery(given: Given, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the namespace in which a service is found, and its name there."""
    for registered in blocks(values.get("service_registries")):
        found = resource(given, registered.get("registry_arn"))
        space = block(found.values, "dns_config").get("namespace_id") if found else None
        under = resource(given, space)
        if found and under and element(given, space):
            names = [text(found.values.get("name")), text(under.values.get("name"))]
            return {"namespace": element(given, space), "domain": ".".join(names) if all(names) else ""}
    connected = block(values, "service_connect_configuration").get("namespace")
    return {"namespace": element(given, connected), "domain": ""}


def _deployment(values: Mapping[str, Value]) -> dict[str, Any]:
    breaker = block(values, "deployment_circuit_breaker")
    least, most = values.get("deployment_minimum_healthy_percent"), values.get("deployment_maximum_percent")
    grace = whole(values.get("health_check_grace_period_seconds"))
    data: dict[str, Any] = {
        "type": "blue-green" if block(values, "deployment_controller").get("type") == "CODE_DEPLOY" else "",
        "circuit_breaker": switch(breaker.get("enable")),
        "rollback": switch(breaker.get("rollback")),
        "minimum_healthy": percent(least) if whole(least) not in (None, 100) else "",
        "maximum": percent(most) if whole(most) not in (None, 200) else "",
        "grace_period": seconds(grace) if grace else "",
    }
    return {key: value for key, value in data.items() if value not in (None, "")}
