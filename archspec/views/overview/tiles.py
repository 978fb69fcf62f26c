"""What is one node of the overview: an element, a cluster with its services, or all of a kind where there are many."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from archspec.model.architecture import Architecture
from archspec.model.compute import Cluster, Service
from archspec.model.data import Store
from archspec.model.edge import Distribution, WebAcl, Zone
from archspec.model.element import Element, spell_kind
from archspec.model.external import Actor, ExternalSystem
from archspec.model.network import Endpoint, NatGateway, Subnet
from archspec.model.security import Detector
from archspec.views.parts.keeping import ENGINES
from archspec.views.parts.standing import CLOUD, REGION
from archspec.views.parts.words import count, icon

MOST = 24
"""Nodes that a reader takes in on one page; above it, of what there is most becomes one node, kind by kind."""

_MANY = 3
"""How many of a kind stand beside each other where there is room."""

_ALWAYS_ONE = frozenset({"endpoint", "queue", "monitor", "detector", "certificate", "key", "web_acl"})
"""The kinds of which several are one node in any case."""

AREAS = {
    "external": "External systems",
    "data": "Storage",
    "messaging": "Messaging",
    "security": "Security",
    "observability": "Observability",
    "delivery": "Delivery",
}
"""Area of a spec → the title of the frame around what of it stands in no VPC."""

_Alike = tuple[str, str, str]
"""What elements have in common that may be one node: frame, kind, status."""

_KINDS = frozenset({
    "actor", "system", "zone", "distribution", "web_acl", "load_balancer", "nat_gateway", "endpoint", "namespace",
    "cluster", "service", "proxy", "database", "cache", "bucket", "topic", "queue", "certificate", "key",
    "secret_store", "detector", "monitor", "budget", "anomaly_monitor", "registry", "repository", "build", "pipeline",
})  # fmt: skip


class Tile(NamedTuple):
    """One node: the elements that it stands for, and the frame that it stands in."""

    id: str
    members: tuple[Element, ...]
    frame: str

    @property
    def title(self) -> str:
        """The element's own title, or how many there are of what."""
        first = self.members[0]
        if len(self.members) == 1:
            return first.label
        return count(len(self.members), _kind_words(first))


def _kind_words(element: Element) -> str:
    words = _KIND_WORDS.get(element.kind, spell_kind(element.kind))
    match element:
        case Store(engine=engine):
            return f"{ENGINES[engine]} {words}"
        case Zone(private=True):
            return f"private {words}"
        case ExternalSystem(provider="AWS" | "Amazon"):
            return "AWS service"
        case _:
            return words


_KIND_WORDS = {"system": "external system", "zone": "DNS zone", "distribution": "CDN distribution", "key": "KMS key"}


def tiles(architecture: Architecture) -> tuple[Tile, ...]:
    """Return the nodes of the overview, in the order of the elements; at most `MOST` where the kinds allow it."""
    shown = [element for element in architecture.elements.values() if _is_shown(element)]
    frames = {element.id: _frame(architecture, element) for element in shown}
    found = _tiles(shown, frames)
    if len(found) <= MOST:
        return found
    # Several VPCs with one of everything: what stands in them is told by kind as well, beside each other.
    vpcs = architecture.network.vpcs
    return _tiles(shown, {id_: REGION if at in vpcs else at for id_, at in frames.items()})


def _is_shown(element: Element) -> bool:
    """Whether the overview has a place for an element; services stand with their cluster."""
    is_inside = isinstance(element, Service) and bool(element.cluster)
    return element.kind in _KINDS and element.status != "removed" and not is_inside


def _tiles(shown: Iterable[Element], frames: Mapping[str, str]) -> tuple[Tile, ...]:
    alike: dict[_Alike, list[Element]] = {}
    for element in shown:
        alike.setdefault((frames[element.id], _kind(element), element.status), []).append(element)
    one = _as_one(alike)
    return tuple(tile for key, members in alike.items() for tile in _of_alike(key, members, is_one=key in one))


def _of_alike(key: _Alike, members: list[Element], *, is_one: bool) -> Iterator[Tile]:
    frame = key[0]
    if is_one:
        yield Tile(f"@{' '.join(key)}", tuple(members), frame)
    else:
        yield from (Tile(member.id, (member,), frame) for member in members)


def _as_one(alike: Mapping[_Alike, list[Element]]) -> set[_Alike]:
    """Return what is one node: many of a kind, and then of what there is most until the rest fits on a page."""
    several = {key: members for key, members in alike.items() if len(members) > 1}
    one = {key for key, those in several.items() if len(those) > _MANY or those[0].kind in _ALWAYS_ONE}
    rest = sorted(several.keys() - one, key=lambda key: (-len(several[key]), key))
    number = len(one) + sum(len(members) for key, members in alike.items() if key not in one)
    for key in rest:
        if number > MOST:
            one.add(key)
            number -= len(several[key]) - 1
    return one


def _kind(element: Element) -> str:
    """Return what decides whether elements are alike; what shields from attacks stands in the way of requests."""
    return "shield" if isinstance(element, Detector) and element.service == "shield" else icon(element)


def _frame(architecture: Architecture, element: Element) -> str:
    """Return what an element stands in: nothing, the cloud, a VPC, or the frame of its area in the Region."""
    match element:
        case Actor():
            return ""
        case ExternalSystem(provider=provider):
            return CLOUD if provider in ("AWS", "Amazon") else "@external"
        case Distribution() | Zone(private=False) | WebAcl(scope="cloudfront"):
            return CLOUD
        case Endpoint(vpc=vpc) | Zone(vpcs=(vpc,)) if vpc:
            return vpc
    subnet = next(subnets_of(architecture, element), None)
    vpc = subnet.vpc if subnet else str(getattr(element, "vpc", ""))
    area = element.home[0]
    return vpc or (f"@{area}" if area in AREAS and subnet is None else REGION)


def subnets_of(architecture: Architecture, element: Element) -> Iterator[Subnet]:
    """Yield the subnets that an element stands in; of a cluster, those of its services."""
    known = architecture.network.subnets
    if isinstance(element, Cluster):
        for service in architecture.compute.services.values():
            if service.cluster == element.id and service.status != "removed":
                yield from subnets_of(architecture, service)
    ids = (element.subnet,) if isinstance(element, NatGateway) else getattr(element, "subnets", ())
    yield from (known[id_] for id_ in ids if id_ in known)


def places(architecture: Architecture, found: Iterable[Tile]) -> dict[str, str]:
    """Return element → the node that shows it; a service is shown by its cluster's."""
    shown = {member.id: tile.id for tile in found for member in tile.members}
    services = architecture.compute.services.values()
    inside = {one.id: shown[one.cluster] for one in services if one.cluster in shown and one.status != "removed"}
    return {**shown, **inside}
