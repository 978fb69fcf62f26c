"""Databases, as RDS answers. DocumentDB's clusters are among those of RDS.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, made, picked, tags
from archspec.resources.resource import Resource, Value

_BOTH = {
    "engine": "Engine",
    "engine_version": "EngineVersion",
    "storage_encrypted": "StorageEncrypted",
    "kms_key_id": "KmsKeyId",
    "backup_retention_period": "BackupRetentionPeriod",
    "deletion_protection": "DeletionProtection",
    "iam_database_authentication_enabled": "IAMDatabaseAuthenticationEnabled",
    "enabled_cloudwatch_logs_exports": "EnabledCloudwatchLogsExports",
    "copy_tags_to_snapshot": "CopyTagsToSnapshot",
    "vpc_security_group_ids": "VpcSecurityGroups[].VpcSecurityGroupId",
}
_INSTANCE = {
    **_BOTH,
    "arn": "DBInstanceArn",
    "identifier": "DBInstanceIdentifier",
    "instance_class": "DBInstanceClass",
    "multi_az": "MultiAZ",
    "availability_zone": "AvailabilityZone",
    "allocated_storage": "AllocatedStorage",
    "max_allocated_storage": "MaxAllocatedStorage",
    "storage_type": "StorageType",
    "iops": "Iops",
    "port": "Endpoint.Port",
    "publicly_accessible": "PubliclyAccessible",
    "db_subnet_group_name": "DBSubnetGroup.DBSubnetGroupName",
    "backup_window": "PreferredBackupWindow",
    "maintenance_window": "PreferredMaintenanceWindow",
    "monitoring_interval": "MonitoringInterval",
    "monitoring_role_arn": "MonitoringRoleArn",
    "performance_insights_enabled": "PerformanceInsightsEnabled",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
    "username": "MasterUsername",
    "address": "Endpoint.Address",
    "db_name": "DBName",
    "performance_insights_kms_key_id": "PerformanceInsightsKMSKeyId",
    "performance_insights_retention_period": "PerformanceInsightsRetentionPeriod",
    "replicate_source_db": "ReadReplicaSourceDBInstanceIdentifier",
}
_MEMBER = {
    "arn": "DBInstanceArn",
    "identifier": "DBInstanceIdentifier",
    "cluster_identifier": "DBClusterIdentifier",
    "engine": "Engine",
    "instance_class": "DBInstanceClass",
    "availability_zone": "AvailabilityZone",
    "promotion_tier": "PromotionTier",
    "publicly_accessible": "PubliclyAccessible",
    "monitoring_interval": "MonitoringInterval",
    "monitoring_role_arn": "MonitoringRoleArn",
    "performance_insights_enabled": "PerformanceInsightsEnabled",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
    "engine_version": "EngineVersion",
}
_CLUSTER = {
    **_BOTH,
    "arn": "DBClusterArn",
    "cluster_identifier": "DBClusterIdentifier",
    "port": "Port",
    "db_subnet_group_name": "DBSubnetGroup",
    "db_cluster_parameter_group_name": "DBClusterParameterGroup",
    "preferred_backup_window": "PreferredBackupWindow",
    "preferred_maintenance_window": "PreferredMaintenanceWindow",
    "backtrack_window": "BacktrackWindow",
    "master_username": "MasterUsername",
    "endpoint": "Endpoint",
    "engine_mode": "EngineMode",
    "database_name": "DatabaseName",
    "availability_zones": "AvailabilityZones",
    "storage_type": "StorageType",
}


_NOT_OF_DOCDB = frozenset({
    "backtrack_window", "copy_tags_to_snapshot", "database_name", "engine_mode", "iam_database_authentication_enabled",
    "monitoring_interval", "monitoring_role_arn", "performance_insights_enabled",
})  # fmt: skip
"""What RDS answers of a cluster of DocumentDB too, and that does not have."""


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield instances and clusters with their groups of subnets and parameters."""
    clusters = [*answers.items("rds.describe_db_clusters")]
    of_docdb = {one.get("DBSubnetGroup") for one in clusters if _is_docdb(one)}
    for one in answers.items("rds.describe_db_subnet_groups"):
        name = one["DBSubnetGroupName"]
        names = {"name": "DBSubnetGroupName", "subnet_ids": "Subnets[].SubnetIdentifier", "arn": "DBSubnetGroupArn"}
        yield made("aws_docdb_subnet_group" if name in of_docdb else "aws_db_subnet_group", name, picked(one, names))
    yield from _parameter_groups(answers)
    for one in clusters:
        type_ = "aws_docdb_cluster" if _is_docdb(one) else "aws_rds_cluster"
        yield made(type_, one["DBClusterIdentifier"], _cluster(one), tags(one))
    for one in answers.items("rds.describe_db_instances"):
        yield _member(one) if one.get("DBClusterIdentifier") else _instance(one)
        for copy in at(one, "DBInstanceAutomatedBackupsReplications[].DBInstanceAutomatedBackupsArn") or []:
            copied: dict[str, Value] = {"source_db_instance_arn": one.get("DBInstanceArn")}
            yield made("aws_db_instance_automated_backups_replication", copy, copied)


