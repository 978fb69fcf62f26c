"""Keys of the copies of backups, in the Region where those are."""

from collections.abc import Iterator

from archspec.exporters.terraform import policies
from archspec.exporters.terraform.copies import copy_region, key_region
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.resource import Resource, in_region, origin, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Database


def copy_key(database: Database, region: str, architecture: Architecture) -> Reference:
    """Refer to the key of copies in a Region: the stated one, or one that all copies there share."""
    stated = database.backups.copy_key if database.backups else ""
    if stated in architecture.security.keys and key_region(stated, architecture) == region:
        return refer("aws_kms_key", stated, "arn")
    return refer("aws_kms_key", _derived(region), "arn")


def _derived(region: str) -> tuple[str, ...]:
    return "derived", "key", "copies", region


def derived_keys(architecture: Architecture) -> Iterator[Resource]:
    """Yield the key of the copies that name none of their own; a key belongs to one Region."""
    copied = [(one, copy_region(one, architecture)) for one in architecture.data.databases.values()]
    for database, region in copied:
        if region and copy_key(database, region, architecture) == refer("aws_kms_key", _derived(region), "arn"):
            yield from _derived_key(database, region, architecture)
            return


def _derived_key(owner: Database, region: str, architecture: Architecture) -> Iterator[Resource]:
    reason = (f"Encrypts the copies of backups in {region}.",)
    body: Body = {
        **in_region(region, architecture),
        "description": f"copies of backups of {architecture.name}",
        "deletion_window_in_days": 30,
        "enable_key_rotation": True,
        "policy": policies.document([policies.administration(architecture)]),
    }
    yield Resource("aws_kms_key", slug(*_derived(region)), origin(owner, "backups"), body, reason)
    alias: Body = {
        **in_region(region, architecture),
        "name": f"alias/{architecture.name}/copies",
        "target_key_id": refer("aws_kms_key", _derived(region), "key_id"),
    }
    yield Resource("aws_kms_alias", slug(*_derived(region)), origin(owner, "backups"), alias, reason)
