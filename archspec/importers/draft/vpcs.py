"""In which VPC a resource stands, and whether a person would write it."""

from archspec.importers.draft.attributes import text
from archspec.importers.draft.links import parts, resource
from archspec.importers.draft.noise import by_aws
from archspec.importers.draft.piece import Given, Left
from archspec.resources.resource import Resource


def stated_vpc(given: Given, id_: str, vpc: str) -> dict[str, str]:
    """Return the key `vpc` of an element, unless it stands in the only VPC that it may be meant to stand in."""
    all_ = [one for one, _ in given.elements("aws_vpc")]
    environment = id_.rpartition("/")[0]
    meant = [one for one in all_ if one.rpartition("/")[0] == environment] or [one for one in all_ if "/" not in one]
    return {"vpc": vpc} if vpc and meant != [vpc] else {}


def vpc_of(given: Given, one: Resource) -> str | Left:
    """Return the VPC of a resource; a reason to leave it where that is AWS's default one or not in the source."""
    found = resource(given, one.values.get("vpc_id") or one.values.get("default_route_table_id"))
    if found and found.type == "aws_vpc_ipv4_cidr_block_association":
        found = resource(given, found.values.get("vpc_id"))
    if found and (found.type == "aws_default_vpc" or by_aws(found)):
        return Left(one.address, "it stands in the default VPC of the account")
    if found is None and text(one.values.get("vpc_id")) and given.elements("aws_vpc"):
        return Left(one.address, "it stands in a VPC that is not in the source")
    return given.ids.get(found.address, "") if found else ""


def vpc_of_gateway(given: Given, gateway: Resource) -> str:
    """Return the VPC of an internet gateway."""
    found = parts(given, "aws_internet_gateway_attachment", "internet_gateway_id").get(gateway.address, ())
    return next(filter(None, (given.id(one.values.get("vpc_id")) for one in (gateway, *found))), "")
