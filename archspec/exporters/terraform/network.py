"""VPCs, subnets, gateways and public addresses."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from archspec.artifacts import Omission
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.resource import Part, Resource, label, named, origin, reasons, refer, slug
from archspec.exporters.terraform.routing import placed
from archspec.model.architecture import Architecture
from archspec.model.network import ElasticIp, NatGateway, Subnet, Vpc

_AMAZON_CHOOSES = "Amazon chooses which IPv6 addresses a VPC gets"


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the VPCs with what stands in them; their routes, groups and load balancers are other areas."""
    network = architecture.network
    for vpc in network.vpcs.values():
        yield from _vpc(vpc, architecture)
    for subnet in network.subnets.values():
        yield from _subnet(subnet, architecture)
    for gateway in network.internet_gateways.values():
        body: Body = {"vpc_id": refer("aws_vpc", gateway.vpc), "tags": {"Name": named(architecture, gateway.id)}}
        yield Resource("aws_internet_gateway", slug(gateway.id), placed(gateway, architecture), body, reasons(gateway))
    for address in network.elastic_ips.values():
        yield _address(address, address.gateway, architecture)
    for nat_gateway in network.nat_gateways.values():
        yield from _nat_gateway(nat_gateway, architecture)


def _vpc(vpc: Vpc, architecture: Architecture) -> Iterator[Part]:
    name = named(architecture, vpc.id)
    yield Resource(
        "aws_vpc",
        slug(vpc.id),
        origin(vpc, "cidr"),
        {
            "cidr_block": str(vpc.cidr),
            "enable_dns_support": vpc.dns_support is not False,
            "enable_dns_hostnames": dns_hostnames(vpc),
            "tags": {"Name": name},
        },
        reasons(vpc),
    )
    for i, cidr in enumerate(vpc.secondary_cidrs):
        yield _secondary_block(vpc, i) if isinstance(cidr, IPv4Network) else _no_ipv6(vpc, "secondary_cidrs", i)
    if vpc.ipv6_cidr is not None:
        yield _no_ipv6(vpc, "ipv6_cidr")
    yield Resource(
        "aws_default_security_group",
        slug(vpc.id),
        origin(vpc),
        {"vpc_id": refer("aws_vpc", vpc.id), "tags": {"Name": f"{name}-closed"}},
        ("Has no rules: what is put into no security group of its own reaches nothing.",),
    )


def dns_hostnames(vpc: Vpc) -> bool:
    """Whether what has a public address in a VPC gets a name too, as private zones and endpoints need; on if unstated.

    https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
    """
    return vpc.dns_support is not False if vpc.dns_hostnames is None else vpc.dns_hostnames


def _no_ipv6(element: Vpc | Subnet, *path: str | int) -> Omission:
    return Omission((*element.path, *path), _AMAZON_CHOOSES)


def _secondary_block(vpc: Vpc, index: int) -> Resource:
    cidr = vpc.secondary_cidrs[index]
    return Resource(
        "aws_vpc_ipv4_cidr_block_association",
        slug(vpc.id, label(cidr)),
        origin(vpc, "secondary_cidrs", index),
        {"vpc_id": refer("aws_vpc", vpc.id), "cidr_block": str(cidr)},
    )


def _subnet(subnet: Subnet, architecture: Architecture) -> Iterator[Part]:
    yield Resource(
        "aws_subnet",
        slug(subnet.id),
        origin(subnet),
        {
            "vpc_id": _vpc_with_range(subnet, architecture.network.vpcs[subnet.vpc]),
            "cidr_block": str(subnet.cidr),
            "availability_zone": subnet.az,
            "map_public_ip_on_launch": subnet.auto_public_ip is True,
            "tags": {"Name": named(architecture, subnet.id), "Tier": subnet.tier},
        },
        reasons(subnet),
    )
    if subnet.ipv6_cidr is not None:
        yield _no_ipv6(subnet, "ipv6_cidr")


def _vpc_with_range(subnet: Subnet, vpc: Vpc) -> Reference:
    """Refer to the VPC through the block that gives it the subnet's range, which has to be there first."""
    for cidr in vpc.secondary_cidrs:
        if isinstance(cidr, IPv4Network) and isinstance(subnet.cidr, IPv4Network) and subnet.cidr.subnet_of(cidr):
            return refer("aws_vpc_ipv4_cidr_block_association", (vpc.id, label(cidr)), "vpc_id")
    return refer("aws_vpc", vpc.id)


def _address(element: ElasticIp | NatGateway, gateway: str, architecture: Architecture) -> Resource:
    body: Body = {
        "domain": "vpc",
        "tags": {"Name": named(architecture, element.id)},
        "depends_on": _ways_out(gateway, architecture) or None,
    }
    return Resource("aws_eip", slug(element.id), origin(element), body, reasons(element))


def _ways_out(gateway: str, architecture: Architecture) -> list[Reference]:
    """Return the internet gateways that a NAT gateway and its address need before them."""
    network = architecture.network
    vpc = network.subnets[network.nat_gateways[gateway].subnet].vpc if gateway else ""
    found = [one.id for one in network.internet_gateways.values() if one.vpc == vpc]
    return [Reference(f"aws_internet_gateway.{slug(id_)}") for id_ in found]


def _nat_gateway(gateway: NatGateway, architecture: Architecture) -> Iterator[Resource]:
    stated = [one.id for one in architecture.network.elastic_ips.values() if one.gateway == gateway.id]
    if not stated:
        yield _address(gateway, gateway.id, architecture)
    first, *others = stated or [gateway.id]
    yield Resource(
        "aws_nat_gateway",
        slug(gateway.id),
        origin(gateway),
        {
            "allocation_id": refer("aws_eip", first),
            "secondary_allocation_ids": [refer("aws_eip", id_) for id_ in others] or None,
            "subnet_id": refer("aws_subnet", gateway.subnet),
            "tags": {"Name": named(architecture, gateway.id)},
            "depends_on": _ways_out(gateway.id, architecture) or None,
        },
        reasons(gateway),
    )
