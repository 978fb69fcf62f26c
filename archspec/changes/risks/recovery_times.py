"""How soon an element is back, by what happens to it: later than before, or sooner."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from archspec.changes.change import Grade, Risk
from archspec.changes.durations import Figure, told
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import compare, wanted_for
from archspec.graph.recovery_time import Back, Recoverable, achieved_rto, faces, recoverable

_Backs = Mapping[str, tuple[Recoverable, list[Back]]]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield each element that is back later or sooner, disruptions with the same figures in one sentence."""
    before, now = versions.both(_backs)
    for id_, (element, backs) in now.items():
        if id_ in before:
            were = {one.disruption: one.seconds for one in before[id_][1]}
            figures = [_figure(versions.new.graph, element, were.get(one.disruption), one) for one in backs]
            yield from told(element, "RTO", "backups", figures)


def _backs(graph: Graph) -> _Backs:
    return {one.id: (one, [achieved_rto(graph, one, loss) for loss in faces(one)]) for one in recoverable(graph)}


def _figure(graph: Graph, element: Recoverable, old: Decimal | None, new: Back) -> Figure:
    wanted = wanted_for(graph, element, new.disruption, "rto")
    missed = wanted is not None and new.seconds is not None and compare(new.seconds, wanted) == "missed"
    facts = (Hop("note", f"{new.disruption}: {new.because}", element.path),)
    return Figure(new.disruption, old, new.seconds, Grade.HIGH if missed else Grade.MEDIUM, facts)
