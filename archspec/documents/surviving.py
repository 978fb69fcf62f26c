"""What survives: each flow when each Availability Zone is lost, and the elements that are there once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape, join
from archspec.documents.page import Page
from archspec.documents.wording import number
from archspec.graph.single_points import SinglePoint, single_points
from archspec.graph.survival import Loss, Zone, flows_by_environment, losses, zones
from archspec.model.flow import Flow
from archspec.model.ports import spell_ports

MOST_ROWS = 40
"""A table longer than this is read by nobody: what is behind is counted."""


class FlowRow(NamedTuple):
    """Flows that share their fate, and what that is in each zone."""

    flows: Markdown
    fates: tuple[Markdown, ...]


class Matrix(NamedTuple):
    """The flows of an environment that do not survive every zone; the others are counted, as are those not shown."""

    environment: str
    azs: tuple[str, ...]
    rows: tuple[FlowRow, ...]
    surviving: str
    more: str


class PointRow(NamedTuple):
    """An element that is there once, and what stops with it."""

    element: Markdown
    because: str
    cut: Markdown
    journeys: Markdown
    flows: str


class Surviving(NamedTuple):
    """The facts; `alone` are the zones in which everything of an environment stands."""

    matrices: tuple[Matrix, ...]
    alone: tuple[str, ...]
    points: tuple[PointRow, ...]
    more: str


def surviving(page: Page) -> Surviving:
    """Return what survives in each environment, and the single points of failure."""
    by_environment: dict[str, list[Zone]] = {}
    for zone in zones(page.graph):
        if flows_by_environment(page.graph).get(zone.environment):
            by_environment.setdefault(zone.environment, []).append(zone)
    points = list(single_points(page.graph).values())
    return Surviving(
        matrices=tuple(_matrix(page, zones_) for zones_ in by_environment.values() if len(zones_) > 1),
        alone=tuple(zones_[0].id for zones_ in by_environment.values() if len(zones_) == 1),
        points=tuple(_point(page, point) for point in points[:MOST_ROWS]),
        more=number(len(points) - MOST_ROWS, "more element") if len(points) > MOST_ROWS else "",
    )


def _matrix(page: Page, lost: Sequence[Zone]) -> Matrix:
    flows = flows_by_environment(page.graph)[lost[0].environment]
    fates = [{loss.flow.index: loss for loss in losses(page.graph, zone)} for zone in lost]
    grouped: dict[tuple[Markdown, ...], list[Flow]] = {}
    for flow in flows:
        cells = tuple(_fate(page, found.get(flow.index)) for found in fates)
        grouped.setdefault(cells, []).append(flow)
    unharmed = grouped.pop(tuple(_fate(page, None) for _ in lost), [])
    rows = [FlowRow(_several(page, alike), cells) for cells, alike in grouped.items()]
    hidden = sum(len(alike) for alike in list(grouped.values())[MOST_ROWS:])
    return Matrix(
        lost[0].environment,
        tuple(zone.az for zone in lost),
        tuple(rows[:MOST_ROWS]),
        _count(len(unharmed), len(flows)),
        number(hidden, "more flow") if hidden else "",
    )


def _count(unharmed: int, all_: int) -> str:
    return (
        f"all {number(all_, 'flow')} survive" if unharmed == all_ else f"{unharmed} of {number(all_, 'flow')} survive"
    )


def _fate(page: Page, loss: Loss | None) -> Markdown:
    if loss is None:
        return Markdown("goes on")
    part = " in part" if loss.partly else ""
    return Markdown(f"**{loss.effect}{part}**: {page.refer(loss.lost.id)}")


def _several(page: Page, flows: Sequence[Flow]) -> Markdown:
    told = [_told(page, flow) for flow in flows[:MOST_ROWS]]
    more = [Markdown(f"{len(flows) - MOST_ROWS} more")] if len(flows) > MOST_ROWS else []
    return join([*told, *more])


def _told(page: Page, flow: Flow) -> Markdown:
    soft = " (soft)" if flow.hard is False else ""
    return Markdown(f"{page.refer(flow.source)} → {page.refer(flow.target)} {spell_ports(flow.port)}{soft}")


def _point(page: Page, point: SinglePoint) -> PointRow:
    return PointRow(
        element=page.refer(point.element.id),
        because=point.because,
        cut=join(list(_cut(page, point))),
        journeys=join([escape(journey.title) for journey in point.journeys], "; "),
        flows=str(point.flows) if point.flows else "",
    )


def _cut(page: Page, point: SinglePoint) -> Iterator[Markdown]:
    yield from (page.refer(id_) for id_ in point.cut.first if id_ != point.element.id)
    if point.cut.total > len(point.cut.first):
        yield Markdown(f"{point.cut.total - len(point.cut.first)} more")
