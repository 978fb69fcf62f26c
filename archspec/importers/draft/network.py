"""VPCs, subnets, gateways and what stands beside them → the `network:` section, without firewalls and balancers."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from archspec.importers.draft import endpoints
from archspec.importers.draft.attributes import block, blocks, switch, text, whole
from archspec.importers.draft.links import parts
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.routes import TABLES, Routing
from archspec.importers.draft.spelling import seconds
from archspec.importers.draft.tables import drafted_tables
from archspec.importers.draft.vpcs import stated_vpc, vpc_of, vpc_of_gateway
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Ref, Resource

TYPES = frozenset({
    *TABLES,
    *endpoints.TYPES,
    "aws_eip",
    "aws_eip_association",
    "aws_internet_gateway",
    "aws_internet_gateway_attachment",
    "aws_main_route_table_association",
    "aws_nat_gateway",
    "aws_ec2_managed_prefix_list",
    "aws_ec2_managed_prefix_list_entry",
    "aws_route",
    "aws_route_table_association",
    "aws_service_discovery_private_dns_namespace",
    "aws_service_discovery_service",
    "aws_subnet",
    "aws_vpc",
    "aws_vpc_ipv4_cidr_block_association",
    "aws_vpc_peering_connection",
    "aws_vpc_peering_connection_accepter",
    "aws_vpc_peering_connection_options",
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield the network."""
    routing = Routing(given)
    yield from _vpcs(given)
    subnets = [*_subnets(given, routing)]
    yield from subnets
    yield from _gateways(given, routing, {one.id: one for one in subnets if isinstance(one, Piece)})
    yield from _peerings(given)
    yield from _prefix_lists(given)
    yield from endpoints.pieces(given)
    yield from _namespaces(given)


def _vpcs(given: Given) -> Iterator[Piece]:
    more = parts(given, "aws_vpc_ipv4_cidr_block_association", "vpc_id")
    for id_, one in given.elements("aws_vpc"):
        values = one.values
        data = {
            "cidr": text(values.get("cidr_block")),
            "secondary_cidrs": [text(other.values.get("cidr_block")) for other in more.get(one.address, ())],
            "ipv6_cidr": text(values.get("ipv6_cidr_block")),
            "dns_support": False if switch(values.get("enable_dns_support")) is False else None,
            "dns_hostnames": switch(values.get("enable_dns_hostnames")) or None,
        }
        yield Piece(("network", "vpcs"), id_, data, one.address)


_TIERS = ("public", "private", "data")


def _subnets(given: Given, routing: Routing) -> Iterator[Piece | Left]:
    made: list[Piece] = []
    for id_, one in given.elements("aws_subnet"):
        vpc = vpc_of(given, one)
        if isinstance(vpc, Left):
            yield vpc
            continue
        tier, guess = routing.tier(one)
        guesses = [guess] if guess else []
        az = text(one.values.get("availability_zone"))
        if not az:
            same = sum(other.data["tier"] == tier for other in made)
            az = f"{given.inventory.region}{'abcdef'[same % 6]}"
            guesses.append(f"the source does not say the AZ of {id_}; taken for {az}")
        data: dict[str, Any] = {
            **stated_vpc(given, id_, vpc),
            "az": az,
            "tier": tier,
            "cidr": text(one.values.get("cidr_block")),
            "ipv6_cidr": text(one.values.get("ipv6_cidr_block")),
            "auto_public_ip": switch(one.values.get("map_public_ip_on_launch")) or None,
        }
        made.append(Piece(("network", "subnets"), id_, data, one.address, tuple(guesses)))
    yield from sorted(made, key=_place)


def _place(subnet: Piece) -> tuple[str, int, str, str]:
    data = subnet.data
    return data.get("vpc", ""), _TIERS.index(data["tier"]), data["az"], subnet.id


