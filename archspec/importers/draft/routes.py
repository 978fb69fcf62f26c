"""Route tables: where subnets lead, which tier they are of, and which tables archspec would derive just so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from archspec.importers.draft.attributes import blocks, items, text
from archspec.importers.draft.links import resource
from archspec.importers.draft.piece import Given
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Ref, Resource, Value

TABLES = ("aws_route_table", "aws_default_route_table")
_DESTINATIONS = ("destination_cidr_block", "cidr_block", "destination_ipv6_cidr_block", "ipv6_cidr_block")
_TARGETS = (
    "gateway_id", "nat_gateway_id", "vpc_peering_connection_id", "transit_gateway_id", "network_interface_id",
    "vpc_endpoint_id", "egress_only_gateway_id", "instance_id", "local_gateway_id", "carrier_gateway_id",
    "core_network_arn",
)  # fmt: skip
_BY_AWS_ID = {"igw": "aws_internet_gateway", "nat": "aws_nat_gateway"}
_ANYWHERE = ("0.0.0.0/0", "::/0")
_STORES = frozenset({"aws_db_subnet_group", "aws_docdb_subnet_group", "aws_elasticache_subnet_group"})
# They say how a subnet is joined to the network, not what stands in it.
_NO_TENANTS = frozenset({
    "aws_route_table_association",
    "aws_network_acl",
    "aws_network_acl_association",
    "aws_default_network_acl",
    "aws_flow_log",
    "aws_ram_resource_association",
})  # fmt: skip


class Route(NamedTuple):
    """Where a destination is sent: to an element, or to something that has no id; and the resource that says so."""

    destination: str
    target: str
    kind: str
    address: str


class Routing:
    """The route tables of an inventory."""

    def __init__(self, given: Given) -> None:
        self.given = given

    @cached_property
    def routes(self) -> Mapping[str, Sequence[Route]]:
        """The routes of each table by its address, those of its own block first."""
        found: dict[str, list[Route]] = {one.address: [] for one in self.given.inventory.of(*TABLES)}
        for table in self.given.inventory.of(*TABLES):
            found[table.address] += self._read(blocks(table.values.get("route")), table)
        for one in self.given.inventory.of("aws_route"):
            table_of = one.values.get("route_table_id")
            if isinstance(table_of, Ref) and table_of.address in found:
                found[table_of.address] += self._read([one.values], one)
        return found

    def _read(self, written: Sequence[Mapping[str, Value]], where: Resource) -> Iterator[Route]:
        for values in written:
            destination = next((text(values[key]) for key in _DESTINATIONS if text(values.get(key))), "")
            target = next((values[key] for key in _TARGETS if values.get(key)), None)
            if destination and target not in (None, "local"):
                led = resource(self.given, target)
                kind = led.type if led else _BY_AWS_ID.get(text(target).partition("-")[0], "")
                yield Route(destination, self.given.id(target), kind, where.address)

    @cached_property
    def table_of(self) -> Mapping[str, str]:
        """The address of the route table of each subnet, by the subnet's address; the VPC's main one where it is in
        none.

        https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
        """
        inventory, main = self.given.inventory, self._main
        found = {}
        for subnet in inventory.of("aws_subnet"):
            vpc = subnet.values.get("vpc_id")
            if isinstance(vpc, Ref) and vpc.address in main:
                found[subnet.address] = main[vpc.address]
        for one in inventory.of("aws_route_table_association"):
            subnet_of, table = one.values.get("subnet_id"), one.values.get("route_table_id")
            if isinstance(subnet_of, Ref) and isinstance(table, Ref):
                found[subnet_of.address] = table.address
        return found

    @cached_property
    def _main(self) -> Mapping[str, str]:
        """The main route table of each VPC, where a resource says which it is."""
        found = {}
        for table in self.given.inventory.of("aws_default_route_table"):
            of = table.values.get("default_route_table_id")
            vpc = of if isinstance(of, Ref) else table.values.get("vpc_id")
            if isinstance(vpc, Ref):
                found[vpc.address] = table.address
        for one in self.given.inventory.of("aws_main_route_table_association"):
            vpc, main = one.values.get("vpc_id"), one.values.get("route_table_id")
            if isinstance(vpc, Ref) and isinstance(main, Ref):
                found[vpc.address] = main.address
        return found

    @cached_property
    def _tenants(self) -> Mapping[str, set[str]]:
        """The types of resources that stand in each subnet."""
        found: dict[str, set[str]] = defaultdict(set)
        subnets = {one.address for one in self.given.inventory.of("aws_subnet")}
        for one in self.given.inventory.resources:
            if one.type not in _NO_TENANTS:
                for address in referred(list(one.values.values())) & subnets:
                    found[address].add(one.type)
        return found

    def of(self, subnet: Resource) -> Sequence[Route]:
        """Return the routes of a subnet."""
        return self.routes.get(self.table_of.get(subnet.address, ""), ())

    def tier(self, subnet: Resource) -> tuple[str, str]:
        """Return a subnet's tier, and the sentence that tells a guess."""
        stated = subnet.tags.get("Tier", "") if ELEMENT_TAG in subnet.tags else ""
        if stated in ("public", "private", "data"):
            return stated, ""
        out = [one for one in self.of(subnet) if one.destination in _ANYWHERE]
        if any(one.kind == "aws_internet_gateway" for one in out):
            return "public", ""
        if not out and subnet.values.get("map_public_ip_on_launch") is True and subnet.address not in self.table_of:
            return "public", "no route table of it is known; what starts in it gets a public address"
        tenants = self._tenants.get(subnet.address, set())
        return ("data", "") if not out and tenants and tenants <= _STORES else ("private", "")


def referred(value: Value) -> set[str]:
    """Return the addresses of everything that a value refers to, at any depth."""
    match value:
        case Ref():
            return {value.address}
        case Mapping():
            return {address for one in value.values() for address in referred(one)}
        case str() | int() | float() | None:
            return set()
        case _:
            return {address for one in items(value) for address in referred(one)}
