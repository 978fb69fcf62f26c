"""The `edge:` section: distributions, zones, web ACLs."""

from collections.abc import Iterator

from archspec.importers.draft import distributions, web_acls, zones
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece

_AREAS = (distributions, zones, web_acls)

TYPES = frozenset[str]().union(*(area.TYPES for area in _AREAS))


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield what stands before the system."""
    yield from fitted(given, (piece for area in _AREAS for piece in area.pieces(given)))
