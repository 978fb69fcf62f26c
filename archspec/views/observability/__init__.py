"""What watches what: logs, metrics and alarms, the dashboards that show them, and who is told."""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.views.observability.alike import Merged, merged
from archspec.views.observability.watching import ALARMS, LOGS, edges, nodes, opened
from archspec.views.parts.framing import framed
from archspec.views.parts.words import count, listing
from archspec.views.view import Group, Node, View

_MANY = 32
"""The cards that a reader takes in; what are more stand together where they are alike."""

_FRAMES = (Group(LOGS, "Log groups", "logs"), Group(ALARMS, "Alarms", "alarms"))
_OWN = frozenset({"monitors", "log_groups", "flow_logs", "alarms", "dashboards", "budgets", "anomaly_monitors"})
_STEPS = (frozenset({"log_groups"}), frozenset({"alarms"}), frozenset({"dashboards"}), frozenset({"detectors"}), _OWN)
"""What is drawn as one after what is watched, in this order, until it is few enough."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of what watches what; no nodes where nothing is joined to anything."""
    architecture = graph.architecture
    arrows = edges(architecture)
    cards = tuple(nodes(architecture, arrows)) if arrows else ()
    shows = [line for node in cards if node.kind == "dashboard" for line in node.detail]
    is_small = len(cards) + len(shows) <= _MANY
    found = Merged(cards, arrows, ()) if is_small else _fewer(architecture, Merged(cards, arrows, ()))
    frames, framed_nodes = framed(_FRAMES, found.nodes)
    boards, framed_nodes = _opened(framed_nodes) if is_small else ((), framed_nodes)
    yield View(
        name="observability",
        title=f"{architecture.label}: observability",
        description=_description(architecture),
        layout="flow",
        groups=(*frames, *boards),
        nodes=framed_nodes,
        edges=found.edges,
        hidden=_hidden(found),
    )


def _opened(cards: tuple[Node, ...]) -> tuple[tuple[Group, ...], tuple[Node, ...]]:
    """Return the dashboards as frames, with cards of what they show in them; one that says nothing stays a card."""
    boards = [opened(node) for node in cards if node.kind == "dashboard" and node.detail]
    others = tuple(node for node in cards if node.kind != "dashboard" or not node.detail)
    return tuple(frame for frame, _ in boards), (*others, *(node for _, inner in boards for node in inner))


def _fewer(architecture: Architecture, found: Merged) -> Merged:
    """Draw as one what is alike: first what is watched, then what watches it, until a reader can take it in."""
    elements = architecture.elements
    kinds = {element.home[1] for element in elements.values()} - _OWN - {"detectors", "topics"}
    start = found
    for more in (frozenset[str](), *_STEPS):
        if len(found.nodes) <= _MANY:
            break
        kinds |= more
        found = merged(start.nodes, start.edges, elements, kinds)
    return found


def _description(architecture: Architecture) -> str:
    area = architecture.observability
    counts = [
        count(len(those), thing)
        for those, thing in (
            (area.monitors, "monitor"),
            (area.log_groups, "log group"),
            (area.alarms, "alarm"),
            (area.dashboards, "dashboard"),
            (area.budgets, "budget"),
        )
        if those
    ]
    return f"Observability of {architecture.label}: {listing(counts) or 'who is watched by what'}."


def _hidden(found: Merged) -> tuple[str, ...]:
    if not found.titles:
        return ()
    return (f"Drawn as one, as they are of one kind and watched alike: {listing(found.titles)}.",)
