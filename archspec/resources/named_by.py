"""Which attributes name another resource, and by what: a table, because a join of whatever is equal joins strangers.

The attributes are those of Terraform's AWS provider.
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
"""

from typing import TypeAlias

Keys: TypeAlias = "tuple[tuple[str, str], ...]"

NOTHING: Keys = ()
SCALED = "resource_id"
"""What Application Auto Scaling calls a resource: `service/CLUSTER/SERVICE`. No attribute of it says so.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
"""
_BUCKET: Keys = (("aws_s3_bucket", "bucket"), ("aws_s3_bucket", "id"))
_CLUSTER: Keys = (("aws_ecs_cluster", "id"), ("aws_ecs_cluster", "name"))
_GROUPS: Keys = (("aws_security_group", "id"), ("aws_default_security_group", "id"))
_KEY: Keys = (("aws_kms_key", "key_id"), ("aws_kms_key", "id"), ("aws_kms_alias", "name"))
_LOG_GROUP: Keys = (("aws_cloudwatch_log_group", "name"),)
_RDS_CLUSTER: Keys = (("aws_rds_cluster", "cluster_identifier"), ("aws_rds_cluster", "id"))
_DOCDB_CLUSTER: Keys = (("aws_docdb_cluster", "cluster_identifier"), ("aws_docdb_cluster", "id"))
_DB_INSTANCE: Keys = (("aws_db_instance", "identifier"),)
_ROLE: Keys = (("aws_iam_role", "name"),)
_ROUTE_TABLE: Keys = (("aws_route_table", "id"), ("aws_default_route_table", "id"), ("aws_vpc", "main_route_table_id"))
_SUBNET: Keys = (("aws_subnet", "id"), ("aws_default_subnet", "id"))
_HOSTS: Keys = (
    ("aws_lb", "dns_name"),
    ("aws_cloudfront_distribution", "domain_name"),
    ("aws_s3_bucket", "bucket_regional_domain_name"),
    ("aws_s3_bucket", "bucket_domain_name"),
    ("aws_s3_bucket", "website_endpoint"),
    ("aws_s3_bucket_website_configuration", "website_endpoint"),
    ("aws_db_instance", "address"),
    ("aws_db_proxy", "endpoint"),
    ("aws_docdb_cluster", "endpoint"),
    ("aws_elasticache_replication_group", "primary_endpoint_address"),
    ("aws_rds_cluster", "endpoint"),
)
_QUEUE: Keys = (("aws_sqs_queue", "url"), ("aws_sqs_queue", "id"))

