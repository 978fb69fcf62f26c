"""The whole system on one page, for somebody new to it: everything that matters, with what there is many of as one."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET
from archspec.views.overview.tile_words import lines
from archspec.views.overview.tiles import AREAS, Tile, places, tiles
from archspec.views.overview.ways import ways
from archspec.views.parts.copies import ELSEWHERE, region_id, region_node, sent
from archspec.views.parts.standing import CLOUD, REGION
from archspec.views.parts.words import icon, kinds_counted, listing
from archspec.views.view import Edge, Group, Node, View


def project(graph: Graph) -> Iterator[View]:
    """Yield the overview; without nodes where the architecture has nothing that it shows."""
    architecture = graph.architecture
    found = tiles(architecture)
    edges = ways(graph, {INTERNET: INTERNET, **places(architecture, found)}) if found else ()
    beside = tuple(_beside(architecture, edges))
    groups = tuple(_groups(architecture, [*(tile.frame for tile in found), *(node.parent for node in beside)], found))
    frames = {group.id for group in groups}
    yield View(
        name="overview",
        title=f"{architecture.label}: overview",
        description=f"Overview of {architecture.label} in {architecture.region}: "
        f"{listing(kinds_counted(member for tile in found for member in tile.members))}.",
        layout="placement",
        groups=groups,
        nodes=(*beside, *_nodes(graph, found, frames)),
        edges=edges,
        hidden=tuple(_hidden(architecture, found)) if found else (),
    )


def _nodes(graph: Graph, found: tuple[Tile, ...], frames: Collection[str]) -> Iterator[Node]:
    shown: dict[str, list[str]] = {}
    for element, place in places(graph.architecture, found).items():
        shown.setdefault(place, []).append(element)
    for tile in found:
        first = tile.members[0]
        element = first.id if len(tile.members) == 1 else tile.id
        yield Node(
            id=tile.id,
            element=element,
            title=tile.title,
            kind=icon(first),
            parent=tile.frame if tile.frame in frames else _around(tile),
            detail=tuple(lines(graph, tile)),
            status=first.status,
            members=tuple(id_ for id_ in shown[tile.id] if id_ != element),
        )


def _around(tile: Tile) -> str:
    """Return what holds a node whose own frame would hold nothing else."""
    return "" if tile.frame in ("", "@external") else REGION


def _beside(architecture: Architecture, edges: tuple[Edge, ...]) -> Iterator[Node]:
    """Yield the nodes that are no elements of the spec, where something leads there: the internet, other Regions."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    if INTERNET in ends:
        yield Node(INTERNET, INTERNET, "Internet", "internet")
    for region in dict.fromkeys(one.region for one in sent(architecture)):
        if region_id(region) in ends:
            holds = tuple(one.what for one in architecture.recovery.region_holds)
            is_ready = region == (architecture.recovery.region or ELSEWHERE) and bool(holds)
            yield replace(region_node(region, (f"holds {listing(holds)}",) if is_ready else ()), parent=CLOUD)


def _groups(architecture: Architecture, held: list[str], found: tuple[Tile, ...]) -> Iterator[Group]:
    """Yield the frames that hold something; an area is one where it holds two nodes or more."""
    counts = Counter(held)
    vpcs = [vpc for vpc in architecture.network.vpcs.values() if counts[vpc.id]]
    areas = {f"@{area}": title for area, title in AREAS.items() if counts[f"@{area}"] > 1}
    inside = [tile for tile in found if tile.frame not in ("", CLOUD, "@external")]
    if inside or counts[CLOUD]:
        yield Group(CLOUD, "AWS Cloud", "cloud", subtitle=architecture.account)
    if inside:
        yield Group(REGION, "Region", "region", CLOUD, architecture.region)
    for vpc in vpcs:
        cidrs = ", ".join(str(cidr) for cidr in (vpc.cidr, *vpc.secondary_cidrs))
        yield Group(vpc.id, vpc.title or f"VPC {vpc.id}", "vpc", REGION, cidrs, status=vpc.status)
    for id_, title in areas.items():
        yield Group(id_, title, title.lower(), "" if id_ == "@external" else REGION)


def _hidden(architecture: Architecture, found: tuple[Tile, ...]) -> Iterator[str]:
    many = [tile.title for tile in found if len(tile.members) > 1]
    if many:
        yield f"Drawn as one: {listing(many)}."
    shown = {INTERNET, *places(architecture, found), *architecture.network.vpcs}
    others = [one for one in architecture.elements.values() if one.status != "removed"]
    left = [one for one in others if one.id not in shown]
    if left:
        yield f"Not drawn: {listing(kinds_counted(left))}."
