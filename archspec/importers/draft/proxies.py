"""RDS proxies → `data.proxies`."""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, switch, text, whole
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.spelling import percent, seconds
from archspec.resources.resource import Resource

HOME = ("data", "proxies")
TYPES = frozenset({"aws_db_proxy", "aws_db_proxy_default_target_group", "aws_db_proxy_target", "aws_db_proxy_endpoint"})
_IDLE = 1800
"""The seconds that a client may be idle unless told otherwise.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
"""
_TARGETS = ("db_cluster_identifier", "db_instance_identifier")


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the proxies."""
    targets = links.parts(given, "aws_db_proxy_target", "db_proxy_name")
    groups = links.parts(given, "aws_db_proxy_default_target_group", "db_proxy_name")
    for id_, found in links.by_id(given, "aws_db_proxy").items():
        one = found[0]
        named = [target.values.get(attribute) for target in targets.get(one.address, []) for attribute in _TARGETS]
        yield Piece(HOME, id_, _proxy(given, one, links.elements(given, named), groups), one.address)


def _proxy(given: Given, one: Resource, targets: list[str], groups: Mapping[str, list[Resource]]) -> dict[str, Any]:
    values = one.values
    pools = [block(group.values, "connection_pool_config") for group in groups.get(one.address, [])]
    signing_in = blocks(values.get("auth"))
    return {
        "name": text(values.get("name")),
        "target": next(iter(targets), ""),
        "family": text(values.get("engine_family")).lower(),
        "subnets": links.placed(given, values.get("vpc_subnet_ids")),
        "security_groups": links.placed(given, values.get("vpc_security_group_ids")),
        "pool": _pool(next(iter(pools), {}), values),
        "tls": switch(values.get("require_tls")),
        "iam_auth": _iam(signing_in),
        "credentials": links.placed(given, [way.get("secret_arn") for way in signing_in]),
        "role": links.element(given, values.get("role_arn")),
    }


def _pool(pool: Values, values: Values) -> dict[str, str]:
    idle = whole(values.get("idle_client_timeout"))
    return {
        "max": percent(pool.get("max_connections_percent")),
        "idle": percent(pool.get("max_idle_connections_percent")),
        "timeout": seconds(pool.get("connection_borrow_timeout")),
        "idle_timeout": seconds(idle) if idle != _IDLE else "",
    }


def _iam(signing_in: list[Values]) -> bool | None:
    said = {text(way.get("iam_auth")) for way in signing_in} - {""}
    return "REQUIRED" in said if said else None
