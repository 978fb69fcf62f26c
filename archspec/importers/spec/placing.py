"""What elements say, held against the rest: a VPC left out, an AZ of another Region, stores rebuilt in a circle."""

import re
from collections.abc import Iterator

from archspec.errors import Problem
from archspec.model.architecture import Architecture
from archspec.source import Source


def misplaced(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """Yield a problem for what could stand in several VPCs, an AZ that the Region has not, and stores in a circle."""
    yield from _without_vpc(architecture, read)
    yield from _associated_twice(architecture, read)
    yield from _in_too_many_subnets(architecture, read)
    yield from _in_another_region(architecture, read)
    yield from _rebuilt_in_a_circle(architecture, read)


def _without_vpc(architecture: Architecture, read: Source) -> Iterator[Problem]:
    network = architecture.network
    if len(network.vpcs) < 2:
        return
    placed = (network.subnets, network.internet_gateways, network.route_tables, network.security_groups)
    for element in (element for elements in placed for element in elements.values() if not element.vpc):
        meant = network.vpcs_for(element)
        if len(meant) > 1:
            names = [id_.removeprefix(f"{element.environment}/") for id_ in meant[:6]]
            message = f"'{element.id}' names no VPC, and there are {len(meant)}"
            yield Problem(message, read.locate(element.path), f"add `vpc:`, one of: {', '.join(names)}", "DOC002")


def _associated_twice(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """A subnet is in one route table. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html"""
    first: dict[str, str] = {}
    for table in architecture.network.route_tables.values():
        for i, id_ in enumerate(table.subnets if table.status == "current" else ()):
            if first.setdefault(id_, table.id) != table.id:
                message = f"'{id_}' is already in the route table '{first[id_]}', and a subnet is in one"
                place = read.locate((*table.path, "subnets", i))
                yield Problem(message, place, "leave it in one of the two route tables", "DOC002")


_MOST_SUBNETS = 100
"""More than AWS takes anywhere: 16 for a service, 20 for a subnet group. Every pair of subnets is asked one by one.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
"""


def _in_too_many_subnets(architecture: Architecture, read: Source) -> Iterator[Problem]:
    for element in architecture.elements.values():
        count = len(getattr(element, "subnets", ())) if element.attached else 0
        if count > _MOST_SUBNETS:
            message = f"'{element.id}' stands in {count} subnets"
            hint = f"name the subnets that it needs, {_MOST_SUBNETS} at most"
            yield Problem(message, read.locate((*element.path, "subnets")), hint, "DOC002")


def _in_another_region(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """A zone is its Region and a letter; a local or wavelength zone is its Region, a hyphen and more.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
    """
    region = architecture.region
    zone = re.compile(rf"{re.escape(region)}([a-z]|-[a-z0-9-]+)")
    hint = f"write the Region and a letter, such as {region}a"
    stores = (*architecture.data.databases.values(), *architecture.data.caches.values())
    places = [(subnet.az, (*subnet.path, "az")) for subnet in architecture.network.subnets.values()]
    places += [
        (one.az, (*store.path, "instances", i, "az")) for store in stores for i, one in enumerate(store.instances)
    ]
    for az, path in places:
        if az and not zone.fullmatch(az):
            yield Problem(f"'{az}' is not an Availability Zone of {region}", read.locate(path), hint, "DOC002")


def _rebuilt_in_a_circle(architecture: Architecture, read: Source) -> Iterator[Problem]:
    sources = {one.id: one for one in (*architecture.data.databases.values(), *architecture.data.caches.values())}
    for store in sources.values():
        way = [store.id]
        while (above := sources[way[-1]].rebuild_from) in sources and above not in way:
            way.append(above)
        if above == store.id:
            message = f"'{store.id}' is rebuilt from itself: {' -> '.join([*way, above])}"
            hint = "one of them has to be kept by backups instead"
            yield Problem(message, read.locate((*store.path, "rebuild_from")), hint, "DOC001")
