"""Databases and proxies of Terraform come back as a person writes them in a spec."""

from typing import Any

import pytest

from archspec.importers.draft import data
from archspec.importers.draft.piece import Left
from tests.importers.draft.reading import NETWORK, left, read

_PLACED = {"db_subnet_group_name": "@aws_db_subnet_group.db", "vpc_security_group_ids": ["@aws_security_group.db"]}
_WHERE = {"subnets": ["a", "b"], "security_groups": ["db"]}
_POSTGRES: dict[str, Any] = {"engine": "postgres", "instance_class": "db.t4g.medium", **_PLACED}


def _one(resources: dict[str, dict[str, Any]], id_: str) -> dict[str, Any]:
    return read(data, {**NETWORK, **resources})[id_].data


def test_an_instance_comes_back_with_all_that_aws_tells_of_it() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_db_instance.orders": {
            **_POSTGRES,
            "identifier": "prod-orders-1",
            "engine_version": "17.2",
            "port": 5433,
            "allocated_storage": 20,
            "max_allocated_storage": 100,
            "storage_type": "gp3",
            "storage_encrypted": True,
            "kms_key_id": "@aws_kms_key.main",
            "multi_az": False,
            "availability_zone": "us-east-1a",
            "backup_retention_period": 7,
            "backup_window": "03:00-04:00",
            "maintenance_window": "sun:04:30-sun:05:30",
            "performance_insights_enabled": True,
            "monitoring_interval": 60,
            "iam_database_authentication_enabled": True,
            "deletion_protection": True,
            "skip_final_snapshot": False,
            "enabled_cloudwatch_logs_exports": ["postgresql"],
            "manage_master_user_password": True,
            "parameter_group_name": "@aws_db_parameter_group.orders",
        },
        "aws_db_parameter_group.orders": {"parameter": [{"name": "rds.force_ssl", "value": "1"}]},
        "aws_cloudwatch_log_group.orders-logs": {"name": "/aws/rds/instance/prod-orders-1/postgresql"},
    }
    assert _one(resources, "orders") == {
        "name": "prod-orders-1",
        "engine": "postgres",
        "engine_version": "17.2",
        "class": "db.t4g.medium",
        "port": 5433,
        **_WHERE,
        "instances": [{"role": "primary", "az": "us-east-1a"}],
        "storage": "20 GB gp3",
        "max_storage": "100 GB",
        "provisioned_iops": False,
        "encrypted": True,
        "key": "main",
        "tls": True,
        "iam_auth": True,
        "credentials": ["secrets-manager"],
        "deletion_protection": True,
        "final_snapshot": True,
        "logs": ["postgresql"],
        "log_group": "orders-logs",
        "backups": {"every": "1 day", "retention": "7 days", "window": "03:00-04:00", "point_in_time": True},
        "maintenance_window": "sun:04:30-sun:05:30",
        "performance_insights": True,
        "enhanced_monitoring": True,
    }


