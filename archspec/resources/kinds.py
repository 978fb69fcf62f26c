"""Which types of resources an element is, and how its tags say so. What else stands for it is a part of it."""

ELEMENT_TAG = "Element"
"""The tag of a resource that is an element: its id."""

PART_TAG = "PartOf"
"""The tag of a resource that an element needs and nobody stated, such as the role of a service: the element's id."""

KINDS: dict[str, tuple[str, ...]] = {
    "vpc": ("aws_vpc",),
    "subnet": ("aws_subnet",),
    "internet_gateway": ("aws_internet_gateway",),
    "nat_gateway": ("aws_nat_gateway",),
    "elastic_ip": ("aws_eip",),
    "route_table": ("aws_route_table", "aws_default_route_table"),
    "nacl": ("aws_network_acl",),
    "peering": ("aws_vpc_peering_connection",),
    "prefix_list": ("aws_ec2_managed_prefix_list",),
    "security_group": ("aws_security_group",),
    "endpoint": ("aws_vpc_endpoint",),
    "namespace": ("aws_service_discovery_private_dns_namespace",),
    "load_balancer": ("aws_lb",),
    "target_group": ("aws_lb_target_group",),
    "cluster": ("aws_ecs_cluster",),
    "service": ("aws_ecs_service",),
    "database": ("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster"),
    "cache": ("aws_elasticache_replication_group", "aws_elasticache_cluster", "aws_elasticache_serverless_cache"),
    "proxy": ("aws_db_proxy",),
    "bucket": ("aws_s3_bucket",),
    "topic": ("aws_sns_topic",),
    "queue": ("aws_sqs_queue",),
    "distribution": ("aws_cloudfront_distribution",),
    "zone": ("aws_route53_zone",),
    "web_acl": ("aws_wafv2_web_acl",),
    "certificate": ("aws_acm_certificate",),
    "key": ("aws_kms_key",),
    "secret_store": (),
    "secret": ("aws_secretsmanager_secret", "aws_ssm_parameter"),
    "role": ("aws_iam_role",),
    "detector": (
        "aws_cloudtrail",
        "aws_guardduty_detector",
        "aws_config_configuration_recorder",
        "aws_securityhub_account",
        "aws_inspector2_enabler",
        "aws_macie2_account",
        "aws_accessanalyzer_analyzer",
    ),
    "log_group": ("aws_cloudwatch_log_group",),
    "flow_log": ("aws_flow_log",),
    "alarm": ("aws_cloudwatch_metric_alarm",),
    "dashboard": ("aws_cloudwatch_dashboard",),
    "budget": ("aws_budgets_budget",),
    "anomaly_monitor": ("aws_ce_anomaly_monitor",),
    "registry": ("aws_ecr_repository",),
    "build": ("aws_codebuild_project",),
    "pipeline": ("aws_codepipeline",),
}
"""Kind of element → the types of resource that one of it is."""

_TOLD_BY: dict[str, tuple[str, ...]] = {
    "namespace": ("servicediscovery",),
    "load_balancer": ("elbv2",),
    "target_group": ("elbv2",),
    "cluster": ("ecs",),
    "service": ("application-autoscaling", "ecs", "elbv2", "servicediscovery"),
    "database": ("backup", "rds"),
    "cache": ("elasticache",),
    "proxy": ("rds",),
    "bucket": ("s3",),
    "topic": ("sns",),
    "queue": ("sqs",),
    "distribution": ("cloudfront",),
    "zone": ("route53",),
    "web_acl": ("wafv2",),
    "certificate": ("acm",),
    "key": ("kms",),
    "secret": ("secretsmanager", "ssm"),
    "role": ("iam",),
    "detector": ("accessanalyzer", "cloudtrail", "config", "guardduty", "securityhub"),
    "log_group": ("logs",),
    "alarm": ("cloudwatch",),
    "dashboard": ("cloudwatch",),
    "budget": ("budgets",),
    "anomaly_monitor": ("ce",),
    "registry": ("ecr",),
    "build": ("codebuild",),
    "pipeline": ("codepipeline",),
}


def services_of(kind: str) -> tuple[str, ...]:
    """Return the services of AWS's, as boto3 calls them, that tell of a kind of element."""
    return _TOLD_BY.get(kind, ("ec2",))
