"""What is asked about databases, caches, buckets, queues, topics and backups.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

from archspec.importers.account.calls.call import Call, Each

_PARAMETERS = Each("rds.describe_db_parameter_groups", "DBParameterGroupName", "DBParameterGroupName")
_CLUSTER_PARAMETERS = Each(
    "rds.describe_db_cluster_parameter_groups", "DBClusterParameterGroupName", "DBClusterParameterGroupName"
)
_PROXY = Each("rds.describe_db_proxies", "DBProxyName", "DBProxyName")
_QUEUE = Each("sqs.list_queues", "QueueUrl")
_SUBSCRIPTION = Each(
    "sns.list_subscriptions", "SubscriptionArn", "SubscriptionArn", unless=("SubscriptionArn", "Pending")
)
_SETTINGS = (
    "bucket_acl",
    "bucket_encryption",
    "bucket_lifecycle_configuration",
    "bucket_location",
    "bucket_logging",
    "bucket_notification_configuration",
    "bucket_ownership_controls",
    "bucket_policy",
    "bucket_replication",
    "bucket_tagging",
    "bucket_versioning",
    "public_access_block",
)
_PLAN = Each("backup.list_backup_plans", "BackupPlanId", "BackupPlanId")

CALLS: tuple[Call, ...] = (
    Call("rds.describe_db_subnet_groups", "DBSubnetGroups"),
    Call("rds.describe_db_parameter_groups", "DBParameterGroups"),
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBParameters.html
    Call("rds.describe_db_parameters", "Parameters", _PARAMETERS, {"Source": "user"}),
    Call("rds.describe_db_cluster_parameter_groups", "DBClusterParameterGroups"),
    Call("rds.describe_db_cluster_parameters", "Parameters", _CLUSTER_PARAMETERS, {"Source": "user"}),
    Call("rds.describe_db_clusters", "DBClusters"),
    Call("rds.describe_db_instances", "DBInstances"),
    Call("rds.describe_db_proxies", "DBProxies"),
    Call("rds.describe_db_proxy_target_groups", "TargetGroups", _PROXY),
    Call("rds.describe_db_proxy_targets", "Targets", _PROXY),
    Call("rds.list_tags_for_resource", "", Each("rds.describe_db_proxies", "ResourceName", "DBProxyArn")),
    # Caches.
    Call("elasticache.describe_cache_subnet_groups", "CacheSubnetGroups"),
    Call("elasticache.describe_cache_parameter_groups", "CacheParameterGroups"),
    Call("elasticache.describe_replication_groups", "ReplicationGroups"),
    Call("elasticache.describe_cache_clusters", "CacheClusters"),
    Call("elasticache.describe_serverless_caches", "ServerlessCaches"),
    Call("elasticache.describe_users", "Users"),
    Call("elasticache.describe_user_groups", "UserGroups"),
    *(
        Call("elasticache.list_tags_for_resource", "", Each(f"elasticache.{of}", "ResourceName", "ARN"), variant=of)
        for of in (
            "describe_replication_groups",
            "describe_cache_clusters",
            "describe_serverless_caches",
            "describe_users",
            "describe_user_groups",
        )
    ),
    # Buckets.
    Call("s3.list_buckets", "Buckets"),
    *(Call(f"s3.get_{setting}", "", Each("s3.list_buckets", "Bucket", "Name")) for setting in _SETTINGS),
    # Messages. Without a maximum, SQS ends its list at a thousand and does not say so.
    Call("sqs.list_queues", "QueueUrls", None, {"MaxResults": 1000}),
    Call("sqs.get_queue_attributes", "", _QUEUE, {"AttributeNames": ["All"]}),
    Call("sqs.list_queue_tags", "", _QUEUE),
    Call("sns.list_topics", "Topics"),
    Call("sns.get_topic_attributes", "", Each("sns.list_topics", "TopicArn", "TopicArn")),
    Call("sns.list_tags_for_resource", "", Each("sns.list_topics", "ResourceArn", "TopicArn")),
    Call("sns.list_subscriptions", "Subscriptions"),
    Call("sns.get_subscription_attributes", "", _SUBSCRIPTION),
    # Backups.
    Call("backup.list_backup_vaults", "BackupVaultList"),
    Call("backup.list_backup_plans", "BackupPlansList"),
    Call("backup.get_backup_plan", "", _PLAN),
    Call("backup.list_backup_selections", "BackupSelectionsList", _PLAN),
    Call(
        "backup.get_backup_selection",
        "",
        Each("backup.list_backup_selections", "SelectionId", "SelectionId", also=("BackupPlanId",)),
    ),
    Call("backup.list_tags", "", Each("backup.list_backup_plans", "ResourceArn", "BackupPlanArn"), variant="plans"),
    Call("backup.list_tags", "", Each("backup.list_backup_vaults", "ResourceArn", "BackupVaultArn"), variant="vaults"),
)