def _is_docdb(one: Item) -> bool:
    return one.get("Engine") == "docdb"


def _picked(one: Item, names: Mapping[str, str]) -> dict[str, Value]:
    lacks = _NOT_OF_DOCDB if _is_docdb(one) else frozenset[str]()
    return picked(one, {name: path for name, path in names.items() if name not in lacks})


def _instance(one: Item) -> Resource:
    group = (at(one, "DBParameterGroups[].DBParameterGroupName") or [None])[0]
    values = {**picked(one, _INSTANCE), **_secret(one), "parameter_group_name": group}
    return made("aws_db_instance", one["DBInstanceIdentifier"], values, tags(one))


def _member(one: Item) -> Resource:
    type_ = "aws_docdb_cluster_instance" if _is_docdb(one) else "aws_rds_cluster_instance"
    group = (at(one, "DBParameterGroups[].DBParameterGroupName") or [None])[0]
    insights = one.get("PerformanceInsightsEnabled") if _is_docdb(one) else None
    values = {**_picked(one, _MEMBER), "db_parameter_group_name": group, "enable_performance_insights": insights}
    return made(type_, one["DBInstanceIdentifier"], values, tags(one))


def _cluster(one: Item) -> dict[str, Value]:
    scaling = one.get("ServerlessV2ScalingConfiguration")
    capacity = picked(scaling, {"min_capacity": "MinCapacity", "max_capacity": "MaxCapacity"}) if scaling else {}
    bounds: dict[str, Value] = {"serverlessv2_scaling_configuration": [capacity]} if capacity else {}
    return {**_picked(one, _CLUSTER), **_secret(one), **bounds}


def _secret(one: Item) -> dict[str, Value]:
    """RDS keeps the password where it manages a secret for it."""
    return {"manage_master_user_password": True} if one.get("MasterUserSecret") else {}


_PARAMETERS = (
    (
        "rds.describe_db_parameter_groups",
        "rds.describe_db_parameters",
        "aws_db_parameter_group",
        "DBParameterGroupName",
    ),
    (
        "rds.describe_db_cluster_parameter_groups",
        "rds.describe_db_cluster_parameters",
        "aws_rds_cluster_parameter_group",
        "DBClusterParameterGroupName",
    ),
)
"""The call for groups, the one for what is in them, the type, and what AWS calls the name of one."""


def _parameter_groups(answers: Answers) -> Iterator[Resource]:
    for groups, parameters, type_, name in _PARAMETERS:
        stated: dict[Any, list[Value]] = {}
        for asked in answers.asked(parameters):
            if asked.item.get("ParameterValue") is not None:
                own = {"name": asked.item.get("ParameterName"), "value": asked.item["ParameterValue"]}
                stated.setdefault(asked.parameters.get(name), []).append(own)
        for one in answers.items(groups):
            is_docdb = str(one.get("DBParameterGroupFamily")).startswith("docdb")
            values = picked(one, {"name": name, "family": "DBParameterGroupFamily", "arn": name.replace("Name", "Arn")})
            kind = "aws_docdb_cluster_parameter_group" if is_docdb else type_
            yield made(kind, one[name], {**values, "parameter": stated.get(one[name], [])})
