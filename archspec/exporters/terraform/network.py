"""VPCs, subnets, gateways and routes."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from archspec.artifacts import Origin
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.resource import Resource, label, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.network import InternetGateway, NatGateway, RouteTable, Subnet, Vpc

_TARGETS = {
    "internet_gateway": ("gateway_id", "aws_internet_gateway"),
    "nat_gateway": ("nat_gateway_id", "aws_nat_gateway"),
}
"""Kind of a route's target → the argument of `aws_route` for it, and the type of the resource."""


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the network, without its security groups and load balancers."""
    network = architecture.network
    for vpc in network.vpcs.values():
        yield from _vpc(vpc, architecture)
    for subnet in network.subnets.values():
        yield _subnet(subnet, architecture)
    for gateway in network.internet_gateways.values():
        body: Body = {"vpc_id": refer("aws_vpc", gateway.vpc), "tags": _tags(architecture, gateway)}
        yield Resource("aws_internet_gateway", slug(gateway.id), _stated(gateway, architecture), body, reasons(gateway))
    for nat_gateway in network.nat_gateways.values():
        yield from _nat_gateway(nat_gateway, architecture)
    for table in network.route_tables.values():
        yield from _route_table(table, architecture)


def _tags(architecture: Architecture, element: Element) -> dict[str, str]:
    return {"Name": named(architecture, element.id)}


def _stated(element: InternetGateway | RouteTable, architecture: Architecture, *path: str | int) -> Origin:
    """Say where an element is stated; one that archspec added comes from its VPC, which needs it."""
    return origin(architecture.network.vpcs[element.vpc]) if element.derived else origin(element, *path)


def _vpc(vpc: Vpc, architecture: Architecture) -> Iterator[Resource]:
    yield Resource(
        "aws_vpc",
        slug(vpc.id),
        origin(vpc, "cidr"),
        {
            "cidr_block": str(vpc.cidr),
            "enable_dns_support": True,
            "enable_dns_hostnames": True,
            "tags": _tags(architecture, vpc),
        },
        reasons(vpc),
    )
    for i, cidr in enumerate(vpc.secondary_cidrs):
        if cidr.version == vpc.cidr.version:
            yield Resource(
                "aws_vpc_ipv4_cidr_block_association",
                slug(vpc.id, label(cidr)),
                origin(vpc, "secondary_cidrs", i),
                {"vpc_id": refer("aws_vpc", vpc.id), "cidr_block": str(cidr)},
            )
    yield Resource(
        "aws_default_security_group",
        slug(vpc.id),
        origin(vpc),
        {"vpc_id": refer("aws_vpc", vpc.id), "tags": {"Name": f"{named(architecture, vpc.id)}-closed"}},
        ("Has no rules: what is put into no security group of its own reaches nothing.",),
    )


def _subnet(subnet: Subnet, architecture: Architecture) -> Resource:
    return Resource(
        "aws_subnet",
        slug(subnet.id),
        origin(subnet),
        {
            "vpc_id": _vpc_with_range(subnet, architecture.network.vpcs[subnet.vpc]),
            "cidr_block": str(subnet.cidr),
            "availability_zone": subnet.az,
            "map_public_ip_on_launch": False,
            "tags": {**_tags(architecture, subnet), "Tier": subnet.tier},
        },
        reasons(subnet),
    )


def _vpc_with_range(subnet: Subnet, vpc: Vpc) -> Reference:
    """Refer to the VPC through the block that gives it the subnet's range, which has to be there first."""
    for cidr in vpc.secondary_cidrs:
        if isinstance(cidr, IPv4Network) and isinstance(subnet.cidr, IPv4Network) and subnet.cidr.subnet_of(cidr):
            return refer("aws_vpc_ipv4_cidr_block_association", (vpc.id, label(cidr)), "vpc_id")
    return refer("aws_vpc", vpc.id)


def _nat_gateway(gateway: NatGateway, architecture: Architecture) -> Iterator[Resource]:
    network = architecture.network
    vpc = network.subnets[gateway.subnet].vpc
    ways_out = [
        Reference(f"aws_internet_gateway.{slug(one.id)}")
        for one in network.internet_gateways.values()
        if one.vpc == vpc
    ]
    address: Body = {"domain": "vpc", "tags": _tags(architecture, gateway), "depends_on": ways_out or None}
    yield Resource("aws_eip", slug(gateway.id), origin(gateway), address, reasons(gateway))
    yield Resource(
        "aws_nat_gateway",
        slug(gateway.id),
        origin(gateway),
        {
            "allocation_id": refer("aws_eip", gateway.id),
            "subnet_id": refer("aws_subnet", gateway.subnet),
            "tags": _tags(architecture, gateway),
            "depends_on": ways_out or None,
        },
        reasons(gateway),
    )


def _route_table(table: RouteTable, architecture: Architecture) -> Iterator[Resource]:
    body: Body = {"vpc_id": refer("aws_vpc", table.vpc), "tags": _tags(architecture, table)}
    yield Resource("aws_route_table", slug(table.id), _stated(table, architecture), body, reasons(table))
    for i, route in enumerate(table.routes):
        if route.target in architecture.elements:
            yield _route(table, i, architecture)
    for subnet in table.subnets:
        yield Resource(
            "aws_route_table_association",
            slug(table.id, subnet),
            _stated(table, architecture, "subnets"),
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
        _stated(table, architecture, "routes", index),
        {
            "route_table_id": refer("aws_route_table", table.id),
            destination: str(route.destination),
            argument: refer(target, route.target),
        },
    )
