"""What cost lines add up to, and how far that is from what is said. Exact decimals, in dollars a month."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.model.cost import CostLine
from archspec.model.element import Element
from archspec.model.quantity import Money, Quantity, spell_money


class Sum(NamedTuple):
    """What amounts add up to: low and high differ where one of them is a range."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        low, high = spell_money(self.low), spell_money(self.high)
        return low if self.low == self.high else f"{low}-{high.removeprefix('$')}"


def add_up(amounts: Iterable[Money]) -> Sum:
    """Add amounts up, their low and their high values each."""
    found = list(amounts)
    return Sum(sum((one.low for one in found), Decimal(0)), sum((one.high for one in found), Decimal(0)))


def apart(found: Sum, stated: Money) -> Decimal:
    """Return by how much a sum misses what is stated; an exact sum within a stated range misses nothing."""
    if found.low == found.high:
        return max(stated.low - found.low, found.high - stated.high, Decimal(0))
    return max(abs(found.high - stated.high), abs(found.low - stated.low))


def outside(found: Sum, stated: Quantity) -> Decimal:
    """Return how far what is stated lies from what was found; ranges that share a value are not apart."""
    return max(stated.low - found.high, found.low - stated.high, Decimal(0))


def half_digit(number: Decimal) -> Decimal:
    """Return half a unit of the last digit that a number is written with: what rounding may take."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2


def estimate(graph: Graph, environment: str) -> Sum | None:
    """Return what a month of an environment, or of all, costs by the total that is stated, or else by the lines."""
    cost = graph.architecture.cost
    own = [one for one in cost.environments if environment and one.environment == environment]
    total, lines = (own[0].total, own[0].lines) if own else (cost.total, cost.lines)
    amounts = [total] if total else [line.amount for line in lines]
    return add_up(amounts) if amounts else None


def covered(graph: Graph, line: CostLine) -> tuple[Element, ...]:
    """Return the current elements that a line of the spec pays for; a cluster stands for its services."""
    return _covered(graph)[line.index]


@lru_cache(maxsize=1)
def _covered(graph: Graph) -> tuple[tuple[Element, ...], ...]:
    return tuple(_covered_by(graph, line) for line in graph.architecture.cost.lines)


def _covered_by(graph: Graph, line: CostLine) -> tuple[Element, ...]:
    found: dict[str, Element] = {}
    for id_ in line.covers:
        for one in graph.members.get(id_, (graph.architecture.elements[id_],)):
            found[one.id] = one
    return tuple(one for one in found.values() if one.status == "current")


@lru_cache(maxsize=1)
def paying(graph: Graph) -> Mapping[str, tuple[CostLine, ...]]:
    """Return the cost lines by what they pay for."""
    found: dict[str, list[CostLine]] = {}
    for line in graph.architecture.cost.lines:
        for element in covered(graph, line):
            found.setdefault(element.id, []).append(line)
    return {id_: tuple(lines) for id_, lines in found.items()}


@lru_cache(maxsize=1)
def covering_anything(graph: Graph) -> CostLine | None:
    """Return a line that does not say what it pays for, if there is one."""
    return next((line for line in graph.architecture.cost.lines if not line.covers), None)