def test_a_standby_is_in_the_only_other_az() -> None:
    piece = read(data, {**NETWORK, "aws_db_instance.orders": {**_POSTGRES, "multi_az": True}})["orders"]
    assert piece.data["instances"] == [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b"}]
    assert piece.guesses == ("which of the AZs its primary is in is AWS's choice",)


def test_a_read_replica_with_the_id_of_its_source_is_a_reader_of_it() -> None:
    resources = {
        **NETWORK,
        "aws_db_instance.orders": {**_POSTGRES, "availability_zone": "us-east-1a"},
        "aws_db_instance.copy": {
            "replicate_source_db": "@aws_db_instance.orders",
            "identifier": "orders-copy",
            "instance_class": "db.t4g.small",
            "availability_zone": "us-east-1b",
        },
    }
    found = read(data, resources, {"aws_db_instance.copy": "orders"})
    assert found["orders"].data["instances"] == [
        {"role": "primary", "az": "us-east-1a"},
        {"role": "reader", "az": "us-east-1b", "name": "orders-copy", "class": "db.t4g.small"},
    ]


def test_a_read_replica_with_an_id_of_its_own_says_what_it_follows() -> None:
    resources = {
        **NETWORK,
        "aws_db_instance.orders": _POSTGRES,
        "aws_db_instance.copy": {**_POSTGRES, "replicate_source_db": "@aws_db_instance.orders"},
    }
    assert read(data, resources)["copy"].guesses == ("it is a read replica of orders",)


def test_a_read_replica_takes_its_engine_and_its_class_from_what_it_follows() -> None:
    resources = {
        **NETWORK,
        "aws_db_instance.orders": _POSTGRES,
        "aws_db_instance.copy": {**_PLACED, "replicate_source_db": "@aws_db_instance.orders"},
        "aws_db_instance.far": {
            **_PLACED, "replicate_source_db": "@aws_db_instance.copy", "availability_zone": "us-east-1b",
        },
    }  # fmt: skip
    found = read(data, resources)
    assert found["far"].guesses == ("it is a read replica of copy, in us-east-1b",)
    assert [(found[id_].data["engine"], found[id_].data["class"], found[id_].data.get("instances"))
            for id_ in ("copy", "far")] == 2 * [("postgres", "db.t4g.medium", None)]  # fmt: skip


def test_where_a_database_stands_is_a_guess_where_nothing_says_so() -> None:
    piece = read(data, {"aws_db_instance.orders": {"engine": "postgres"}})["orders"]
    assert piece.guesses == (
        "the source does not say in which subnets it stands",
        "the source does not say which security groups it has",
    )


def test_read_replicas_of_each_other_have_no_engine() -> None:
    resources = {
        **NETWORK,
        "aws_db_instance.a": {**_PLACED, "replicate_source_db": "@aws_db_instance.b"},
        "aws_db_instance.b": {**_PLACED, "replicate_source_db": "@aws_db_instance.a"},
    }
    assert [one.address for one in left(data, resources)] == ["aws_db_instance.a", "aws_db_instance.b"]


@pytest.mark.parametrize(
    ("zones", "tags", "multi_az", "guesses"),
    [
        (("us-east-1a", "us-east-1b"), {}, True, ()),
        (("us-east-1a", "us-east-1a"), {}, None, ()),
        (("", ""), {}, None, ("the source does not say whether its instances stand in different AZs",)),
        (("us-east-1a", ""), {}, None, ("the source does not say whether its instances stand in different AZs",)),
        (("", ""), {"Element": "ledger"}, True, ("its instances are taken to stand in different AZs",)),
    ],
)
def test_a_cluster_is_in_several_azs_where_its_instances_are_known_to_be(
    zones: tuple[str, str], tags: dict[str, str], multi_az: bool | None, guesses: tuple[str, ...]
) -> None:
    resources: dict[str, dict[str, Any]] = {
        **NETWORK,
        "aws_rds_cluster.ledger": {"engine": "aurora-mysql", **_PLACED, "tags": tags},
        **{
            f"aws_rds_cluster_instance.{name}": {
                "cluster_identifier": "@aws_rds_cluster.ledger",
                **({"availability_zone": az} if az else {}),
            }
            for name, az in zip("ab", zones, strict=True)
        },
    }
    piece = read(data, resources)["ledger"]
    assert (piece.data.get("multi_az"), piece.guesses) == (multi_az, guesses)


def test_the_writer_of_a_cluster_is_its_primary_whatever_its_name() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_rds_cluster.ledger": {
            "engine": "aurora-mysql",
            **_PLACED,
            "storage_encrypted": True,
            "backup_retention_period": 35,
            "preferred_backup_window": "07:00-09:00",
            "serverlessv2_scaling_configuration": [{"min_capacity": 0.5, "max_capacity": 8.0}],
            "db_cluster_parameter_group_name": "@aws_rds_cluster_parameter_group.ledger",
        },
        "aws_rds_cluster_parameter_group.ledger": {"parameter": [{"name": "require_secure_transport", "value": "OFF"}]},
        **{
            f"aws_rds_cluster_instance.{name}": {
                "cluster_identifier": "@aws_rds_cluster.ledger",
                "instance_class": "db.serverless",
                "availability_zone": f"us-east-1{az}",
                "promotion_tier": 1,
                "writer": name == "second",
                "monitoring_interval": 0,
            }
            for name, az in (("first", "a"), ("second", "b"))
        },
    }
    assert _one(resources, "ledger") == {
        "engine": "aurora-mysql",
        "class": "db.serverless",
        **_WHERE,
        "multi_az": True,
        "instances": [
            {"role": "primary", "az": "us-east-1b", "promotion_tier": 1},
            {"role": "reader", "az": "us-east-1a", "promotion_tier": 1},
        ],
        "capacity": {"min": 0.5, "max": 8},
        "encrypted": True,
        "tls": False,
        "backups": {"every": "1 day", "retention": "35 days", "window": "07:00-09:00", "point_in_time": True},
        "enhanced_monitoring": False,
    }