NAMED_BY: dict[str, Keys] = {
    "alias.name": _HOSTS,
    "alias.zone_id": NOTHING,  # of the load balancer, which AWS gives it
    "allocation_id": (("aws_eip", "id"), ("aws_eip", "allocation_id")),
    "autoscaling_group_name": (("aws_autoscaling_group", "name"),),
    "AutoScalingGroupName": (("aws_autoscaling_group", "name"),),
    "aws_acm_certificate_validation.validation_record_fqdns": (("aws_route53_record", "fqdn"),),
    "aws_codebuild_project.location": (
        ("aws_s3_bucket", "bucket"),
        ("aws_codecommit_repository", "clone_url_http"),
    ),
    "aws_codepipeline.location": _BUCKET,
    "aws_db_instance.replicate_source_db": _DB_INSTANCE,
    "aws_docdb_cluster_instance.cluster_identifier": _DOCDB_CLUSTER,
    "aws_ecs_cluster_capacity_providers.cluster_name": _CLUSTER,
    "aws_ecs_service.iam_role": _ROLE,
    "aws_eip_association.instance_id": (("aws_instance", "id"),),
    "aws_eks_node_group.cluster_name": (("aws_eks_cluster", "name"),),
    "aws_elasticache_cluster.replication_group_id": (
        ("aws_elasticache_replication_group", "replication_group_id"),
        ("aws_elasticache_replication_group", "id"),
    ),
    "aws_elasticache_serverless_cache.user_group_id": (("aws_elasticache_user_group", "user_group_id"),),
    "aws_iam_policy_attachment.roles": _ROLE,
    "aws_rds_cluster_instance.cluster_identifier": _RDS_CLUSTER,
    "aws_route53_record.records": _HOSTS,
    "aws_route53_zone.zone_id": NOTHING,
    "aws_s3_bucket.bucket": NOTHING,
    "aws_s3_bucket_logging.target_bucket": _BUCKET,
    "aws_security_group_rule.security_group_id": _GROUPS,
    "aws_service_discovery_private_dns_namespace.vpc": (("aws_vpc", "id"),),
    "aws_vpc_dhcp_options_association.dhcp_options_id": (("aws_vpc_dhcp_options", "id"),),
    "aws_vpc_peering_connection.peer_vpc_id": (("aws_vpc", "id"),),
    "aws_wafv2_web_acl_association.resource_arn": (("aws_lb", "arn"),),
    "awslogs-group": _LOG_GROUP,
    "bucket": _BUCKET,
    "bucket_name": _BUCKET,
    "BucketName": _BUCKET,
    "CacheClusterId": (
        ("aws_elasticache_cluster", "cluster_id"),
        ("aws_elasticache_replication_group", "replication_group_id"),
    ),
    "capacity_provider": (("aws_ecs_capacity_provider", "name"),),
    "capacity_providers": (("aws_ecs_capacity_provider", "name"),),
    "carrier_gateway_id": (("aws_ec2_carrier_gateway", "id"),),
    "cloud_watch_logs_group_arn": (("aws_cloudwatch_log_group", "arn"),),
    "cloudfront_access_identity_path": (("aws_cloudfront_origin_access_identity", "cloudfront_access_identity_path"),),
    "cluster": _CLUSTER,
    "cluster_identifier": _RDS_CLUSTER,
    "ClusterName": (("aws_ecs_cluster", "name"),),
    "db_cluster_identifier": (*_RDS_CLUSTER, *_DOCDB_CLUSTER),
    "db_cluster_parameter_group_name": (
        ("aws_rds_cluster_parameter_group", "name"),
        ("aws_docdb_cluster_parameter_group", "name"),
    ),
    "db_instance_identifier": _DB_INSTANCE,
    "db_parameter_group_name": (("aws_db_parameter_group", "name"),),
    "db_proxy_name": (("aws_db_proxy", "name"),),
    "db_subnet_group_name": (("aws_db_subnet_group", "name"), ("aws_docdb_subnet_group", "name")),
    "DBClusterIdentifier": (*_RDS_CLUSTER, *_DOCDB_CLUSTER),
    "DBInstanceIdentifier": (
        ("aws_db_instance", "identifier"),
        ("aws_rds_cluster_instance", "identifier"),
        ("aws_docdb_cluster_instance", "identifier"),
    ),
    "default_network_acl_id": (("aws_vpc", "default_network_acl_id"),),
    "default_route_table_id": (("aws_vpc", "default_route_table_id"),),
    "delivery_channel_name": (("aws_config_delivery_channel", "name"),),
    "destination_prefix_list_id": (("aws_ec2_managed_prefix_list", "id"),),
    "detector_id": (("aws_guardduty_detector", "id"),),
    "DistributionId": (("aws_cloudfront_distribution", "id"),),
    "domain_name": _HOSTS,
    "egress_only_gateway_id": (("aws_egress_only_internet_gateway", "id"),),
    "elasticache_subnet_group_name": (("aws_elasticache_subnet_group", "name"),),
    "file_system_id": (("aws_efs_file_system", "id"),),
    "function_name": (("aws_lambda_function", "function_name"),),
    "FunctionName": (("aws_lambda_function", "function_name"),),
    "gateway_id": (("aws_internet_gateway", "id"), ("aws_vpn_gateway", "id"), ("aws_vpc_endpoint", "id")),
    "health_check_id": (("aws_route53_health_check", "id"),),
    "HealthCheckId": (("aws_route53_health_check", "id"),),
    "iam_instance_profile": (("aws_iam_instance_profile", "name"),),
    "image": (("aws_ecr_repository", "repository_url"),),
    "instance": (("aws_instance", "id"),),
    "InstanceId": (("aws_instance", "id"),),
    "internet_gateway_id": (("aws_internet_gateway", "id"),),
    "key_id": _KEY,
    "kms_key": _KEY,
    "kms_key_id": _KEY,
    "kms_master_key_id": _KEY,
    "launch_template_id": (("aws_launch_template", "id"),),
    "LoadBalancer": (("aws_lb", "arn_suffix"),),
    "log_group_name": _LOG_GROUP,
    "log_group_names": _LOG_GROUP,
    "namespace_id": (
        ("aws_service_discovery_private_dns_namespace", "id"),
        ("aws_service_discovery_public_dns_namespace", "id"),
        ("aws_service_discovery_http_namespace", "id"),
    ),
    "nat_gateway_id": (("aws_nat_gateway", "id"),),
    "NatGatewayId": (("aws_nat_gateway", "id"),),
    "network_acl_id": (("aws_network_acl", "id"), ("aws_default_network_acl", "id")),
    "network_interface_id": (("aws_network_interface", "id"),),
    "origin_access_control_id": (("aws_cloudfront_origin_access_control", "id"),),
    "parameter_group_name": (
        ("aws_elasticache_parameter_group", "name"),
        ("aws_db_parameter_group", "name"),
    ),
    "peer_vpc_id": (("aws_vpc", "id"),),
    "pipeline_name": (("aws_codepipeline", "name"),),
    "plan_id": (("aws_backup_plan", "id"),),
    "policy_arn": (("aws_iam_policy", "arn"),),
    "prefix_list_id": (("aws_ec2_managed_prefix_list", "id"),),
    "prefix_list_ids": (("aws_ec2_managed_prefix_list", "id"),),
    "ProjectName": (("aws_codebuild_project", "name"),),
    "ProxyName": (("aws_db_proxy", "name"),),
    "queue_url": _QUEUE,
    "QueueName": (("aws_sqs_queue", "name"),),
    "referenced_security_group_id": _GROUPS,
    "replication_group_id": (("aws_elasticache_replication_group", "id"),),
    "ReplicationGroupId": (("aws_elasticache_replication_group", "id"),),
    "repository": (("aws_ecr_repository", "name"),),
    "resource_id": (
        ("aws_ecs_service", SCALED),
        ("aws_dynamodb_table", SCALED),
        ("aws_rds_cluster", SCALED),
    ),
    "role": _ROLE,
    "route_table_id": _ROUTE_TABLE,
    "route_table_ids": _ROUTE_TABLE,
    "s3_bucket": _BUCKET,
    "s3_bucket_name": _BUCKET,
    "secret_id": (("aws_secretsmanager_secret", "id"), ("aws_secretsmanager_secret", "name")),
    "security_group_id": _GROUPS,
    "security_group_ids": _GROUPS,
    "security_groups": _GROUPS,
    "ServiceName": (("aws_ecs_service", "name"),),
    "source_security_group_id": _GROUPS,
    "subnet_group_name": (("aws_elasticache_subnet_group", "name"),),
    "subnet_id": _SUBNET,
    "subnet_ids": _SUBNET,
    "subnets": _SUBNET,
    "TableName": (("aws_dynamodb_table", "name"),),
    "target_key_id": _KEY,
    "target_vault_name": (("aws_backup_vault", "name"),),
    "TargetGroup": (("aws_lb_target_group", "arn_suffix"),),
    "task_definition": (("aws_ecs_task_definition", "arn_without_revision"), ("aws_ecs_task_definition", "family")),
    "TopicName": (("aws_sns_topic", "name"),),
    "transit_gateway_id": (("aws_ec2_transit_gateway", "id"),),
    "user_group_ids": (("aws_elasticache_user_group", "user_group_id"),),
    "valueFrom": (("aws_ssm_parameter", "name"), ("aws_secretsmanager_secret", "arn")),
    "vpc_endpoint_id": (("aws_vpc_endpoint", "id"),),
    "vpc_id": (("aws_vpc", "id"), ("aws_default_vpc", "id")),
    "vpc_peering_connection_id": (("aws_vpc_peering_connection", "id"),),
    "vpc_security_group_ids": _GROUPS,
    "vpc_subnet_ids": _SUBNET,
    "vpc_zone_identifier": _SUBNET,
    "web_acl_id": (("aws_wafv2_web_acl", "arn"),),
    "WebACL": (("aws_wafv2_web_acl", "name"),),
    "zone_id": (("aws_route53_zone", "zone_id"), ("aws_route53_zone", "id")),
}
"""Attribute → the types that it names and the attributes by which; `type.attribute` and `block.attribute` come first.

An attribute that is not here names others by ARN only.
"""

CONTINUED: dict[str, str] = {
    "aws_cloudwatch_log_group": ":",
    "aws_dynamodb_table": "/",
    "aws_ecr_repository": ":@",
    "aws_elasticache_replication_group": "-",
    "aws_ecs_task_definition": ":",
    "aws_kinesis_stream": "/",
    "aws_lambda_function": ":/",
    "aws_opensearch_domain": "/",
    "aws_s3_bucket": "/",
    "aws_secretsmanager_secret": ":",
    "aws_ssm_parameter": "/",
}
"""Type → what may follow its ARN, URL or name and still mean it or a part of it: a bucket's objects, a key in a secret,
a tag, the number of a cache's node."""

NOT_THEIR_OWN: frozenset[str] = frozenset({
    "aws_cloudwatch_event_target",
    "aws_lakeformation_resource",
    "aws_secretsmanager_secret_version",
    "aws_sns_topic_data_protection_policy",
    "aws_sns_topic_policy",
})  # fmt: skip
"""Types whose `arn` is that of another resource, whose part they are."""
