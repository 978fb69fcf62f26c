"""By which endpoint of its VPC an element gets to a service of AWS's, or that it goes there as to the internet.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph, is_attached
from archspec.model.element import Element
from archspec.model.network import Endpoint, Subnet
from archspec.model.observability import Monitor
from archspec.model.security import SecretStore
from archspec.model.status import current

_SERVICES: Mapping[str, tuple[str, ...]] = {
    "bucket": ("s3",),
    "registry": ("ecr.api", "ecr.dkr"),
    "repository": ("ecr.api", "ecr.dkr"),
    "secret_store": ("secretsmanager", "ssm"),
    "secret": ("secretsmanager",),
    "monitor": ("logs", "monitoring"),
    "log_group": ("logs",),
    "queue": ("sqs",),
    "topic": ("sns",),
    "key": ("kms",),
}
_COLLECTS = {"logs": "logs", "metrics": "monitoring", "traces": "xray"}


def services(element: Element) -> tuple[str, ...]:
    """Return AWS's names of the services that are asked where an element is: all of them have to be reached."""
    match element:
        case SecretStore(service=service):
            return ("secretsmanager",) if service == "secrets-manager" else ("ssm",)
        case Monitor(collects=(_, *_) as collects):
            return tuple(_COLLECTS[one] for one in collects)
        case Endpoint(service=service):
            return (service,)
        case _:
            return _SERVICES.get(element.kind, ())


class Door(NamedTuple):
    """A way to a service: by an interface endpoint, or else by a gateway endpoint where the route tables have it.

    `only` says that there is no other: the gateway endpoint itself is what is asked for.
    """

    service: str
    interface: Endpoint | None
    gateway: Endpoint | None
    only: bool = False


PUBLIC = Door("", None, None)
"""The way to everything else outside."""


def doors(graph: Graph, source: Element, target: Element) -> tuple[Door, ...]:
    """Return the ways from an element to what stands in no VPC: one for each service that has to be reached."""
    if isinstance(target, Endpoint):
        stated = target if target.route_tables or target.type == "gateway" else None
        return (Door(target.service, None, stated, only=stated is not None),)
    vpc = graph.vpc(source) if is_attached(source) else ""
    found = [_door(graph, vpc, service) for service in services(target)] if vpc else []
    return tuple(dict.fromkeys(found)) or (PUBLIC,)


def door_to(graph: Graph, source: Element, service: str) -> Door:
    """Return the way from an element to a service by AWS's name of it."""
    return _door(graph, graph.vpc(source) if is_attached(source) else "", service)


def _door(graph: Graph, vpc: str, service: str) -> Door:
    known = _by_service(graph).get((vpc, service), ())
    interface = next((one for one in known if is_used(one)), None)
    gateway = next((one for one in known if one.type == "gateway"), None)
    return Door(service, interface, gateway)


def is_used(endpoint: Endpoint) -> bool:
    """Whether the service's own name leads to the interface endpoint: it has subnets, and its private DNS is not off.

    https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
    """
    return endpoint.type == "interface" and bool(endpoint.subnets) and endpoint.private_dns is not False


@lru_cache(maxsize=1)
def _by_service(graph: Graph) -> Mapping[tuple[str, str], tuple[Endpoint, ...]]:
    found: dict[tuple[str, str], tuple[Endpoint, ...]] = {}
    for one in current(graph.architecture.network.endpoints.values()):
        key = vpc_of(graph, one), one.service
        found[key] = (*found.get(key, ()), one)
    return found


def vpc_of(graph: Graph, endpoint: Endpoint) -> str:
    """Return the VPC that an endpoint stands in: the one that it names, or that of its subnets or route tables."""
    network = graph.architecture.network
    subnets = [network.subnets[id_].vpc for id_ in endpoint.subnets]
    tables = [network.route_tables[id_].vpc for id_ in endpoint.route_tables]
    return next((vpc for vpc in (endpoint.vpc, *subnets, *tables) if vpc), "")


def in_vpc(graph: Graph, vpc: str, service: str) -> tuple[Endpoint, ...]:
    """Return the endpoints of a service in a VPC, whatever their state."""
    return _by_service(graph).get((vpc, service), ())


def goes_by_gateway(graph: Graph, door: Door, subnet: Subnet) -> bool:
    """Whether the route table of a subnet leads to the service by the gateway endpoint."""
    table = graph.route_tables.get(subnet.id)
    return door.gateway is not None and table is not None and table.id in door.gateway.route_tables
