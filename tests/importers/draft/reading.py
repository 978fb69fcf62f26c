"""What the areas of a draft make of resources written by hand."""

from types import ModuleType
from typing import Any

from archspec.importers.draft.piece import Given, Left, Piece
from archspec.resources.kinds import KINDS
from tests.importers.draft.made import inventory

_ELEMENTS = {type_ for types in KINDS.values() for type_ in types}

NETWORK: dict[str, dict[str, Any]] = {
    "aws_vpc.vpc": {},
    "aws_subnet.a": {"availability_zone": "us-east-1a"},
    "aws_subnet.b": {"availability_zone": "us-east-1b"},
    "aws_security_group.db": {},
    "aws_kms_key.main": {"enable_key_rotation": True},
    "aws_db_subnet_group.db": {"subnet_ids": ["@aws_subnet.a", "@aws_subnet.b"]},
}


def given(resources: dict[str, dict[str, Any]], ids: dict[str, str] | None = None) -> Given:
    """Return resources with the label of each as its id, unless `ids` says otherwise; "" means that it is none."""
    found = inventory(resources)
    named = {one.address: one.address.rpartition(".")[2] for one in found.resources if one.type in _ELEMENTS}
    return Given(found, {address: id_ for address, id_ in {**named, **(ids or {})}.items() if id_})


def read(area: ModuleType, resources: dict[str, dict[str, Any]], ids: dict[str, str] | None = None) -> dict[str, Piece]:
    """Return the pieces of an area by their ids."""
    return {one.id: one for one in area.pieces(given(resources, ids)) if isinstance(one, Piece)}


def left(area: ModuleType, resources: dict[str, dict[str, Any]]) -> list[Left]:
    """Return what an area leaves out."""
    return [one for one in area.pieces(given(resources)) if isinstance(one, Left)]
