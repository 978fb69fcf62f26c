"""Numbers that AWS takes, and nothing beyond them: what a spec states otherwise is left out, and listed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archspec.artifacts import Omission
from archspec.exporters.terraform.hcl import Block, Body
from archspec.exporters.terraform.resource import Resource

_TIERS = (0, 15)
_LIMITS: Mapping[str, tuple[int, int]] = {
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
    "aws_lb_target_group.health_check.interval": (5, 300),
    "aws_lb_target_group.health_check.timeout": (2, 120),
    "aws_lb_target_group.health_check.healthy_threshold": (2, 10),
    "aws_lb_target_group.health_check.unhealthy_threshold": (2, 10),
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
    "aws_lb_target_group.deregistration_delay": (0, 3600),
    "aws_lb_target_group.stickiness.cookie_duration": (1, 604_800),
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
    "aws_lb.idle_timeout": (1, 4000),
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
    "aws_lb_listener.tcp_idle_timeout_seconds": (60, 6000),
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html
    "aws_db_proxy_default_target_group.connection_pool_config.connection_borrow_timeout": (0, 300),
    "aws_db_proxy_default_target_group.connection_pool_config.max_connections_percent": (1, 100),
    # https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBCluster.html
    "aws_docdb_cluster.port": (1150, 65_535),
    "aws_docdb_cluster_instance.promotion_tier": _TIERS,
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    "aws_rds_cluster_instance.promotion_tier": _TIERS,
    "aws_rds_cluster.port": (1150, 65_535),
    "aws_db_instance.port": (1150, 65_535),
}
"""Argument of a type, of blocks in it by dots → the least and the most that AWS takes."""


def bounded(resource: Resource) -> Iterator[Resource | Omission]:
    """Yield a resource without numbers that AWS refuses, after a note of each of those."""
    left: list[Omission] = []
    body = _bounded(resource.body, resource.type, (resource, left))
    yield from left
    yield replace(resource, body=body) if left else resource


def _bounded(body: Body, path: str, at: tuple[Resource, list[Omission]]) -> Body:
    found = dict(body)
    for name, value in body.items():
        limits = _LIMITS.get(f"{path}.{name}")
        if isinstance(value, Block):
            found[name] = Block(_bounded(value.body, f"{path}.{name}", at))
        elif limits and isinstance(value, int) and not limits[0] <= value <= limits[1]:
            resource, left = at
            what = f"{name.replace('_', ' ')} is {value}, and AWS takes {limits[0]} to {limits[1]}"
            left.append(Omission(resource.origin.path, what))
            found[name] = None
    return found
