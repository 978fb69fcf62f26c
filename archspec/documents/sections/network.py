"""VPCs, subnets and their addresses, what stands where, gateways, routes and network ACLs."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join
from archspec.documents.nacls import EntryRow, NaclRow, entries, nacls
from archspec.documents.page import Page
from archspec.documents.standing import places, tree
from archspec.documents.wording import BLANK, COMPUTED, codes, computed
from archspec.model.element import Network
from archspec.model.network import RouteTable, Subnet, Vpc

TITLE = "Network"

RESERVED = 5
"""The addresses of a subnet that AWS keeps: the first four and the last.

https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""


class VpcRow(NamedTuple):
    """A VPC."""

    vpc: Markdown
    name: Markdown
    cidrs: Markdown
    addresses: Markdown
    note: str


class SubnetRow(NamedTuple):
    """A subnet."""

    subnet: Markdown
    name: Markdown
    vpc: Markdown
    tier: str
    az: str
    cidr: Markdown
    usable: Markdown
    routes: Markdown
    note: str


class TierRow(NamedTuple):
    """What stands in a tier of a VPC, one cell an AZ."""

    vpc: Markdown
    tier: str
    cells: tuple[Markdown, ...]


class GatewayRow(NamedTuple):
    """An internet or NAT gateway."""

    gateway: Markdown
    name: Markdown
    kind: str
    place: Markdown
    az: str
    note: str


class RouteRow(NamedTuple):
    """One route of a table; `table` and `subnets` are empty after a table's first row."""

    table: Markdown
    name: Markdown
    subnets: Markdown
    destination: Markdown
    target: Markdown
    note: str


class NetworkSection(NamedTuple):
    """The facts. Rows name their VPC where there are several."""

    vpcs: tuple[VpcRow, ...]
    tree: tuple[Markdown, ...]
    subnets: tuple[SubnetRow, ...]
    azs: tuple[str, ...]
    tiers: tuple[TierRow, ...]
    gateways: tuple[GatewayRow, ...]
    routes: tuple[RouteRow, ...]
    nacls: tuple[NaclRow, ...]
    entries: tuple[EntryRow, ...]


def make(page: Page) -> NetworkSection | None:
    """Return the network, if there is any."""
    network = page.architecture.network
    if not (network.vpcs or network.subnets):
        return None
    azs = tuple(sorted({subnet.az for subnet in network.subnets.values()}))
    return NetworkSection(
        vpcs=tuple(_vpc(page, vpc) for vpc in network.vpcs.values()),
        tree=tuple(tree(page)),
        subnets=tuple(_subnet(page, subnet) for subnet in network.subnets.values()),
        azs=azs,
        tiers=tuple(_tiers(page, azs)),
        gateways=tuple(_gateways(page)),
        routes=tuple(row for table in network.route_tables.values() for row in _routes(page, table)),
        nacls=tuple(nacls(page)),
        entries=tuple(entries(page)),
    )


def _vpc(page: Page, vpc: Vpc) -> VpcRow:
    blocks = (vpc.cidr, *vpc.secondary_cidrs)
    addresses = computed(f"{sum(block.num_addresses for block in blocks):,}")
    return VpcRow(page.define(vpc), code(vpc.name), codes(blocks), addresses, vpc.note)


def _subnet(page: Page, subnet: Subnet) -> SubnetRow:
    table = page.graph.route_tables.get(subnet.id)
    return SubnetRow(
        subnet=page.define(subnet),
        name=code(subnet.name),
        vpc=_vpc_of(page, subnet),
        tier=subnet.tier,
        az=subnet.az,
        cidr=code(subnet.cidr),
        usable=computed(f"{usable_addresses(subnet.cidr):,}"),
        routes=page.refer(table.id) if table else Markdown("the local route only"),
        note=subnet.note,
    )


def _vpc_of(page: Page, subnet: Subnet) -> Markdown:
    """Name a subnet's VPC, where there are several."""
    return page.refer(subnet.vpc) if subnet.vpc and len(page.architecture.network.vpcs) > 1 else Markdown()


def usable_addresses(cidr: Network) -> int:
    """Return how many addresses of a subnet are left to use."""
    return max(cidr.num_addresses - RESERVED, 0)


def _tiers(page: Page, azs: tuple[str, ...]) -> Iterator[TierRow]:
    standing: dict[tuple[Markdown, str, str], list[Markdown]] = {}
    for element, subnet, words in places(page):
        cell = standing.setdefault((_vpc_of(page, subnet), subnet.tier, subnet.az), [])
        named = Markdown(f"{page.refer(element.id)}{words}")
        if named not in cell:
            cell.append(named)
    subnets = page.architecture.network.subnets.values()
    for vpc, tier in dict.fromkeys((_vpc_of(page, subnet), subnet.tier) for subnet in subnets):
        yield TierRow(vpc, tier, tuple(join(standing.get((vpc, tier, az), [])) or Markdown("–") for az in azs))


def _gateways(page: Page) -> Iterator[GatewayRow]:
    network = page.architecture.network
    for internet_gateway in network.internet_gateways.values():
        named = page.define(internet_gateway), code(internet_gateway.name), "internet gateway"
        yield GatewayRow(*named, page.refer(internet_gateway.vpc), "all", internet_gateway.note)
    for gateway in network.nat_gateways.values():
        az = network.subnets[gateway.subnet].az
        named = page.define(gateway), code(gateway.name), "NAT gateway"
        yield GatewayRow(*named, page.refer(gateway.subnet), az, gateway.note)


def _routes(page: Page, table: RouteTable) -> Iterator[RouteRow]:
    """Yield the routes of a table, the VPC's own first, which AWS puts into every table."""
    vpc = page.architecture.network.vpcs.get(table.vpc)
    blocks = codes((vpc.cidr, *vpc.secondary_cidrs)) if vpc else Markdown("the VPC")
    subnets = page.refer_all(table.subnets) or Markdown("–")
    named = page.define(table), code(table.name) or BLANK, subnets
    yield RouteRow(*named, blocks, Markdown(f"local{COMPUTED}"), table.note or BLANK)
    for route in table.routes:
        yield RouteRow(BLANK, BLANK, BLANK, code(route.destination), page.refer(route.target), BLANK)
