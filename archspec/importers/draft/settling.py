"""Pieces of all areas → those that can stand in one spec: ids once, one Region, every reference to something there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archspec.importers.draft.fitting import fitted
from archspec.importers.draft.naming import called, environments, says
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.model.element import INTERNET

_MOST_SUBNETS = 100
"""More are refused when a spec is loaded: see `importers.spec.placing`."""


def settled(given: Given, found: Iterable[Piece | Left], name: str) -> tuple[list[Piece], list[Left]]:
    """Return what stands in the spec, and what had to be left and why."""
    left = [one for one in found if isinstance(one, Left)]
    pieces: list[Piece] = []
    taken = {INTERNET, *environments(given.ids.values())}
    region = given.inventory.region
    for one in (one for one in found if isinstance(one, Piece)):
        reason = _unfit(one, taken, region)
        if reason:
            left.append(Left(one.address, reason))
        else:
            taken.add(one.id)
            pieces.append(_named(given, one, name))
    return _referring(given, pieces, left)


def _unfit(piece: Piece, taken: set[str], region: str) -> str:
    if piece.id in taken:
        return f"another element is already called {piece.id}"
    az = piece.data.get("az", "") if piece.home == ("network", "subnets") else ""
    if region and az and not str(az).startswith(region):
        return f"it stands in another Region than {region}"
    return ""


def _named(given: Given, piece: Piece, name: str) -> Piece:
    """Add what AWS calls an element, where its id does not say so."""
    resource = given.inventory.by_address.get(piece.address)
    known = called(resource) if resource and piece.home[0] in ("network", "compute") else ""
    data = dict(piece.data)
    if isinstance(data.get("subnets"), list):
        data["subnets"] = data["subnets"][:_MOST_SUBNETS]
    if known and "{" not in known and not says(piece.id, known, name) and known not in data.values():
        data = {"name": known, **data}
    return piece._replace(data=data)


def _referring(given: Given, pieces: Sequence[Piece], left: list[Left]) -> tuple[list[Piece], list[Left]]:
    """Leave out references to what is not there, until nothing more goes with them."""
    nothing = Given(replace(given.inventory, resources=()), {})
    while True:
        found = [*fitted(nothing, pieces)]
        kept = [_with_parts(one, before) for one, before in _pairs(found, pieces)]
        left += [one for one in found if isinstance(one, Left)]
        if len(kept) == len(pieces):
            return kept, left
        pieces = kept


def _pairs(found: Sequence[Piece | Left], pieces: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    before = {one.id: one for one in pieces}
    return [(one, before[one.id]) for one in found if isinstance(one, Piece)]


def _with_parts(piece: Piece, before: Piece) -> Piece:
    """Forget where the items of a list come from, if some of them had to go."""
    same = {key for key, value in before.data.items() if _length(value) == _length(piece.data.get(key))}
    return piece._replace(parts={path: one for path, one in piece.parts.items() if path[0] in same})


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0
