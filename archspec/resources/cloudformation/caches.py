"""Caches, their users and groups of users, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

_LOGS = {
    "log_delivery_configuration": "LogDeliveryConfigurations[]",
    "log_delivery_configuration.destination": "DestinationDetails.CloudWatchLogsDetails.LogGroup",
}

CACHES: dict[str, Form] = {
    "aws_elasticache_subnet_group": Form(
        "AWS::ElastiCache::SubnetGroup", {"name": "CacheSubnetGroupName"}, {"name": REF}
    ),
    "aws_elasticache_replication_group": Form(
        "AWS::ElastiCache::ReplicationGroup",
        {
            "description": "ReplicationGroupDescription",
            "node_type": "CacheNodeType",
            "preferred_cache_cluster_azs": "PreferredCacheClusterAZs",
            "multi_az_enabled": "MultiAZEnabled",
            "subnet_group_name": "CacheSubnetGroupName",
            "parameter_group_name": "CacheParameterGroupName",
            "maintenance_window": "PreferredMaintenanceWindow",
            "apply_immediately": "",
            **_LOGS,
        },
        {
            "id": REF,
            "replication_group_id": REF,
            "arn": "=arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:replicationgroup:${}",
            "primary_endpoint_address": "PrimaryEndPoint.Address",
            "reader_endpoint_address": "ReaderEndPoint.Address",
            "configuration_endpoint_address": "ConfigurationEndPoint.Address",
        },
    ),
    "aws_elasticache_cluster": Form(
        "AWS::ElastiCache::CacheCluster",
        {
            "cluster_id": "ClusterName",
            "node_type": "CacheNodeType",
            "subnet_group_name": "CacheSubnetGroupName",
            "parameter_group_name": "CacheParameterGroupName",
            "security_group_ids": "VpcSecurityGroupIds",
            "preferred_availability_zones": "PreferredAvailabilityZones",
            "az_mode": "AZMode",
            **_LOGS,
            "maintenance_window": "PreferredMaintenanceWindow",
            "apply_immediately": "",
        },
    ),
    "aws_elasticache_serverless_cache": Form(
        "AWS::ElastiCache::ServerlessCache",
        {
            "name": "ServerlessCacheName",
            "cache_usage_limits.ecpu_per_second": "ECPUPerSecond",
        },
    ),
    "aws_elasticache_user": Form("AWS::ElastiCache::User", {}, {"id": REF, "user_id": REF, "arn": "Arn"}),
    "aws_elasticache_user_group": Form(
        "AWS::ElastiCache::UserGroup", {}, {"id": REF, "user_group_id": REF, "arn": "Arn"}
    ),
}
