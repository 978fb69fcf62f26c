"""What a month costs: lines in their groups, the largest first, each environment's estimate, and budgets."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from archspec.graph.cost_shares import agrees, grouped, middle, share, spell_share, sum_of
from archspec.graph.graph import Graph
from archspec.graph.spending import Sum, add_up
from archspec.model.cost import CostArea, CostGroup, CostLine, EnvironmentCost
from archspec.model.observability import AnomalyMonitor, Budget
from archspec.model.quantity import Money
from archspec.views.ordered import natural
from archspec.views.parts.budgets import budget_facts
from archspec.views.parts.cards import card
from archspec.views.parts.framing import filled
from archspec.views.parts.words import count, icon
from archspec.views.view import Group, Node, View

_BUDGETS = "@budgets"
_MOST = 12
"""The lines of a frame that are drawn each; the smaller ones beyond stand on one card."""


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of costs; no nodes where none are stated."""
    cost, label = graph.architecture.cost, graph.architecture.label
    nodes = (*_of_lines(graph), *_estimates(cost), *_budgets(graph))
    yield View(
        name="cost",
        title=f"{label}: cost of a month",
        description=f"Cost of {label}: {_whole(cost) or 'no total is stated'}.",
        layout="placement",
        groups=filled(tuple(_frames(graph)), nodes),
        nodes=tuple(_unique(nodes)),
        hidden=tuple(_hidden(cost)),
    )


def _frames(graph: Graph) -> Iterator[Group]:
    """Yield the frame of the whole, one of each group that has lines, of each estimate, and of budgets."""
    cost, environments = graph.architecture.cost, graph.architecture.environments
    yield Group(cost.id, "Monthly cost", "cost", subtitle=_whole(cost))
    for group, lines in _by_size(cost):
        if group:
            yield Group(group.id, group.title or group.name, "cost", cost.id, _told(cost, group, lines))
    for one in sorted(cost.environments, key=_size_of_estimate):
        known = environments.get(one.environment)
        found = add_up(line.amount for line in one.lines) if one.lines else None
        yield Group(
            one.id, (known and known.title) or one.environment, "cost", subtitle=_beside(one.total, found, cost)
        )
    yield Group(_BUDGETS, "Budgets", "budgets")


def _by_size(cost: CostArea) -> list[tuple[CostGroup | None, Sequence[CostLine]]]:
    """Return the groups with their lines, the largest first, and what is in none behind them."""
    return sorted(grouped(cost), key=lambda part: _size(*part))


def _of_lines(graph: Graph) -> Iterator[Node]:
    """Yield the cards of the cost table; groups of a line each, or none, need no frames."""
    cost = graph.architecture.cost
    parts = _by_size(cost)
    has_frames = any(group and len(lines) > 1 for group, lines in parts)
    for group, lines in parts:
        if group and not (has_frames and lines):
            yield _single(graph, group, lines)
        else:
            yield from _lines(graph, lines, group.id if group else cost.id)
    if cost.total and not (cost.lines or cost.groups):
        yield Node(f"{cost.id}@all", "all costs", "All of it", "cost", cost.id, (str(cost.total),))


def _whole(cost: CostArea) -> str:
    """Return the total that is stated, and what the lines add up to where that differs or nobody states a total."""
    found = sum_of(cost) if cost.lines or cost.groups else None
    return _beside(cost.total, found, cost)


def _beside(stated: Money | None, found: Sum | None, cost: CostArea) -> str:
    """Return a stated amount, with the computed one where the two differ."""
    if stated is None:
        return f"the lines add up to {found}" if found else ""
    return str(stated) if found is None or agrees(stated, found, cost.rounding) else f"{stated} (lines: {found})"


def _told(cost: CostArea, group: CostGroup, lines: Sequence[CostLine]) -> str:
    """Return what a group costs, and its share of the whole."""
    found = add_up(line.amount for line in lines) if lines else None
    part = found or group.subtotal
    whole = middle(sum_of(cost))
    told = str(group.share) if group.share else spell_share(share(middle(part), whole)) if part and whole else ""
    return ", ".join(filter(None, (_beside(group.subtotal, found, cost), told)))


