"""The stores of secrets: no resource is one, so they are there wherever a secret is."""

import re
from collections.abc import Mapping

from archspec.importers.draft import links
from archspec.importers.draft.attributes import switch
from archspec.importers.draft.piece import Given
from archspec.resources.kinds import PART_TAG
from archspec.resources.resource import Resource

MANAGER, PARAMETERS = "secrets-manager", "parameter-store"
_SERVICES = {"aws_secretsmanager_secret": MANAGER, "aws_ssm_parameter": PARAMETERS}
_KEEPERS = ("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster")
_ID = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*")


def stores(given: Given) -> Mapping[str, str]:
    """Return the ids of the stores that there are, by their services. Databases may have AWS keep their passwords."""
    found = {_SERVICES[one.type]: _id(given, _SERVICES[one.type]) for one in given.inventory.of(*_SERVICES)}
    if any(map(is_managed, given.inventory.of(*_KEEPERS))):
        found[MANAGER] = _id(given, MANAGER)
    return found


def held(given: Given) -> Mapping[str, str]:
    """Return the store of each secret that is no element of its own but stands for its store, by its address."""
    known = stores(given)
    return {one.address: known[_SERVICES[one.type]] for one in given.inventory.of(*_SERVICES) if _owner(given, one)}


def is_managed(database: Resource) -> bool:
    """Whether AWS keeps the password of a database in a secret of its own."""
    values = database.values
    return switch(values.get("manage_master_user_password")) is True or bool(values.get("master_user_secret"))


def _id(given: Given, service: str) -> str:
    """Return the id of a store: the one that a secret says to be a part of, else the name of its service."""
    owners = (_owner(given, one) for one in given.inventory.of(*_SERVICES) if _SERVICES[one.type] == service)
    return next((owner for owner in owners if owner), links.free(service, given))


def _owner(given: Given, one: Resource) -> str:
    owner = one.tags.get(PART_TAG, "")
    is_element = one.address in given.ids or owner in given.ids.values()
    return owner if _ID.fullmatch(owner) and not is_element else ""
