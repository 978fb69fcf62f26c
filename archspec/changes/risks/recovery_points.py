"""How much a store can lose, by what happens to it: more than before, or less."""

from collections.abc import Iterator
from decimal import Decimal

from archspec.changes.change import Grade, Risk
from archspec.changes.durations import Figure, told
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.graph import Graph
from archspec.graph.recovery import DISRUPTIONS, is_record
from archspec.graph.recovery_objectives import compare, wanted_for
from archspec.graph.recovery_point import Achieved, achieved_rpo
from archspec.model.data import Store

EVERYTHING = Decimal("Infinity")


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield each store that can lose more or less, disruptions with the same figures in one sentence."""
    for old, new in versions.kept():
        if isinstance(old, Store) and isinstance(new, Store):
            figures = [_figure(versions.new.graph, (old, new), achieved_rpo(old, one), achieved_rpo(new, one))
                       for one in DISRUPTIONS]  # fmt: skip
            yield from told(new, "RPO", "backups", [one for one in figures if one])


def _figure(graph: Graph, both: tuple[Store, Store], old: Achieved, new: Achieved) -> Figure | None:
    before, now = _seconds(old), _seconds(new)
    if before is None and now is None:
        return None
    facts = (Hop("note", f"{new.disruption}: {new.because}", both[1].path),)
    wanted = wanted_for(graph, both[1], new.disruption, "rpo")
    missed = is_record(both[1]) and wanted is not None and now is not None and compare(now, wanted) == "missed"
    worst = is_record(both[1]) and (now == EVERYTHING or missed)
    return Figure(new.disruption, before, now, Grade.HIGH if worst else Grade.MEDIUM, facts)


def _seconds(achieved: Achieved) -> Decimal | None:
    """Return the figure; nothing where it cannot be told, and where everything is lost, more than any figure."""
    if achieved.seconds is not None:
        return achieved.seconds
    return None if achieved.missing else EVERYTHING
