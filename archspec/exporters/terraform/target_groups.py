"""Target groups: where load balancers forward to, how they ask for health, and who keeps coming back."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.hcl import Block, Body
from archspec.exporters.terraform.listeners import accepted, forwards
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.network import LoadBalancer, TargetGroup

_NAME_LIMIT = 32
_LAYER_4 = frozenset({"TCP", "TLS", "UDP"})


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the target groups that listeners forward to."""
    for group in architecture.network.target_groups.values():
        balancers = _in_front(group, architecture)
        yield _target_group(group, balancers, architecture)
        if group.algorithm and not any(one.type == "application" for one in balancers):
            yield Omission((*group.path, "algorithm"), "only application load balancers have algorithms to choose from")
        if not group.health_check.startswith("/"):
            yield Omission((*group.path, "health_check"), f"'{group.health_check}' is no path; one begins with /")


def _in_front(group: TargetGroup, architecture: Architecture) -> list[LoadBalancer]:
    balancers = architecture.network.load_balancers.values()
    return [one for one in balancers if any(group.id in forwards(listener) for _, listener in accepted(one))]


def _target_group(group: TargetGroup, balancers: list[LoadBalancer], architecture: Architecture) -> Resource:
    service = architecture.compute.services[group.target]
    name = named(architecture, group.id, _NAME_LIMIT)
    kinds = {one.type for one in balancers}
    # A network load balancer speaks no HTTP with its targets, but may check their health with it.
    protocol = "TCP" if "network" in kinds and group.protocol in {"HTTP", "HTTPS"} else group.protocol
    return Resource(
        "aws_lb_target_group",
        slug(group.id),
        origin(group) if not group.derived else origin(service, "load_balancer"),
        {
            "name": name,
            "port": group.port,
            "protocol": protocol,
            "target_type": group.target_type or "ip",
            "vpc_id": refer("aws_vpc", architecture.network.subnets[service.subnets[0]].vpc),
            "deregistration_delay": seconds(group.deregistration_delay),
            "load_balancing_algorithm_type": group.algorithm if "application" in kinds else None,
            "load_balancing_cross_zone_enabled": _cross_zone(balancers),
            "health_check": Block(_health_check(group)),
            "stickiness": _stickiness(balancers),
            "tags": {"Name": name},
        },
        reasons(group),
    )


def _health_check(group: TargetGroup) -> Body:
    """A target that speaks no HTTP is asked for a connection, unless the spec names a path.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
    """
    asks_path = group.protocol not in _LAYER_4 or group.health_check != "/"
    secure = group.protocol in {"HTTPS", "TLS"}
    return {
        "path": group.health_check if asks_path and group.health_check.startswith("/") else None,
        "port": None if group.health_port is None else str(group.health_port),
        "protocol": ("HTTPS" if secure else "HTTP") if asks_path else "TCP",
        "matcher": "200-399" if asks_path else None,
        "interval": seconds(group.interval),
        "timeout": seconds(group.timeout),
        "healthy_threshold": group.healthy_after,
        "unhealthy_threshold": group.unhealthy_after,
    }


def _cross_zone(balancers: list[LoadBalancer]) -> str | None:
    """Say it where the spec does: an application load balancer itself cannot have it off.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
    """
    stated = {one.cross_zone for one in balancers if one.type == "application" and one.cross_zone is not None}
    return None if not stated else "false" if False in stated else "true"


def _stickiness(balancers: list[LoadBalancer]) -> Block | None:
    """Return what a load balancer says of requests that come back: in AWS, it is said of the target group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
    """
    stated = [one for one in balancers if one.sticky is not None or one.stickiness is not None]
    for balancer in stated[:1]:
        by_cookie = balancer.type == "application"
        lasting = seconds(balancer.stickiness) if by_cookie else None
        return Block(
            {
                "type": "lb_cookie" if by_cookie else "source_ip",
                "enabled": balancer.sticky is not False,
                "cookie_duration": lasting,
            }
        )
    return None
