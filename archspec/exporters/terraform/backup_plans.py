"""Plans of AWS Backup, the vaults that they fill, and the locks of those."""

from collections.abc import Iterator
from decimal import ROUND_CEILING

from archspec.exporters.terraform import identity
from archspec.exporters.terraform.copies import retention_days
from archspec.exporters.terraform.copy_keys import copy_key
from archspec.exporters.terraform.database_logs import CLUSTERS
from archspec.exporters.terraform.hcl import Block, Body, Reference, Value
from archspec.exporters.terraform.rds import backup_days
from archspec.exporters.terraform.resource import Part, Resource, in_region, named, origin, refer, slug
from archspec.exporters.terraform.stores import data_key
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_HOUR = 3600
_VAULT_LIMIT = 50
_GRACE_DAYS = 3
_TYPES = {"docdb": "aws_docdb_cluster", "aurora-mysql": "aws_rds_cluster", "aurora-postgresql": "aws_rds_cluster"}


def resources(database: Database, region: str, architecture: Architecture) -> Iterator[Part]:
    """Yield a vault here, one in `region` if there is one, and a plan that fills both."""
    yield _vault(database, "", architecture)
    if region:
        yield _vault(database, region, architecture)
    if database.backups and database.backups.isolated is True:
        yield _lock(database, region, architecture)
    yield identity.role(database, "backup", "backup", architecture)
    policy = "service-role/AWSBackupServiceRolePolicyForBackup"
    yield from identity.managed(database, "backup", policy, architecture)
    yield _plan(database, region, architecture)
    yield _selection(database, architecture)


def _vault(database: Database, region: str, architecture: Architecture) -> Resource:
    key = copy_key(database, region, architecture) if region else data_key(database)
    return Resource(
        "aws_backup_vault",
        slug(*_place(database, region)),
        origin(database, "backups"),
        {
            **in_region(region, architecture),
            "name": named(architecture, database.id, _VAULT_LIMIT),
            "kms_key_arn": key if region or database.encrypted is not False else None,
        },
        (f"Backups of {database.id} in {region or architecture.region}.",),
    )


def _place(database: Database, region: str) -> tuple[str, ...]:
    return (database.id, region) if region else (database.id,)


def _lock(database: Database, region: str, architecture: Architecture) -> Resource:
    """https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"""
    return Resource(
        "aws_backup_vault_lock_configuration",
        slug(*_place(database, region)),
        origin(database, "backups", "isolated"),
        {
            **in_region(region, architecture),
            "backup_vault_name": refer("aws_backup_vault", _place(database, region), "name"),
            "min_retention_days": _days(database),
            "changeable_for_days": _GRACE_DAYS,
        },
        (f"Nobody can unlock it once {_GRACE_DAYS} days are over, and nobody can delete what is in it.",),
    )


def _days(database: Database) -> int:
    return retention_days(database) or backup_days(database)


def _plan(database: Database, region: str, architecture: Architecture) -> Resource:
    schedule, reason = _schedule(database)
    copy = Block(
        {
            "destination_vault_arn": refer("aws_backup_vault", _place(database, region), "arn"),
            "lifecycle": Block({"delete_after": _days(database)}),
        }
    )
    rule = Block(
        {
            "rule_name": "backups",
            "target_vault_name": refer("aws_backup_vault", database.id, "name"),
            "schedule": schedule,
            "lifecycle": Block({"delete_after": _days(database)}),
            "copy_action": copy if region else None,
        }
    )
    body: Body = {"name": named(architecture, database.id, _VAULT_LIMIT), "rule": rule}
    return Resource("aws_backup_plan", slug(database.id), origin(database, "backups"), body, reason)


def _schedule(database: Database) -> tuple[str, tuple[str, ...]]:
    """Return how often, as EventBridge writes it, and what had to be left out. AWS Backup takes an hour at least.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
    """
    daily = "cron(0 5 ? * * *)"
    backups = database.backups
    every = (backups.copy_every or backups.every) if backups else None
    hours = int((every.high / _HOUR).to_integral_value(ROUND_CEILING)) if every else 24
    if hours == 24 * 7:
        return "cron(0 5 ? * SUN *)", ()
    if 0 < hours < 24 and 24 % hours == 0:
        rarer = f"Not exported: every {every}; it is once an hour." if every and every.high < _HOUR else ""
        return f"cron(0 0/{hours} ? * * *)", tuple(filter(None, [rarer]))
    return daily, () if hours == 24 else (f"Not exported: every {every}; it is once a day.",)


def _selection(database: Database, architecture: Architecture) -> Resource:
    arns: list[Value] = [refer(_TYPES.get(database.engine, "aws_db_instance"), database.id, "arn")]
    opted = database.engine in CLUSTERS
    reason = "The account has to opt in to Aurora or DocumentDB in AWS Backup, for all that it has." if opted else ""
    return Resource(
        "aws_backup_selection",
        slug(database.id),
        origin(database, "backups"),
        {
            "name": named(architecture, database.id, _VAULT_LIMIT),
            "plan_id": refer("aws_backup_plan", database.id),
            "iam_role_arn": identity.role_arn(database, "backup"),
            "resources": arns,
            "depends_on": [Reference(f"aws_iam_role_policy_attachment.{slug(database.id, 'backup')}")],
        },
        (reason,) if reason else (),
    )
