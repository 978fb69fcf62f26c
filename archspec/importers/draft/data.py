"""The `data:` section: databases, caches, proxies and buckets."""

from collections.abc import Iterator

from archspec.importers.draft import buckets, caches, databases, proxies
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece

_AREAS = (databases, caches, proxies, buckets)

TYPES = frozenset[str]().union(*(area.TYPES for area in _AREAS))


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield what keeps data."""
    yield from fitted(given, (piece for area in _AREAS for piece in area.pieces(given)))
