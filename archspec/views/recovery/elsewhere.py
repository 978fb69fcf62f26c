"""What a recovery can fall back on: copies beside the backups, and what stands or lies ready in another Region."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archspec.graph.recovery_point import achieved_rpo
from archspec.model.architecture import Architecture
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.quantity import spell_duration
from archspec.model.recovery import Copy, Standby
from archspec.views.parts.cards import status_words
from archspec.views.parts.copies import ELSEWHERE, Sent, region_id, sent
from archspec.views.parts.words import icon
from archspec.views.recovery.protecting import objectives
from archspec.views.view import Edge, Group, Node

_KEPT = "@kept"
Elements = Mapping[str, Element]
"""The elements that are shown, by id."""


def lasting(architecture: Architecture) -> list[Copy]:
    """Return the copies that are there, or planned."""
    return [copy for copy in architecture.recovery.copies if copy.status != "removed"]


def frames(architecture: Architecture) -> Iterator[Group]:
    """Yield the frame of the copies and one for each other Region, that of the recovery first."""
    recovery = architecture.recovery
    yield Group(_KEPT, "Kept beside the backups", "kept")
    wanted = objectives(recovery.objectives.region_rto, recovery.objectives.region_rpo)
    for region in dict.fromkeys((recovery.region or ELSEWHERE, *(one.region for one in sent(architecture)))):
        if region == ELSEWHERE:
            yield Group(region_id(region), "Another Region", "region", subtitle=wanted)
        elif region == recovery.region:
            yield Group(region_id(region), "DR Region", "region", subtitle=", ".join(filter(None, (region, wanted))))
        else:
            yield Group(region_id(region), "Region", "region", subtitle=region)


def nodes(architecture: Architecture, elements: Elements) -> Iterator[Node]:
    """Yield the copies that are drawn, and what another Region holds: what the spec says of it, or the element."""
    for one in _drawn(architecture, elements):
        detail = tuple(filter(None, (one.method, _when(one), *status_words(one.status))))
        yield Node(_copy_id(one), f"copy {one.what}", one.what, "backup", _KEPT, detail, status=one.status)
    yield from _strategy(architecture)
    parent = region_id(architecture.recovery.region or ELSEWHERE)
    for standby in architecture.recovery.region_holds:
        covered = [elements[id_] for id_ in standby.covers if id_ in elements]
        kind = icon(covered[0]) if covered else "backup"
        yield Node(_standby_id(standby), f"standby {standby.what}", standby.what, kind, parent, standby.holds)
    yield from _own(architecture, elements)


def edges(architecture: Architecture, elements: Elements) -> Iterator[Edge]:
    """Yield what leads to copies, and to another Region with its interval, or only because it stands ready there."""
    for copy in _drawn(architecture, elements):
        yield from (Edge(id_, _copy_id(copy), "", copy.status) for id_ in copy.covers if id_ in elements)
    leaving = [one for one in sent(architecture) if one.element in elements]
    for one in leaving:
        yield Edge(one.element, _place(architecture, one), _label(one, elements[one.element]), one.status)
    told = {one.element for one in leaving if one.region == (architecture.recovery.region or ELSEWHERE)}
    for standby in architecture.recovery.region_holds:
        yield from (Edge(id_, _standby_id(standby)) for id_ in standby.covers if id_ in elements and id_ not in told)


def copy_lines(architecture: Architecture, elements: Elements) -> dict[str, list[str]]:
    """Return element → its copies that have no card, for its own; the backups of a store say it already."""
    found: dict[str, list[str]] = {}
    for copy in _told(architecture, elements):
        how = "; ".join(filter(None, (copy.method, _when(copy), *status_words(copy.status))))
        for id_ in copy.covers:
            if id_ in elements and not _has_backups(elements[id_]):
                found.setdefault(id_, []).append(f"{copy.what}: {how}" if how else copy.what)
    return found


def told_by_backups(architecture: Architecture, elements: Elements) -> list[str]:
    """Return what the copies are called that neither are drawn nor stand on a card, as the cards tell of backups."""
    return [
        copy.what
        for copy in _told(architecture, elements)
        if all(_has_backups(elements[id_]) for id_ in copy.covers if id_ in elements)
    ]


def _drawn(architecture: Architecture, elements: Elements) -> list[Copy]:
    """Return the copies with a card: where all that they cover leads to another Region, arrows to both would tangle."""
    leaving = _leaving(architecture)
    return [
        copy
        for copy in lasting(architecture)
        if not copy.covers or any(id_ in elements and id_ not in leaving for id_ in copy.covers)
    ]


def _told(architecture: Architecture, elements: Elements) -> list[Copy]:
    """Return the copies without a card, of what is shown."""
    drawn = {copy.index for copy in _drawn(architecture, elements)}
    return [
        copy
        for copy in lasting(architecture)
        if copy.index not in drawn and any(id_ in elements for id_ in copy.covers)
    ]


def _leaving(architecture: Architecture) -> set[str]:
    standing = {id_ for standby in architecture.recovery.region_holds for id_ in standby.covers}
    return standing | {one.element for one in sent(architecture)}


def _has_backups(element: Element) -> bool:
    return isinstance(element, Store) and element.backups is not None


def _when(copy: Copy) -> str:
    return "; ".join(filter(None, (copy.every, f"retention: {copy.retention}" if copy.retention else "")))


def _copy_id(copy: Copy) -> str:
    return f"@copy@{copy.index}"


def _standby_id(standby: Standby) -> str:
    return f"@standby@{standby.index}"


def _strategy(architecture: Architecture) -> Iterator[Node]:
    """Yield the strategy: what stands before a colon as its name, the rest as lines."""
    recovery = architecture.recovery
    if recovery.strategy:
        title, _, rest = recovery.strategy.partition(": ")
        lines = rest.split("; ") if rest else (title,)
        parent = region_id(recovery.region or ELSEWHERE)
        yield Node("@strategy", "recovery strategy", title if rest else "Strategy", "strategy", parent, tuple(lines))


def _label(one: Sent, element: Element) -> str:
    """Return what is sent, and how old it may be when the Region is lost."""
    if not isinstance(element, Store) or one.status != "current" or not one.is_backup:
        return one.label
    seconds = achieved_rpo(element, "region").seconds
    return one.label if seconds is None else f"{one.label}, up to {spell_duration(seconds)} old"


def _place(architecture: Architecture, one: Sent) -> str:
    """Return the node that stands for what an element has in another Region."""
    recovery = architecture.recovery
    holds: Iterable[Standby] = recovery.region_holds if one.region == (recovery.region or ELSEWHERE) else ()
    standby = next((standby for standby in holds if one.element in standby.covers), None)
    return _standby_id(standby) if standby else f"{one.element}{region_id(one.region)}"


def _own(architecture: Architecture, elements: Elements) -> Iterator[Node]:
    """Yield an element as it stands in another Region; it is there today where one of its ways there is."""
    found: dict[str, Node] = {}
    for one in sent(architecture):
        id_, element = _place(architecture, one), elements.get(one.element)
        if element and not id_.startswith("@"):
            node = Node(id_, element.id, element.label, icon(element), region_id(one.region), status=one.status)
            known = found.get(id_)
            found[id_] = known if known and known.status == "current" else replace(node, status=one.status)
    yield from found.values()
