"""Placement views of any size, the same for the same sizes: VPCs, AZ columns, tiers, services, stores, and flows.

An element here is what a reader counts: a VPC, a subnet, a service, a store, a gateway, a topic. A service stands in
every AZ of its VPC, as one node in each; a store in one of them, and its standby in the next.
"""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.views.view import Edge, Group, Node, View

TIERS = ("public", "private", "data")
PORTS = ("5432 PostgreSQL", "6379 Redis", "443 HTTPS (publish)", "8080 HTTP", "9092 Kafka")


class Size(NamedTuple):
    """How many VPCs with how many AZs; a VPC's services, stores, and beside the VPCs the managed elements."""

    vpcs: int
    azs: int
    services: int
    stores: int
    managed: int


def elements(size: Size) -> int:
    """Return how many elements a view of that size shows: VPCs, subnets, gateways, clusters and all the rest."""
    return size.vpcs * (1 + 1 + 1 + 1 + size.azs * len(TIERS) + size.services + size.stores) + size.managed


def view(size: Size, flows: int) -> View:
    """Return a view with that many flows, each drawn as an edge in each AZ that its ends share."""
    groups = [Group("cloud", "AWS Cloud", "cloud"), Group("region", "Region", "region", "cloud", "eu-central-1")]
    nodes = [Node("internet", "internet", "Internet", "internet")]
    for number in range(size.vpcs):
        groups += _groups(f"vpc{number}", number, size.azs)
        nodes += _nodes(f"vpc{number}", size)
    nodes += [Node(f"topic{i}", f"topic{i}", f"orders-topic-{i}", "topic", "region") for i in range(size.managed)]
    edges = tuple(dict.fromkeys(_edges(size, flows)))
    return View(
        "network", "Generated: network", "A generated network.", "placement", tuple(groups), tuple(nodes), edges
    )


def _groups(vpc: str, number: int, azs: int) -> Iterator[Group]:
    yield Group(vpc, f"VPC {vpc}", "vpc", "region", f"10.{number}.0.0/16")
    for az in range(azs):
        column = f"{vpc}/{az}"
        yield Group(column, f"Availability Zone eu-central-1{'abcdef'[az]}", "az", vpc)
        for row, tier in enumerate(TIERS):
            cidr = f"10.{number}.{row * 16 + az}.0/24"
            yield Group(f"{column}/{tier}", f"{tier.capitalize()} subnet", tier, column, cidr, row)
        yield Group(f"{column}/ecs", "ECS Fargate", "cluster", f"{column}/private")


def _nodes(vpc: str, size: Size) -> Iterator[Node]:
    yield Node(f"{vpc}-igw", f"{vpc}-igw", "Internet Gateway", "internet_gateway", vpc, border=True)
    yield Node(f"{vpc}-alb", f"{vpc}-alb", "Application Load Balancer", "load_balancer", vpc, row=0)
    for az in range(size.azs):
        for i in range(size.services):
            id_ = f"{vpc}-service{i}"
            yield Node(f"{id_}@{az}", id_, f"Service {i}", "service", f"{vpc}/{az}/ecs", (f"port {8000 + i}",))
    for i in range(size.stores):
        for copy, role in enumerate(("primary", "standby")[: size.azs]):
            id_, az = f"{vpc}-store{i}", (i + copy) % size.azs
            yield Node(f"{id_}@{copy}", id_, f"Store {i}", "database", f"{vpc}/{az}/data", (role, "db.t4g.medium"))


def _edges(size: Size, flows: int) -> Iterator[Edge]:
    for number in range(size.vpcs):
        yield Edge("internet", f"vpc{number}-igw", "443 HTTPS")
        yield Edge(f"vpc{number}-igw", f"vpc{number}-alb")
    for flow in range(flows):
        vpc, turn = f"vpc{flow % size.vpcs}", flow // size.vpcs
        for az in range(size.azs):
            yield _edge(size, vpc, turn, az)


def _edge(size: Size, vpc: str, turn: int, az: int) -> Edge:
    """Return a flow as it leaves one AZ: from the balancer, to a store, to a topic, or to another service."""
    source, way = f"{vpc}-service{turn % size.services}@{az}", turn % 4
    if way == 0:
        return Edge(f"{vpc}-alb", source, "8000-8099 HTTP")
    if way == 1 and size.stores:
        return Edge(source, f"{vpc}-store{turn * 7 % size.stores}@0", "5432 PostgreSQL")
    if way == 2 and size.managed:
        return Edge(source, f"topic{turn * 5 % size.managed}", "443 HTTPS (publish)")
    return Edge(source, f"{vpc}-service{(turn + 1) % size.services}@{az}", PORTS[turn % len(PORTS)])
