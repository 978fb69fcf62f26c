"""A view with findings on it: numbers by severity where an element has some, and the ways that are bad."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from archspec.findings import Finding, Severity
from archspec.views.parts.words import count
from archspec.views.view import Badge, Edge, View

_PASSED_BY = frozenset({"internet_gateway", "nat_gateway"})
"""What stands on a way without being an end of it."""


def marked(view: View, findings: Iterable[Finding]) -> View:
    """Return the view with the open findings on it, and a sentence about those that it has no place for.

    A finding about an element is counted on it. One about a pair (`api -> db 5432`), and each step of a witness that
    leads from one element to another, colours the edges between the two; where there are none, an edge is added, with
    the rule's id.
    """
    found = [finding for finding in findings if finding.is_open and finding.severity is not Severity.OFF]
    spots = _spots(view)
    badges = _badges(found, spots)
    edges = _coloured(view, found, spots)
    without = [one for one in found if one.subject not in spots and not _ways([one], spots)]
    return replace(
        view,
        groups=tuple(replace(group, badges=badges.get(group.id, ())) for group in view.groups),
        nodes=tuple(replace(node, badges=badges.get(node.id, ())) for node in view.nodes),
        edges=edges,
        hidden=(*view.hidden, *_beside(len(without))),
    )


def _beside(number: int) -> Iterator[str]:
    if number:
        verb, object_ = ("has", "it") if number == 1 else ("have", "them")
        yield f"{count(number, 'more finding')} {verb} no place here: archspec lint lists {object_}."


_Spots = Mapping[str, tuple[str, ...]]
_Pair = tuple[str, str]


def _spots(view: View) -> dict[str, tuple[str, ...]]:
    """Return the nodes and groups that show each element."""
    found: dict[str, list[str]] = {}
    for node in view.nodes:
        for element in (node.element, *node.members):
            found.setdefault(element, []).append(node.id)
    for group in view.groups:
        found.setdefault(group.id.partition("@")[0], []).append(group.id)
    return {element: tuple(ids) for element, ids in found.items()}


def _badges(findings: Iterable[Finding], spots: _Spots) -> dict[str, tuple[Badge, ...]]:
    numbers = Counter((id_, one.severity) for one in findings for id_ in spots.get(one.subject, ()))
    found: dict[str, list[Badge]] = {}
    for (id_, severity), number in sorted(numbers.items(), key=lambda item: (item[0][0], -item[0][1])):
        found.setdefault(id_, []).append(Badge(severity, number))
    return {id_: tuple(badges) for id_, badges in found.items()}


def _ways(findings: Iterable[Finding], spots: _Spots) -> dict[_Pair, Finding]:
    """Return the pairs of elements that findings are about or their witnesses lead along, with the worst of them."""
    found: dict[_Pair, Finding] = {}
    for finding in sorted(findings, key=lambda one: -one.severity):
        for pair in _pairs(finding):
            if pair[0] != pair[1] and pair[0] in spots and pair[1] in spots:
                found.setdefault(pair, finding)
    return found


def _pairs(finding: Finding) -> Iterator[_Pair]:
    source, arrow, target, *_ = [*finding.subject.split(" "), "", "", ""]
    if arrow == "->":
        yield source, target
    for hop in finding.witness:
        yield from product(*hop.ends)


def _coloured(view: View, findings: Iterable[Finding], spots: _Spots) -> tuple[Edge, ...]:
    """Return the edges, those of bad ways with their severity, and the ways that had none."""
    places = {**spots, **_of_members(view)}
    worst: dict[int, Severity] = {}
    added: list[Edge] = []
    for (source, target), finding in _ways(findings, spots).items():
        ends = (places[source], places[target])
        along = _along(view, *ends)
        for index in along:
            worst[index] = max(worst.get(index, Severity.OFF), finding.severity)
        if not along:
            added.append(Edge(spots[source][0], spots[target][0], finding.rule, severity=finding.severity))
    edges = (replace(edge, severity=worst.get(index, edge.severity)) for index, edge in enumerate(view.edges))
    return (*edges, *added)


def _of_members(view: View) -> dict[str, tuple[str, ...]]:
    """Return where a member of a cluster may stand for an edge: at its own nodes, or at the frames of its cluster."""
    clusters = {group.id for group in view.groups if group.kind == "cluster"}
    found: dict[str, list[str]] = {}
    for node in view.nodes:
        for element in (node.element, *node.members):
            found.setdefault(element, []).extend([node.id, *({node.parent} & clusters)])
    return {element: tuple(dict.fromkeys(ids)) for element, ids in found.items()}


def _along(view: View, sources: Iterable[str], targets: Iterable[str]) -> list[int]:
    """Return the edges from one to the other: straight ones, or else those that pass by a gateway."""
    starts, ends = set(sources), set(targets)
    straight = [i for i, edge in enumerate(view.edges) if edge.source in starts and edge.target in ends]
    if straight:
        return straight
    gateways = {node.id for node in view.nodes if node.kind in _PASSED_BY}
    inward = {edge.target for edge in view.edges if edge.source in starts} & gateways
    outward = {edge.source for edge in view.edges if edge.target in ends} & gateways
    via = inward & outward
    return [
        i
        for i, edge in enumerate(view.edges)
        if (edge.source in starts and edge.target in via) or (edge.source in via and edge.target in ends)
    ]
