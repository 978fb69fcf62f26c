"""Single points of failure that were none, and those that are none any more."""

from collections.abc import Iterator

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.graph.graph import Graph
from archspec.graph.single_points import SinglePoint, single_points


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what is a single point of failure now, and what was and stands no longer alone."""
    before, now = versions.both(_points)
    for id_, point in now.items():
        if id_ not in before:
            new = "" if id_ in versions.before else "is new and "
            text = f"{id_} {new}{'is' if new else 'became'} a single point of failure: {point.because}"
            yield Risk(Grade.MEDIUM, id_, text, point.element.path)
    for id_ in before:
        if id_ not in now and id_ in versions.now:
            text = f"{id_} is no single point of failure any more"
            yield Risk(Grade.NONE, id_, text, versions.now[id_].path)


def _points(graph: Graph) -> dict[str, SinglePoint]:
    return dict(single_points(graph))