def _gateways(given: Given, routing: Routing, subnets: Mapping[str, Piece]) -> Iterator[Piece | Left]:
    """Yield gateways and route tables, those apart that archspec would derive just so."""
    tables = drafted_tables(given, routing, subnets)
    led_to = {route["target"] for table in tables.pieces for route in table.data["routes"]}
    for id_, one in given.elements("aws_internet_gateway"):
        vpc, elsewhere = vpc_of_gateway(given, one), vpc_of(given, one)
        if isinstance(elsewhere, Left):
            yield elsewhere
        elif id_ in led_to or not _implied(id_, vpc, one, tables.derived):
            yield Piece(("network", "internet_gateways"), id_, stated_vpc(given, id_, vpc), one.address)
    for id_, one in given.elements("aws_nat_gateway"):
        subnet = given.id(one.values.get("subnet_id"))
        private = one.values.get("connectivity_type") == "private"
        guesses = ("it is a private NAT gateway, which leads to no internet",) if private else ()
        yield Piece(("network", "nat_gateways"), id_, {"subnet": subnet}, one.address, guesses)
    yield from _elastic_ips(given)
    yield from tables.pieces
    yield from tables.left


def _implied(id_: str, vpc: str, gateway: Resource, derived: Collection[str]) -> bool:
    """Whether archspec adds this internet gateway by itself: the VPC has public subnets, and nobody chose its id."""
    return vpc in derived and (ELEMENT_TAG not in gateway.tags or id_ == f"{vpc}-igw")


def _elastic_ips(given: Given) -> Iterator[Piece]:
    """Yield the addresses that are not just what every NAT gateway has."""
    gateway_of = {
        value.address: id_
        for id_, one in given.elements("aws_nat_gateway")
        if isinstance(value := one.values.get("allocation_id"), Ref)
    }
    for id_, one in given.elements("aws_eip"):
        gateway = gateway_of.get(one.address, "")
        if not gateway or ELEMENT_TAG in one.tags:
            yield Piece(("network", "elastic_ips"), id_, {"gateway": gateway}, one.address)


def _peerings(given: Given) -> Iterator[Piece | Left]:
    options = parts(given, "aws_vpc_peering_connection_options", "vpc_peering_connection_id")
    for id_, one in given.elements("aws_vpc_peering_connection"):
        ends = [given.id(one.values.get(key)) for key in ("vpc_id", "peer_vpc_id")]
        if not all(ends):
            yield Left(one.address, "one of the two VPCs is not in the source")
            continue
        said = [one.values, *(other.values for other in options.get(one.address, ()))]
        dns = [
            switch(side.get("allow_remote_vpc_dns_resolution"))
            for values in said
            for key in ("accepter", "requester")
            for side in blocks(values.get(key))
        ]
        data = {"vpcs": ends, "dns": all(dns) if dns else None}
        yield Piece(("network", "peerings"), id_, data, one.address)


_MANAGED = {"cloudfront.origin-facing": "cloudfront", "s3": "s3", "dynamodb": "dynamodb"}


def _prefix_lists(given: Given) -> Iterator[Piece]:
    more = parts(given, "aws_ec2_managed_prefix_list_entry", "prefix_list_id")
    for id_, one in given.elements("aws_ec2_managed_prefix_list"):
        name = text(one.values.get("name"))
        managed = next((word for end, word in _MANAGED.items() if name.endswith(f".{end}")), "")
        data = {
            "managed": managed if name.startswith("com.amazonaws.") else "",
            "entries": [text(entry.get("cidr")) for entry in blocks(one.values.get("entry"))]
            + [text(other.values.get("cidr")) for other in more.get(one.address, ())],
            "max_entries": whole(one.values.get("max_entries")),
        }
        yield Piece(("network", "prefix_lists"), id_, data, one.address)


def _namespaces(given: Given) -> Iterator[Piece]:
    for id_, one in given.elements("aws_service_discovery_private_dns_namespace"):
        ttls = {
            whole(record.get("ttl"))
            for found in given.inventory.of("aws_service_discovery_service")
            if given.id(block(found.values, "dns_config").get("namespace_id")) == id_
            for record in blocks(block(found.values, "dns_config").get("dns_records"))
        }
        data = {
            "domain": text(one.values.get("name")),
            **stated_vpc(given, id_, given.id(one.values.get("vpc"))),
            "ttl": seconds(ttls.pop()) if len(ttls) == 1 else "",
        }
        yield Piece(("network", "namespaces"), id_, data, one.address)
