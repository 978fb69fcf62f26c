"""What databases and caches have in common in Terraform."""

from collections.abc import Iterator

from archspec.exporters.terraform.hcl import Body, Reference, Value
from archspec.exporters.terraform.keys import key_of
from archspec.exporters.terraform.resource import Resource, Variable, named, origin, refer, slug
from archspec.exporters.terraform.windows import Window, daily, weekly
from archspec.model.architecture import Architecture
from archspec.model.data import Store

_SHORTEST = {"database": 30, "cache": 60}
"""Kind of store → the minutes that its windows last at least."""


def class_variable(store: Store) -> Variable:
    """Return the variable for a class that is not stated: it decides the bill, so nobody guesses it."""
    return Variable(f"class_{slug(store.id)}", f"instance class of {store.id}, which the spec does not state")


def subnet_group(kind: str, store: Store, architecture: Architecture) -> Resource:
    """Return the group of the subnets that a store may stand in, of the resource type `kind`."""
    name = named(architecture, store.id)
    body: Body = {
        "name": name,
        "description": f"{store.id} of {architecture.name}",
        "subnet_ids": [refer("aws_subnet", subnet) for subnet in store.subnets],
    }
    return Resource(kind, slug(store.id), origin(store, "subnets"), body)


def security_groups(store: Store) -> list[Value]:
    """Refer to the security groups of a store."""
    return [refer("aws_security_group", group) for group in store.security_groups]


def data_key(store: Store) -> Reference:
    """Refer to the key that encrypts a store: its own, or the one for all data whose key is not stated."""
    return key_of(store, "data")


def encryption(store: Store, argument: str) -> Body:
    """Encrypt with a key of our own, unless the spec says that the store is not encrypted."""
    is_encrypted = store.encrypted is not False
    return {argument: is_encrypted, "kms_key_id": data_key(store) if is_encrypted else None}


def backup_window(store: Store) -> Window | None:
    """Return when backups are made; nothing where no window is stated, or none that AWS takes."""
    return daily(store.backups.window, _SHORTEST[store.kind]) if store.backups and store.backups.window else None


def maintenance_window(store: Store) -> str | None:
    """Return when AWS may change a store; nothing where no window is stated, or none that AWS takes."""
    return weekly(store.maintenance_window, _SHORTEST[store.kind]) or None


def written(window: Window | None) -> str | None:
    """Write a window, where there is one."""
    return None if window is None else str(window)


def unsaid(store: Store) -> Iterator[str]:
    """Yield what the spec states of any store and its resource has no argument for."""
    backups = store.backups
    if backups and backups.window and not backup_window(store):
        yield f"Not exported: the backup window '{backups.window}', which is not like '07:00-09:00 UTC'."
    if store.maintenance_window and not maintenance_window(store):
        yield f"Not exported: maintenance '{store.maintenance_window}', which is not like 'Sunday 05:00-06:00 UTC'."
    if store.domain:
        why = "AWS gives its endpoint a name" if ".amazonaws.com" in store.domain else "it is a record of DNS"
        yield f"Not exported: the name {store.domain}: {why}."
