"""VPCs, subnets and their addresses, what stands where, gateways and routes."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page
from archspec.documents.wording import COMPUTED, codes, computed
from archspec.graph.graph import is_attached
from archspec.model.data import Store
from archspec.model.element import Element, Network
from archspec.model.network import NatGateway, RouteTable, Subnet

TITLE = "Network"

RESERVED = 5
"""The addresses of a subnet that AWS keeps: the first four and the last.

https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""


class VpcRow(NamedTuple):
    """A VPC."""

    vpc: Markdown
    cidrs: Markdown
    note: str


class SubnetRow(NamedTuple):
    """A subnet."""

    subnet: Markdown
    tier: str
    az: str
    cidr: Markdown
    usable: Markdown
    routes: Markdown


class TierRow(NamedTuple):
    """What stands in a tier, one cell an AZ."""

    tier: str
    cells: tuple[Markdown, ...]


class GatewayRow(NamedTuple):
    """An internet or NAT gateway."""

    gateway: Markdown
    kind: str
    place: Markdown
    az: str


class RouteRow(NamedTuple):
    """One route of a table; `table` and `subnets` are empty after a table's first row."""

    table: Markdown
    subnets: Markdown
    destination: Markdown
    target: Markdown


class NetworkSection(NamedTuple):
    """The facts."""

    vpcs: tuple[VpcRow, ...]
    subnets: tuple[SubnetRow, ...]
    azs: tuple[str, ...]
    tiers: tuple[TierRow, ...]
    gateways: tuple[GatewayRow, ...]
    routes: tuple[RouteRow, ...]


def make(page: Page) -> NetworkSection | None:
    """Return the network, if there is any."""
    network = page.architecture.network
    if not (network.vpcs or network.subnets):
        return None
    vpcs = tuple(
        VpcRow(page.define(vpc), codes((vpc.cidr, *vpc.secondary_cidrs)), vpc.note) for vpc in network.vpcs.values()
    )
    azs = tuple(sorted({subnet.az for subnet in network.subnets.values()}))
    return NetworkSection(
        vpcs=vpcs,
        subnets=tuple(_subnet(page, subnet) for subnet in network.subnets.values()),
        azs=azs,
        tiers=tuple(_tiers(page, azs)),
        gateways=tuple(_gateways(page)),
        routes=tuple(row for table in network.route_tables.values() for row in _routes(page, table)),
    )


def _subnet(page: Page, subnet: Subnet) -> SubnetRow:
    table = page.graph.route_tables.get(subnet.id)
    routes = page.refer(table.id) if table else Markdown("the local route only")
    usable = computed(f"{usable_addresses(subnet.cidr):,}")
    return SubnetRow(page.define(subnet), subnet.tier, subnet.az, code(subnet.cidr), usable, routes)


def usable_addresses(cidr: Network) -> int:
    """Return how many addresses of a subnet are left to use."""
    return max(cidr.num_addresses - RESERVED, 0)


def _tiers(page: Page, azs: tuple[str, ...]) -> Iterator[TierRow]:
    standing: dict[tuple[str, str], list[Markdown]] = {}
    for element in page.architecture.elements.values():
        for subnet, words in _places(page, element):
            cell = standing.setdefault((subnet.tier, subnet.az), [])
            named = Markdown(f"{page.refer(element.id)}{words}")
            if named not in cell:
                cell.append(named)
    for tier in dict.fromkeys(subnet.tier for subnet in page.architecture.network.subnets.values()):
        cells = tuple(join(standing.get((tier, az), [])) or Markdown("–") for az in azs)
        yield TierRow(tier, cells)


def _places(page: Page, element: Element) -> Iterator[tuple[Subnet, str]]:
    """Yield the subnets that an element stands in, with its role there: a store's by its instances, where stated."""
    match element:
        case NatGateway():
            yield page.architecture.network.subnets[element.subnet], ""
        case Store(instances=instances) if instances:
            for instance in instances:
                status = "" if instance.status == "current" else f", {instance.status}"
                for subnet in page.graph.subnets(element):
                    if subnet.az == instance.az:
                        yield subnet, f" ({instance.role}{status})"
        case Store(multi_az=False):
            yield from ((subnet, " (in one of its AZs)") for subnet in page.graph.subnets(element))
        case _ if is_attached(element):
            yield from ((subnet, "") for subnet in page.graph.subnets(element))


def _gateways(page: Page) -> Iterator[GatewayRow]:
    network = page.architecture.network
    for internet_gateway in network.internet_gateways.values():
        yield GatewayRow(page.define(internet_gateway), "internet gateway", page.refer(internet_gateway.vpc), "all")
    for gateway in network.nat_gateways.values():
        az = network.subnets[gateway.subnet].az
        yield GatewayRow(page.define(gateway), "NAT gateway", page.refer(gateway.subnet), az)


def _routes(page: Page, table: RouteTable) -> Iterator[RouteRow]:
    """Yield the routes of a table, the VPC's own first, which AWS puts into every table."""
    vpc = page.architecture.network.vpcs.get(table.vpc)
    blocks = codes((vpc.cidr, *vpc.secondary_cidrs)) if vpc else Markdown("the VPC")
    subnets = page.refer_all(table.subnets) or Markdown("–")
    yield RouteRow(page.define(table), subnets, blocks, Markdown(f"local{COMPUTED}"))
    for route in table.routes:
        yield RouteRow(Markdown(), Markdown(), code(route.destination), page.refer(route.target))
