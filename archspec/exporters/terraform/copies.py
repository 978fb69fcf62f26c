"""How long backups are kept, where copies of them go, and which of AWS's ways makes those."""

from decimal import ROUND_CEILING

from archspec.exporters.terraform.database_logs import CLUSTERS
from archspec.model.architecture import Architecture
from archspec.model.data import Database, Store

MOST_DAYS = 35
"""The longest that AWS keeps the automated backups of a database or a cache.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""

_DAY = 86400


def retention_days(store: Store) -> int | None:
    """Round the stated retention of backups up to whole days, which is all that AWS counts."""
    retention = store.backups.retention if store.backups else None
    return None if retention is None else int((retention.high / _DAY).to_integral_value(ROUND_CEILING))


def copy_region(store: Store, architecture: Architecture) -> str:
    """Return the Region that backups of a store are copied to today; empty where they are not, or nobody says where."""
    region = architecture.recovery.region
    is_copied = store.backups is not None and store.backups.cross_region is True
    return region if is_copied and region != architecture.region else ""


def odd_interval(store: Store) -> str:
    """Say that backups are stated to be made at another interval than AWS makes its automated ones."""
    every = store.backups.every if store.backups else None
    is_odd = every is not None and every.low != _DAY
    return f"Not exported: backups every {every}: AWS makes automated ones once a day." if is_odd else ""


def has_plan(store: Store, architecture: Architecture) -> bool:
    """Whether AWS Backup keeps copies of a database: locked ones, those of clusters elsewhere, and those kept long.

    RDS copies the backups of its instances to another Region by itself.
    """
    if not isinstance(store, Database) or store.backups is None or retention_days(store) == 0:
        return False
    is_elsewhere = store.engine in CLUSTERS and copy_region(store, architecture)
    return bool(store.backups.isolated is True or is_elsewhere or (retention_days(store) or 0) > MOST_DAYS)


def key_region(key: str, architecture: Architecture) -> str:
    """Return the Region that a stated key is for: that of the copies, if it encrypts nothing but copies."""
    if any(getattr(one, "key", "") == key for one in architecture.elements.values()):
        return ""
    stores: list[Store] = [*architecture.data.databases.values(), *architecture.data.caches.values()]
    found = (copy_region(one, architecture) for one in stores if one.backups and one.backups.copy_key == key)
    return next(found, "")
