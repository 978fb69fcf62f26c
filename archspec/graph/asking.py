"""One connection, as it is asked about hop by hop: both ends, the traffic, and the placements of one version of IP."""

from collections.abc import Iterable
from typing import NamedTuple

from archspec.graph.blocks import VERSIONS, Block, elsewhere, subnet_block
from archspec.graph.endpoints import PUBLIC, Door
from archspec.graph.graph import Graph
from archspec.graph.intervals import EPHEMERAL, Intervals, intersect, subtract, union
from archspec.graph.legs import Leg, everywhere
from archspec.graph.placements import Placement, placements
from archspec.model.element import Element


class Asking(NamedTuple):
    """What is asked: may `source` send `wanted` to `target` in every one of the placements?"""

    graph: Graph
    source: Element
    target: Element
    wanted: Intervals
    found: tuple[Placement, ...] = ()
    door: Door = PUBLIC

    @property
    def version(self) -> int:
        """The version of IP; 4 where the ends have none in common."""
        return self.found[0].version if self.found else VERSIONS[0]

    @property
    def is_shared(self) -> bool:
        """Whether every subnet of both ends has the version."""
        return bool(self.found) and self.found[0].is_shared

    def stopped(self, *asked: str) -> dict[int, Intervals]:
        """Return the placements, by their position, where questions let less than what is wanted through, and what."""
        return {
            i: missing
            for i, one in enumerate(self.found)
            if (missing := subtract(self.wanted, everywhere(leg for leg in one.legs if leg.asked in asked)))
        }

    def near(self, position: int) -> Block:
        """Return the addresses of the source in a placement."""
        here = self.found[position].here
        return (subnet_block(here, self.version) if here else None) or elsewhere(self.version)

    def far(self, position: int) -> Block:
        """Return the addresses of the target in a placement."""
        there = self.found[position].there
        return (subnet_block(there, self.version) if there else None) or elsewhere(self.version)


def askings(asking: Asking) -> list[Asking]:
    """Return the question for each version of IP in which there are placements, IPv4 first."""
    graph, source, target, _, _, door = asking
    found = list(placements(graph, source, target, door))
    by_version = [tuple(one for one in found if one.version == version) for version in VERSIONS]
    return [asking._replace(found=those) for those in by_version if those]


def answering(wanted: Intervals) -> Intervals:
    """Return where answers to traffic go: the ephemeral ports of its protocols."""
    return union(*(ports for whole, ports in EPHEMERAL.items() if intersect(whole, wanted)))


def failing(legs: Iterable[Leg], wanted: Intervals) -> int:
    """Return how many questions are not answered as wanted."""
    return len({leg.asked for leg in legs if subtract(wanted, everywhere([leg]))})
