"""What the Terraform exporter makes of backups: copies elsewhere, locked ones, and those that are kept long."""

from collections.abc import Callable

import pytest

from archspec.artifacts import Artifacts

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
security: {keys: {own: {}, distant: {}}}
"""
DATABASE = "data: {databases: {db: {engine: %s, class: db.r6g.large, subnets: [a, b], security_groups: [sg], %s}}}\n"
WEST = "recovery: {region: us-west-2}\n"
COPY = "aws_db_instance_automated_backups_replication.db"
HERE, THERE = "aws_backup_vault.db", "aws_backup_vault.db__us_west_2"
LOCK_HERE, LOCK_THERE = (f"aws_backup_vault_lock_configuration.db{end}" for end in ("", "__us_west_2"))

Export = Callable[..., Artifacts]
Arguments = Callable[[Artifacts, str], dict[str, str]]


@pytest.fixture
def backed(export: Export) -> Export:
    """Export one database of an engine, with what is stated of its backups and of recovery."""

    def exported(engine: str, backups: str, rest: str = WEST, stated: str = "") -> Artifacts:
        return export(SPEC + DATABASE % (engine, f"backups: {{{backups}}}{stated}") + rest)

    return exported


def omitted(artifacts: Artifacts) -> dict[str | int, str]:
    """Return why fields of the database are left out."""
    return {one.path[-1]: one.reason for one in artifacts.omissions if one.path[:3] == ("data", "databases", "db")}


def test_backups_of_an_instance_follow_to_the_region_of_recovery(backed: Export, arguments: Arguments) -> None:
    artifacts = backed("postgres", "retention: 14 days, cross_region: true")
    assert arguments(artifacts, COPY) == {
        "provider": "aws.us_west_2",
        "source_db_instance_arn": "aws_db_instance.db.arn",
        "retention_period": "14",
        "kms_key_id": "aws_kms_key.derived__key__copies__us_west_2.arn",
    }
    assert arguments(artifacts, "aws_kms_key.derived__key__copies__us_west_2")["provider"] == "aws.us_west_2"


def test_the_stated_key_of_copies_is_made_where_they_are(backed: Export, arguments: Arguments) -> None:
    artifacts = backed("postgres", "cross_region: true, copy_key: distant")
    assert arguments(artifacts, COPY)["kms_key_id"] == "aws_kms_key.distant.arn"
    assert arguments(artifacts, "aws_kms_key.distant")["provider"] == "aws.us_west_2"
    assert arguments(artifacts, "aws_kms_alias.distant")["provider"] == "aws.us_west_2"
    assert "aws_kms_key.derived__key__copies__us_west_2" not in artifacts.origins


def test_a_key_that_encrypts_something_here_too_encrypts_no_copies(backed: Export, arguments: Arguments) -> None:
    artifacts = backed("postgres", "cross_region: true, copy_key: own", stated=", key: own")
    assert "provider" not in arguments(artifacts, "aws_kms_key.own")
    assert omitted(artifacts) == {"copy_key": "own encrypts something here, and a key has one Region"}
    assert arguments(artifacts, COPY)["kms_key_id"] == "aws_kms_key.derived__key__copies__us_west_2.arn"


def test_what_is_not_encrypted_is_copied_without_a_key(backed: Export, arguments: Arguments) -> None:
    artifacts = backed("postgres", "cross_region: true", stated=", encrypted: false")
    assert "kms_key_id" not in arguments(artifacts, COPY)


@pytest.mark.parametrize(("engine", "kind"), [("aurora-mysql", "aws_rds_cluster"), ("docdb", "aws_docdb_cluster")])
def test_a_plan_copies_the_backups_of_a_cluster(backed: Export, arguments: Arguments, engine: str, kind: str) -> None:
    artifacts = backed(engine, "retention: 14 days, cross_region: true, copy_every: 12 hours")
    assert arguments(artifacts, "aws_backup_selection.db")["resources"] == f"[{kind}.db.arn]"
    found = arguments(artifacts, "aws_backup_plan.db")
    names = ("target_vault_name", "schedule", "delete_after", "destination_vault_arn")
    assert [found[name] for name in names] == [
        f"{HERE}.name",
        '"cron(0 0/12 ? * * *)"',
        "14",
        f"{THERE}.arn",
    ]
    assert arguments(artifacts, THERE)["provider"] == "aws.us_west_2"
    assert "provider" not in arguments(artifacts, HERE)


@pytest.mark.parametrize(
    ("every", "schedule"),
    [
        ("1 day", "0 5 ? * * *"),
        ("7 days", "0 5 ? * SUN *"),
        ("6 hours", "0 0/6 ? * * *"),
        ("1 hour", "0 0/1 ? * * *"),
        ("5 hours", "0 5 ? * * *"),
        ("5 minutes", "0 0/1 ? * * *"),
        ("30 days", "0 5 ? * * *"),
    ],
)
def test_a_plan_runs_as_often_as_stated_or_daily(
    backed: Export, arguments: Arguments, every: str, schedule: str
) -> None:
    found = arguments(backed("docdb", f"cross_region: true, copy_every: {every}"), "aws_backup_plan.db")
    assert found["schedule"] == f'"cron({schedule})"'


@pytest.mark.parametrize(
    ("engine", "backups", "locks"),
    [
        ("postgres", "retention: 30 days, isolated: true", {LOCK_HERE}),
        ("docdb", "retention: 30 days, isolated: true, cross_region: true", {LOCK_THERE}),
        ("docdb", "retention: 30 days, cross_region: true", set()),
    ],
)
def test_an_isolated_copy_is_in_a_locked_vault(
    backed: Export, arguments: Arguments, engine: str, backups: str, locks: set[str]
) -> None:
    artifacts = backed(engine, backups)
    assert {one for one in artifacts.origins if "lock_configuration" in one} == locks
    assert all(arguments(artifacts, one)["min_retention_days"] == "30" for one in locks)


def test_backups_that_rds_does_not_keep_long_enough_are_kept_by_a_plan(backed: Export, arguments: Arguments) -> None:
    artifacts = backed("postgres", "retention: 90 days", "")
    assert arguments(artifacts, "aws_db_instance.db")["backup_retention_period"] == "35"
    assert arguments(artifacts, "aws_backup_plan.db")["delete_after"] == "90"


@pytest.mark.parametrize("engine", ["postgres", "docdb"])
def test_without_a_stated_need_there_is_no_plan(backed: Export, engine: str) -> None:
    artifacts = backed(engine, "retention: 7 days")
    assert "backups.tf" not in artifacts.files


def test_a_cluster_keeps_backups_a_day_at_least(backed: Export, arguments: Arguments) -> None:
    for engine, address, days in (("docdb", "aws_docdb_cluster.db", "1"), ("mysql", "aws_db_instance.db", "0")):
        assert arguments(backed(engine, "retention: 0 days"), address)["backup_retention_period"] == days


@pytest.mark.parametrize(
    ("backups", "rest", "expected"),
    [
        ("cross_region: true", "", {"cross_region": "`recovery.region` names no other Region that copies would go to"}),
        ("cross_region: true, retention: 0 days", WEST, {"cross_region": "no backups are kept that could be copied"}),
        ("cross_region: planned, isolated: planned", WEST, {"cross_region": "is planned", "isolated": "is planned"}),
        ("cross_region: false, isolated: false", WEST, {}),
    ],
)
def test_copies_that_cannot_be_made_are_left_out_with_the_reason(
    backed: Export, backups: str, rest: str, expected: dict[str, str]
) -> None:
    artifacts = backed("postgres", backups, rest)
    assert omitted(artifacts) == expected
    assert COPY not in artifacts.origins


def test_a_replica_in_another_region_is_left_out_with_the_reason(backed: Export) -> None:
    artifacts = backed("postgres", "retention: 7 days", stated=", distant_replicas: [{region: eu-west-1}]")
    assert omitted(artifacts) == {0: "the VPC in eu-west-1 that it would stand in is not stated"}
