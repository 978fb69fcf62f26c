"""Route tables with their routes, and the peering connections that some lead through."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from archspec.artifacts import Origin
from archspec.exporters.terraform.hcl import Block, Body
from archspec.exporters.terraform.resource import Resource, label, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.network import InternetGateway, Peering, RouteTable

_TARGETS = {
    "internet_gateway": ("gateway_id", "aws_internet_gateway"),
    "nat_gateway": ("nat_gateway_id", "aws_nat_gateway"),
    "peering": ("vpc_peering_connection_id", "aws_vpc_peering_connection"),
}
"""Kind of a route's target → the argument of `aws_route` for it, and the type of the resource."""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield route tables, their routes and subnets, and peering connections."""
    for peering in architecture.network.peerings.values():
        yield _peering(peering, architecture)
    for table in architecture.network.route_tables.values():
        yield from _route_table(table, architecture)


def placed(element: InternetGateway | RouteTable, architecture: Architecture, *path: str | int) -> Origin:
    """Say where an element is stated; one that archspec added comes from its VPC, which needs it."""
    return origin(architecture.network.vpcs[element.vpc]) if element.derived else origin(element, *path)


def _peering(peering: Peering, architecture: Architecture) -> Resource:
    """Both VPCs are this account's and in its Region, so the connection accepts itself.

    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html
    """
    requester, accepter = peering.vpcs
    dns = None if peering.dns is None else Block({"allow_remote_vpc_dns_resolution": peering.dns})
    body: Body = {
        "vpc_id": refer("aws_vpc", requester),
        "peer_vpc_id": refer("aws_vpc", accepter),
        "auto_accept": True,
        "requester": dns,
        "accepter": dns,
        "tags": {"Name": named(architecture, peering.id)},
    }
    return Resource("aws_vpc_peering_connection", slug(peering.id), origin(peering), body, reasons(peering))


def _route_table(table: RouteTable, architecture: Architecture) -> Iterator[Resource]:
    body: Body = {"vpc_id": refer("aws_vpc", table.vpc), "tags": {"Name": named(architecture, table.id)}}
    yield Resource("aws_route_table", slug(table.id), placed(table, architecture), body, reasons(table))
    for i, route in enumerate(table.routes):
        if route.target in architecture.elements:
            yield _route(table, i, architecture)
    for subnet in table.subnets:
        yield Resource(
            "aws_route_table_association",
            slug(table.id, subnet),
            placed(table, architecture, "subnets"),
            {"subnet_id": refer("aws_subnet", subnet), "route_table_id": refer("aws_route_table", table.id)},
        )


def _route(table: RouteTable, index: int, architecture: Architecture) -> Resource:
    route = table.routes[index]
    argument, target = _TARGETS[architecture.elements[route.target].kind]
    destination = (
        "destination_cidr_block" if isinstance(route.destination, IPv4Network) else "destination_ipv6_cidr_block"
    )
    return Resource(
        "aws_route",
        slug(table.id, label(route.destination)),
        placed(table, architecture, "routes", index),
        {
            "route_table_id": refer("aws_route_table", table.id),
            destination: str(route.destination),
            argument: refer(target, route.target),
        },
    )
