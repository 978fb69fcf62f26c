"""The `security:` section: certificates, keys, secrets and their stores, roles, detectors."""

from collections.abc import Iterator

from archspec.importers.draft import certificates, detectors, keys, roles, secrets
from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.piece import Given, Left, Piece

_AREAS = (certificates, keys, secrets, roles, detectors)

TYPES = frozenset[str]().union(*(area.TYPES for area in _AREAS))


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield what protects."""
    yield from fitted(given, (piece for area in _AREAS for piece in area.pieces(given)))
