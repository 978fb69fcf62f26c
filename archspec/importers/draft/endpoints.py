"""VPC endpoints → those of a spec."""

from collections.abc import Iterator

from archspec.importers.draft.attributes import items, switch, text
from archspec.importers.draft.links import elements, parts
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.vpcs import stated_vpc, vpc_of
from archspec.resources.resource import Resource

TYPES = frozenset({
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_policy",
    "aws_vpc_endpoint_route_table_association",
    "aws_vpc_endpoint_security_group_association",
    "aws_vpc_endpoint_subnet_association",
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield the endpoints."""
    for id_, one in given.elements("aws_vpc_endpoint"):
        values = one.values
        vpc = vpc_of(given, one)
        if isinstance(vpc, Left):
            yield vpc
            continue
        kind = text(values.get("vpc_endpoint_type")) or "Gateway"
        data = {
            "service": _short_service(text(values.get("service_name"))),
            "type": "gateway" if kind == "Gateway" else "",
            **stated_vpc(given, id_, vpc),
            "subnets": _associated(given, one, "subnet_ids", "subnet", "subnet_id"),
            "security_groups": _associated(given, one, "security_group_ids", "security_group", "security_group_id"),
            "route_tables": _associated(given, one, "route_table_ids", "route_table", "route_table_id"),
            "private_dns": switch(values.get("private_dns_enabled")) if kind == "Interface" else None,
        }
        guesses = () if kind in ("Gateway", "Interface") else (f"its type is {kind}, which archspec does not know",)
        yield Piece(("network", "endpoints"), id_, data, one.address, guesses)


def _short_service(name: str) -> str:
    """Return AWS's short name of a service: `ecr.api` of `com.amazonaws.us-east-1.ecr.api`."""
    steps = name.split(".")
    return ".".join(steps[3:]) if steps[:2] == ["com", "amazonaws"] else name


def _associated(given: Given, one: Resource, key: str, word: str, other: str) -> list[str]:
    found = parts(given, f"aws_vpc_endpoint_{word}_association", "vpc_endpoint_id").get(one.address, ())
    return elements(given, [*items(one.values.get(key)), *(part.values.get(other) for part in found)])
