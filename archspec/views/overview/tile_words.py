"""What stands on the nodes of the overview: the least that tells somebody new what a thing is."""

from collections import Counter
from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.data import Cache, Database, Store
from archspec.model.delivery import Pipeline
from archspec.model.edge import Distribution, WebAcl, Zone
from archspec.model.element import Element
from archspec.model.network import LoadBalancer
from archspec.model.security import SecretStore
from archspec.views.overview.tiles import Tile, subnets_of
from archspec.views.parts.cards import status_words
from archspec.views.parts.keeping import ENGINES
from archspec.views.parts.words import count, details, listing

_LISTED = 5
"""Members that are all named; of more, some are."""

_SOME = 3
_NOTE = 60


def lines(graph: Graph, tile: Tile) -> Iterator[str]:
    """Yield the lines of a node, a planned one's status last."""
    first = tile.members[0]
    told = _members(tile.members) if len(tile.members) > 1 else _facts(graph, first)
    yield from filter(None, told)
    yield from status_words(first.status)


def _members(members: tuple[Element, ...]) -> Iterator[str]:
    yield from _names([member.label for member in members])
    classes = dict.fromkeys(one.class_ for one in members if isinstance(one, Store) and one.class_)
    yield ", ".join(classes)


def _names(names: list[str]) -> Iterator[str]:
    yield from names if len(names) <= _LISTED else (*names[:_SOME], f"and {len(names) - _SOME} more")


def _facts(graph: Graph, element: Element) -> Iterator[str]:
    match element:
        case Cluster():
            yield from _services([one for one in graph.members[element.id] if isinstance(one, Service)])
        case Service():
            yield tasks(element)
        case Database() | Cache():
            yield from _store(element)
        case LoadBalancer():
            yield from _balancer(graph, element)
        case SecretStore():
            yield from _secrets(graph, element)
        case _:
            yield from _usual(element)


def _balancer(graph: Graph, balancer: LoadBalancer) -> Iterator[str]:
    tiers = Counter(subnet.tier for subnet in subnets_of(graph.architecture, balancer))
    where = listing(count(number, f"{tier} subnet") for tier, number in tiers.items())
    yield ", ".join(filter(None, [(balancer.scheme or "").replace("-", " "), f"in {where}" if where else ""]))
    yield ", ".join(f"{one.port} {one.protocol}" for one in balancer.listeners)
    yield f"session stickiness of {balancer.stickiness}" if balancer.sticky and balancer.stickiness else ""


def _usual(element: Element) -> Iterator[str]:
    match element:
        case WebAcl(rules=rules):
            yield from (rule.note if 0 < len(rule.note) <= _NOTE else rule.name for rule in rules)
        case Zone(domain=domain):
            yield domain
        case Distribution(aliases=aliases, domain=domain):
            yield ", ".join(aliases) or domain
        case Pipeline(trigger=trigger, source=source):
            yield "" if source else trigger
        case _:
            yield from (line for line in details(element) if line != f"({element.status})")


def _services(services: list[Service]) -> Iterator[str]:
    if len(services) <= _LISTED:
        yield from (", ".join(filter(None, [one.label, tasks(one)])) for one in services)
    else:
        yield f"{count(len(services), 'service')}: {listing(one.label for one in services)}"
    yield from _size(services)


def _size(services: list[Service]) -> Iterator[str]:
    """Yield the size of a task, where all services state the same."""
    sizes = {(one.cpu, one.memory) for one in services}
    [(cpu, memory), *others] = sizes or {(None, None)}
    if cpu and memory and not others:
        yield f"{'each ' if len(services) > 1 else ''}{cpu / 1024:g} vCPU, {memory.text}"


def tasks(service: Service) -> str:
    """Return how many tasks a service runs, where that is stated: `2 tasks`, `1-4 tasks`."""
    if service.scaling:
        low, high = service.scaling.min, service.scaling.max
        return count(low, "task") if low == high else f"{low}-{high} tasks"
    return count(service.desired, "task") if "desired" in service.model_fields_set else ""


def _store(store: Store) -> Iterator[str]:
    serverless = "serverless" if isinstance(store, Cache) and store.serverless else ""
    yield " ".join(filter(None, [ENGINES[store.engine], store.engine_version, serverless]))
    yield store.class_
    roles = [one.role for one in store.members]
    yield ", ".join(filter(None, ["Multi-AZ" if store.multi_az else "", listing(roles) if len(roles) > 1 else ""]))


def _secrets(graph: Graph, store: SecretStore) -> Iterator[str]:
    secrets = [one for one in graph.architecture.security.secrets.values() if one.store == store.id]
    yield from _names([one.label for one in secrets if one.status != "removed"] or [*store.holds])
