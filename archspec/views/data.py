"""Who keeps what: stores, buckets and proxies with what is stated about them, who uses them, and where copies go."""

from collections.abc import Iterator, Mapping

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.data import Bucket, Cache, Store
from archspec.model.recovery import Copy
from archspec.views.parts.cards import card, living, status_of, status_words
from archspec.views.parts.copies import ELSEWHERE, region_node, sent
from archspec.views.parts.data_ways import Keeper, copied, copy_id, follower_id, followers, uses
from archspec.views.parts.framing import framed
from archspec.views.parts.keeping import facts
from archspec.views.parts.words import count, icon, joined, kinds_counted, listing
from archspec.views.view import Edge, Group, Node, View

_FRAMES = tuple(
    Group(f"@{kind}", title, kind)
    for kind, title in (
        ("rds", "Amazon RDS"),
        ("aurora", "Amazon Aurora"),
        ("documentdb", "Amazon DocumentDB"),
        ("elasticache", "Amazon ElastiCache"),
        ("s3", "Amazon S3"),
        ("copies", "Backups and copies"),
    )
)
_RDS, _AURORA, _DOCUMENTDB, _ELASTICACHE, _S3, _COPIES = (frame.id for frame in _FRAMES)


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of everything that keeps data, and of who reads and writes it; no nodes without any of that."""
    architecture = graph.architecture
    keepers = {
        id_: element
        for id_, element in architecture.elements.items()
        if isinstance(element, Keeper) and element.status != "removed"
    }
    copies = [one for one in architecture.recovery.copies if one.status != "removed" and keepers.keys() & {*one.covers}]
    going = [one for one in sent(architecture) if one.element in keepers]
    edges = joined(living(architecture, [*uses(architecture), *copied(keepers, copies, going)]))
    frames = (*_clusters(architecture, edges), *_FRAMES)
    groups, nodes = framed(frames, tuple(_nodes(architecture, keepers, copies, edges)))
    yield View(
        name="data",
        title=f"{architecture.label}: data",
        description=f"Data of {architecture.label}: {listing(kinds_counted(keepers.values()))}, and who uses them.",
        layout="flow",
        groups=groups,
        nodes=(*nodes, *(_region(architecture, keepers, one) for one in dict.fromkeys(one.region for one in going))),
        edges=edges,
        hidden=tuple(_hidden(architecture, len(copies))),
    )


def _clusters(architecture: Architecture, edges: tuple[Edge, ...]) -> Iterator[Group]:
    """Yield a frame for each cluster whose services use data; one that does as a whole is a node itself."""
    ends = {edge.source for edge in edges}
    for cluster in architecture.compute.clusters.values():
        if cluster.id not in ends:
            yield Group(_services_frame(cluster.id), cluster.label, "cluster", status=cluster.status)


def _nodes(
    architecture: Architecture, keepers: Mapping[str, Keeper], copies: list[Copy], edges: tuple[Edge, ...]
) -> Iterator[Node]:
    elements = architecture.elements
    clients = dict.fromkeys(edge.source for edge in edges if edge.source in elements and edge.source not in keepers)
    for client in (elements[id_] for id_ in clients):
        yield card(client, _services_frame(client.cluster) if isinstance(client, Service) and client.cluster else "")
    for element in keepers.values():
        yield card(element, _frame(element), facts(element, elements))
        yield from _instances(element)
    for copy in copies:
        lines = (copy.method, copy.every, f"kept {copy.retention}" if copy.retention else "")
        detail = (*filter(None, lines), *status_words(copy.status))
        yield Node(copy_id(copy), "", copy.what, "backup", _COPIES, detail, status=copy.status)


def _frame(element: Keeper) -> str:
    match element:
        case Cache():
            return _ELASTICACHE
        case Store(engine="docdb"):
            return _DOCUMENTDB
        case Store(engine=engine):
            return _AURORA if engine.startswith("aurora") else _RDS
        case Bucket():
            return _S3
        case _:
            return ""


def _instances(element: Keeper) -> Iterator[Node]:
    for number, one in followers(element):
        status = status_of(element.status, one.status)
        tier = "" if one.promotion_tier is None else f"promotion tier {one.promotion_tier}"
        lines = (f"in {one.az}" if one.az else "", one.class_, tier, one.note, *status_words(status))
        yield Node(
            id=follower_id(element, number),
            element=element.id,
            title=f"{element.label}, {one.role}",
            kind=icon(element),
            parent=_frame(element),
            detail=tuple(filter(None, lines)),
            status=status,
        )


def _region(architecture: Architecture, keepers: Mapping[str, Keeper], region: str) -> Node:
    """Return another Region, with what of the data lies ready there, if it is the one that a recovery goes to."""
    recovery = architecture.recovery
    is_ready = region == (recovery.region or ELSEWHERE)
    ready = [one for one in recovery.region_holds if is_ready and keepers.keys() & {*one.covers}]
    return region_node(region, tuple(": ".join(filter(None, (one.what, ", ".join(one.holds)))) for one in ready))


def _services_frame(cluster: str) -> str:
    return f"{cluster}@services"


def _hidden(architecture: Architecture, drawn: int) -> Iterator[str]:
    others = len([one for one in architecture.recovery.copies if one.status != "removed"]) - drawn
    if others:
        yield f"{count(others, 'copy')} of what keeps no data {'is' if others == 1 else 'are'} not drawn."
