"""Databases and the proxies before them, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

_CLUSTER = {
    "cluster_identifier": "DBClusterIdentifier",
    "db_cluster_parameter_group_name": "DBClusterParameterGroupName",
    "db_subnet_group_name": "DBSubnetGroupName",
    "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
    "master_user_secret_kms_key_id": "MasterUserSecret.KmsKeyId",
    "serverlessv2_scaling_configuration": "ServerlessV2ScalingConfiguration",
    "skip_final_snapshot": "",
    "final_snapshot_identifier": "",
    "apply_immediately": "",
}
_INSTANCE = {
    "address": "Endpoint.Address",
    "master_user_secret[0].secret_arn": "MasterUserSecret.SecretArn",
}
_GROUP = {"name": "DBSubnetGroupName", "description": "DBSubnetGroupDescription"}

DATABASES: dict[str, Form] = {
    "aws_db_subnet_group": Form("AWS::RDS::DBSubnetGroup", _GROUP, {"name": REF}),
    "aws_db_parameter_group": Form(
        "AWS::RDS::DBParameterGroup",
        {"name": "DBParameterGroupName", "parameter": "Parameters{}", "parameter.apply_method": ""},
        {"name": REF},
    ),
    "aws_rds_cluster_parameter_group": Form(
        "AWS::RDS::DBClusterParameterGroup",
        {"name": "DBClusterParameterGroupName", "parameter": "Parameters{}", "parameter.apply_method": ""},
        {"name": REF},
    ),
    "aws_db_instance": Form(
        "AWS::RDS::DBInstance",
        {
            "identifier": "DBInstanceIdentifier",
            "instance_class": "DBInstanceClass",
            "username": "MasterUsername",
            "master_user_secret_kms_key_id": "MasterUserSecret.KmsKeyId",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "parameter_group_name": "DBParameterGroupName",
            "multi_az": "MultiAZ",
            "db_subnet_group_name": "DBSubnetGroupName",
            "vpc_security_group_ids": "VPCSecurityGroups",
            "copy_tags_to_snapshot": "CopyTagsToSnapshot",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "performance_insights_enabled": "EnablePerformanceInsights",
            "performance_insights_kms_key_id": "PerformanceInsightsKMSKeyId",
            "backup_window": "PreferredBackupWindow",
            "maintenance_window": "PreferredMaintenanceWindow",
            "replicate_source_db": "SourceDBInstanceIdentifier",
            "skip_final_snapshot": "",
            "final_snapshot_identifier": "",
            "apply_immediately": "",
        },
        {"identifier": REF, "id": "DbiResourceId", "arn": "DBInstanceArn", **_INSTANCE},
    ),
    "aws_rds_cluster": Form(
        "AWS::RDS::DBCluster",
        {
            **_CLUSTER,
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "master_username": "MasterUsername",
        },
        {
            "id": REF,
            "cluster_identifier": REF,
            "arn": "DBClusterArn",
            "endpoint": "Endpoint.Address",
            "reader_endpoint": "ReadEndpoint.Address",
            "master_user_secret[0].secret_arn": "MasterUserSecret.SecretArn",
        },
    ),
    "aws_rds_cluster_instance": Form(
        "AWS::RDS::DBInstance",
        {
            "identifier": "DBInstanceIdentifier",
            "cluster_identifier": "DBClusterIdentifier",
            "instance_class": "DBInstanceClass",
            "db_subnet_group_name": "DBSubnetGroupName",
            "db_parameter_group_name": "DBParameterGroupName",
            "performance_insights_enabled": "EnablePerformanceInsights",
            "performance_insights_kms_key_id": "PerformanceInsightsKMSKeyId",
            # The cluster decides.
            "copy_tags_to_snapshot": "",
            "apply_immediately": "",
            "preferred_backup_window": "",
        },
        {"identifier": REF, "arn": "DBInstanceArn"},
    ),
    "aws_docdb_subnet_group": Form("AWS::DocDB::DBSubnetGroup", _GROUP, {"name": REF}),
    "aws_docdb_cluster_parameter_group": Form(
        "AWS::DocDB::DBClusterParameterGroup",
        {"parameter": "Parameters{}", "parameter.apply_method": ""},
        {"name": REF},
    ),
    "aws_docdb_cluster": Form(
        "AWS::DocDB::DBCluster",
        {**_CLUSTER, "engine": "", "master_user_secret_kms_key_id": "MasterUserSecretKmsKeyId"},
        {
            "id": REF,
            "cluster_identifier": REF,
            "arn": "=arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${}",
            "endpoint": "Endpoint",
        },
    ),
    "aws_docdb_cluster_instance": Form(
        "AWS::DocDB::DBInstance",
        {
            "identifier": "DBInstanceIdentifier",
            "cluster_identifier": "DBClusterIdentifier",
            "instance_class": "DBInstanceClass",
            "engine": "",
            "promotion_tier": "",
            "copy_tags_to_snapshot": "",
            "performance_insights_kms_key_id": "",
            "apply_immediately": "",
        },
    ),
    "aws_db_proxy": Form(
        "AWS::RDS::DBProxy",
        {
            "name": "DBProxyName",
            "auth": "Auth[]",
            "auth.iam_auth": "IAMAuth",
            "require_tls": "RequireTLS",
        },
        {"name": REF, "id": REF, "arn": "DBProxyArn", "endpoint": "Endpoint"},
    ),
    "aws_db_proxy_default_target_group": Form(
        "AWS::RDS::DBProxyTargetGroup",
        {"db_proxy_name": "DBProxyName", "connection_pool_config": "ConnectionPoolConfigurationInfo"},
        {"arn": REF},
        adds={"TargetGroupName": "default"},
    ),
    "aws_db_proxy_target": Form(
        "AWS::RDS::DBProxyTargetGroup",
        {
            "db_proxy_name": "DBProxyName",
            "db_cluster_identifier": "DBClusterIdentifiers[]",
            "db_instance_identifier": "DBInstanceIdentifiers[]",
        },
        part_of="target_group_name",
    ),
    # The Region is that of the provider.
    "aws_db_instance_automated_backups_replication": Form(
        "AWS::RDS::DBInstance",
        {
            "retention_period": "AutomaticBackupReplicationRetentionPeriod",
            "kms_key_id": "AutomaticBackupReplicationKmsKeyId",
        },
        part_of="source_db_instance_arn",
    ),
}
