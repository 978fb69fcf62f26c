"""The `delivery:` section: registries, builds, pipelines and the repositories that they read."""

from collections.abc import Iterator

from archspec.importers.draft import builds, pipelines, registries
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece

_AREAS = (registries, builds, pipelines)

TYPES = frozenset[str]().union(*(area.TYPES for area in _AREAS))


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield what ships."""
    yield from fitted(given, (piece for area in _AREAS for piece in area.pieces(given)))
