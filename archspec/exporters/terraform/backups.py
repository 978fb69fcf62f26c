"""Copies of backups: in another Region, in a locked vault, for longer than databases keep them."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import backup_plans
from archspec.exporters.terraform.copies import copy_region, has_plan, key_region
from archspec.exporters.terraform.copy_keys import copy_key, derived_keys
from archspec.exporters.terraform.rds import backup_days
from archspec.exporters.terraform.resource import Part, Resource, in_region, origin, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Database, Store


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield what copies backups, and say of what is stated and cannot be made."""
    stores: list[Store] = [*architecture.data.databases.values(), *architecture.data.caches.values()]
    for store in stores:
        yield from _omissions(store, architecture)
    yield from derived_keys(architecture)
    for database in architecture.data.databases.values():
        region = copy_region(database, architecture)
        if has_plan(database, architecture):
            yield from backup_plans.resources(database, region, architecture)
        elif region and backup_days(database):
            yield _replication(database, region, architecture)


def _omissions(store: Store, architecture: Architecture) -> Iterator[Omission]:
    for i, replica in enumerate(store.distant_replicas):
        if replica.status == "current":
            reason = f"the VPC in {replica.region} that it would stand in is not stated"
            yield Omission((*store.path, "distant_replicas", i), reason)
    for field in ("cross_region", "isolated") if store.backups else ():
        reason = _uncopied(store, field, architecture)
        if reason:
            yield Omission((*store.path, "backups", field), reason)
    stated = store.backups.copy_key if store.backups else ""
    if stated and copy_region(store, architecture) and not key_region(stated, architecture):
        yield Omission(
            (*store.path, "backups", "copy_key"), f"{stated} encrypts something here, and a key has one Region"
        )


def _uncopied(store: Store, field: str, architecture: Architecture) -> str:
    """Say why there are no copies that the spec states."""
    stated = getattr(store.backups, field)
    if not stated or stated == "planned":
        return "is planned" if stated else ""
    if not isinstance(store, Database):
        return "ElastiCache copies no backups by itself, and AWS Backup takes no caches"
    if field == "cross_region" and not copy_region(store, architecture):
        return "`recovery.region` names no other Region that copies would go to"
    return "" if backup_days(store) else "no backups are kept that could be copied"


def _replication(database: Database, region: str, architecture: Architecture) -> Resource:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html"""
    is_encrypted = database.encrypted is not False
    return Resource(
        "aws_db_instance_automated_backups_replication",
        slug(database.id),
        origin(database, "backups", "cross_region"),
        {
            **in_region(region, architecture),
            "source_db_instance_arn": refer("aws_db_instance", database.id, "arn"),
            "retention_period": backup_days(database),
            "kms_key_id": copy_key(database, region, architecture) if is_encrypted else None,
        },
        (f"Backups and logs follow to {region} as they are made.",),
    )