def test_copies_of_backups_in_another_region_are_told_with_their_key_and_lock() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_docdb_cluster.log": _PLACED,
        "aws_backup_selection.log": {"plan_id": "@aws_backup_plan.log", "resources": ["@aws_docdb_cluster.log"]},
        "aws_backup_plan.log": {
            "rule": [
                {
                    "target_vault_name": "@aws_backup_vault.here",
                    "schedule": "cron(0 5 ? * * *)",
                    "copy_action": [{"destination_vault_arn": "@aws_backup_vault.there"}],
                }
            ]
        },
        "aws_backup_vault.here": {},
        "aws_backup_vault.there": {"kms_key_arn": "@aws_kms_key.main"},
        "aws_backup_vault_lock_configuration.there": {"backup_vault_name": "@aws_backup_vault.there"},
    }
    expected = {"isolated": True, "cross_region": True, "copy_every": "1 day", "copy_key": "main"}
    assert _one(resources, "log")["backups"] == expected


def test_an_engine_that_a_spec_does_not_know_leaves_the_database_out() -> None:
    resources = {**NETWORK, "aws_db_instance.old": {"engine": "oracle-ee", **_PLACED}}
    assert left(data, resources) == [Left("aws_db_instance.old", "a database needs what it does not say: engine")]


def test_a_proxy_comes_back_with_its_target_and_its_pool() -> None:
    resources = {
        "aws_db_instance.orders": _POSTGRES,
        "aws_db_proxy.front": {
            "engine_family": "POSTGRESQL",
            "require_tls": True,
            "vpc_subnet_ids": ["@aws_subnet.a"],
            "vpc_security_group_ids": ["@aws_security_group.db"],
            "auth": [{"iam_auth": "DISABLED", "secret_arn": "@aws_secretsmanager_secret.login"}],
            "role_arn": "@aws_iam_role.proxy",
            "idle_client_timeout": 600,
        },
        "aws_db_proxy_target.front": {
            "db_proxy_name": "@aws_db_proxy.front",
            "db_instance_identifier": "@aws_db_instance.orders",
        },
        "aws_db_proxy_default_target_group.front": {
            "db_proxy_name": "@aws_db_proxy.front",
            "connection_pool_config": [{"max_connections_percent": 90, "connection_borrow_timeout": 120}],
        },
        "aws_secretsmanager_secret.login": {},
        "aws_iam_role.proxy": {},
    }
    assert _one(resources, "front") == {
        "target": "orders",
        "family": "postgresql",
        "subnets": ["a"],
        "security_groups": ["db"],
        "pool": {"max": "90%", "timeout": "2 minutes", "idle_timeout": "10 minutes"},
        "tls": True,
        "iam_auth": False,
        "credentials": ["login"],
        "role": "proxy",
    }


def test_a_cluster_with_a_class_of_its_own_is_in_several_azs() -> None:
    values = {"engine": "postgres", "db_cluster_instance_class": "db.m5d.large", "allocated_storage": 100, **_PLACED}
    assert _one({"aws_rds_cluster.orders": values}, "orders") == {
        "engine": "postgres", "class": "db.m5d.large", **_WHERE, "multi_az": True, "storage": "100 GB",
    }  # fmt: skip