def _single(graph: Graph, group: CostGroup, lines: Sequence[CostLine]) -> Node:
    title = group.title or group.name
    more = [text for line in lines for text in (line.resource, line.configuration) if text and text != title]
    detail = tuple(filter(None, (_told(graph.architecture.cost, group, lines), *more)))
    kind = _kind(graph, lines[0]) if lines else "cost"
    return Node(group.id, lines[0].id if lines else group.id, title, kind, graph.architecture.cost.id, detail)


def _lines(graph: Graph, lines: Sequence[CostLine], parent: str) -> Iterator[Node]:
    """Yield the lines of a frame, the largest first; where they are many, the smallest as one."""
    inside = sorted(lines, key=lambda line: (-middle(line.amount), natural(line.resource), line.index))
    shown, rest = (inside, []) if len(inside) <= _MOST else (inside[: _MOST - 1], inside[_MOST - 1 :])
    for line in shown:
        detail = tuple(filter(None, (str(line.amount), line.configuration)))
        yield Node(line.id, line.id, line.resource, _kind(graph, line), parent, detail)
    if rest:
        amount = str(add_up(line.amount for line in rest))
        yield Node(f"{parent}@rest", "other cost lines", count(len(rest), "smaller line"), "cost", parent, (amount,))


def _kind(graph: Graph, line: CostLine) -> str:
    """Return the icon of what a line pays for; a cluster stands for what is in it."""
    found = (graph.architecture.elements.get(id_) for id_ in line.covers)
    return next((icon(element) for element in found if element), "cost")


def _estimates(cost: CostArea) -> Iterator[Node]:
    """Yield the lines of each environment's estimate, the largest first; one that has none is a card."""
    for one in cost.environments:
        for line in sorted(one.lines, key=lambda line: (-middle(line.amount), natural(line.resource))):
            detail = tuple(filter(None, (str(line.amount), line.configuration)))
            yield Node(f"{one.id}@{line.resource}", "estimated cost", line.resource, "cost", one.id, detail)
        if not one.lines:
            detail = (str(one.total),) if one.total else ()
            yield Node(f"{one.id}@all", "estimated cost", "All of it", "cost", one.id, detail)


def _budgets(graph: Graph) -> Iterator[Node]:
    """Yield the budgets, and what looks for amounts that are unusual."""
    observability = graph.architecture.observability
    those: tuple[Budget | AnomalyMonitor, ...] = (
        *observability.budgets.values(),
        *observability.anomaly_monitors.values(),
    )
    yield from (card(one, _BUDGETS, budget_facts(one)) for one in those if one.status != "removed")


def _size(group: CostGroup | None, lines: Sequence[CostLine]) -> tuple[bool, Decimal, str]:
    """Return what to sort groups by: the largest first, and what is in none last."""
    amount = add_up(line.amount for line in lines) if lines else (group and group.subtotal)
    return group is None, -middle(amount) if amount else Decimal(0), group.name if group else ""


def _size_of_estimate(one: EnvironmentCost) -> tuple[Decimal, str]:
    return -middle(one.total or add_up(line.amount for line in one.lines)), one.environment


def _unique(nodes: Sequence[Node]) -> Iterator[Node]:
    """Give lines that are called the same an id each."""
    seen: dict[str, int] = {}
    for node in nodes:
        number = seen[node.id] = seen.get(node.id, 0) + 1
        yield node if number == 1 else replace(node, id=f"{node.id}@{number}")


def _hidden(cost: CostArea) -> Iterator[str]:
    left = [count(len(those), thing) for those, thing in ((cost.savings, "saving"), (cost.periods, "period")) if those]
    if left:
        yield f"Not drawn: {' and '.join(left)}."
