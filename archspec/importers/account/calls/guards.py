"""What is asked about the edge, security and observability.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
"""

from archspec.importers.account.calls.call import ACCOUNT, GLOBAL, Call, Each

_ZONE = "route53.list_hosted_zones"
_ROLE = Each("iam.list_roles", "RoleName", "RoleName", unless=("Path", "/aws-service-role/"))
_KEY = Each("kms.describe_key", "KeyId", "KeyMetadata.KeyId", unless=("KeyMetadata.KeyManager", "AWS"))
_BUDGET = Each("budgets.describe_budgets", "BudgetName", "BudgetName", also=("AccountId",))


def _web_acls(scope: str, region: str, variant: str) -> tuple[Call, ...]:
    behind = f"@{variant}" if variant else ""
    acl = Each(f"wafv2.list_web_acls{behind}", "Id", "Id", also=("Scope",), more={"Name": "Name"})
    tags = Each(f"wafv2.list_web_acls{behind}", "ResourceARN", "ARN")
    calls = (
        Call("wafv2.list_web_acls", "WebACLs", None, {"Scope": scope}),
        Call("wafv2.get_web_acl", "", acl),
        Call("wafv2.list_tags_for_resource", "", tags),
        Call("wafv2.list_logging_configurations", "LoggingConfigurations", None, {"Scope": scope}),
    )
    return tuple(call._replace(region=region, variant=variant) for call in calls)


def _certificates(region: str) -> tuple[Call, ...]:
    behind = f"@{region}" if region else ""
    each = Each(f"acm.list_certificates{behind}", "CertificateArn", "CertificateArn")
    # Unless told otherwise, ACM lists none but those of RSA 2048.
    types = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"]
    calls = (
        Call("acm.list_certificates", "CertificateSummaryList", None, {"Includes": {"keyTypes": types}}),
        Call("acm.describe_certificate", "Certificate", each),
        Call("acm.list_tags_for_certificate", "", each),
    )
    return tuple(call._replace(region=region, variant=region) for call in calls)


CALLS: tuple[Call, ...] = (
    # The edge.
    Call(_ZONE, "HostedZones"),
    Call("route53.get_hosted_zone", "", Each(_ZONE, "Id", "Id")),
    Call("route53.list_resource_record_sets", "ResourceRecordSets", Each(_ZONE, "HostedZoneId", "Id")),
    Call(
        "route53.list_tags_for_resource",
        "",
        Each(_ZONE, "ResourceId", "Id", without="/hostedzone/"),
        {"ResourceType": "hostedzone"},
    ),
    Call("cloudfront.list_distributions", "DistributionList.Items"),
    Call("cloudfront.get_distribution", "Distribution", Each("cloudfront.list_distributions", "Id", "Id")),
    Call("cloudfront.list_tags_for_resource", "", Each("cloudfront.list_distributions", "Resource", "ARN")),
    Call("cloudfront.list_origin_access_controls", "OriginAccessControlList.Items"),
    *_web_acls("REGIONAL", "", ""),
    *_web_acls("CLOUDFRONT", GLOBAL, "cloudfront"),
    Call(
        "wafv2.get_web_acl_for_resource",
        "",
        Each("elbv2.describe_load_balancers", "ResourceArn", "LoadBalancerArn", unless=("Type", "network")),
    ),
    # Security.
    *_certificates(""),
    *_certificates(GLOBAL),
    Call("kms.list_keys", "Keys"),
    Call("kms.describe_key", "", Each("kms.list_keys", "KeyId", "KeyId")),
    Call("kms.get_key_rotation_status", "", _KEY),
    Call("kms.get_key_policy", "", _KEY, {"PolicyName": "default"}),
    Call("kms.list_resource_tags", "", _KEY),
    Call("kms.list_aliases", "Aliases"),
    Call("secretsmanager.list_secrets", "SecretList"),
    Call("secretsmanager.get_resource_policy", "", Each("secretsmanager.list_secrets", "SecretId", "ARN")),
    Call("ssm.describe_parameters", "Parameters"),
    Call(
        "ssm.list_tags_for_resource",
        "",
        Each("ssm.describe_parameters", "ResourceId", "Name"),
        {"ResourceType": "Parameter"},
    ),
    Call("iam.list_roles", "Roles"),
    Call("iam.list_role_tags", "", _ROLE),
    Call("iam.list_role_policies", "PolicyNames", _ROLE),
    Call("iam.get_role_policy", "", Each("iam.list_role_policies", "PolicyName", also=("RoleName",))),
    Call("iam.list_attached_role_policies", "AttachedPolicies", _ROLE),
    Call("iam.list_policies", "Policies", None, {"Scope": "Local", "OnlyAttached": True}),
    Call(
        "iam.get_policy_version",
        "PolicyVersion",
        Each("iam.list_policies", "PolicyArn", "Arn", more={"VersionId": "DefaultVersionId"}),
    ),
    Call("iam.list_instance_profiles", "InstanceProfiles"),
    Call("iam.list_open_id_connect_providers", "OpenIDConnectProviderList"),
    Call(
        "iam.get_open_id_connect_provider",
        "",
        Each("iam.list_open_id_connect_providers", "OpenIDConnectProviderArn", "Arn"),
    ),
    Call("cloudtrail.describe_trails", "trailList"),
    Call("cloudtrail.get_trail_status", "", Each("cloudtrail.describe_trails", "Name", "TrailARN")),
    Call(
        "cloudtrail.list_tags", "ResourceTagList", Each("cloudtrail.describe_trails", "ResourceIdList", "TrailARN", 1)
    ),
    Call("guardduty.list_detectors", "DetectorIds"),
    Call("guardduty.get_detector", "", Each("guardduty.list_detectors", "DetectorId")),
    Call("config.describe_configuration_recorders", "ConfigurationRecorders"),
    Call("config.describe_configuration_recorder_status", "ConfigurationRecordersStatus"),
    Call("config.describe_delivery_channels", "DeliveryChannels"),
    Call("accessanalyzer.list_analyzers", "analyzers"),
    Call("securityhub.describe_hub"),
    # Observability.
    Call("logs.describe_log_groups", "logGroups"),
    Call("logs.list_tags_log_group", "", Each("logs.describe_log_groups", "logGroupName", "logGroupName")),
    Call("cloudwatch.describe_alarms", "MetricAlarms"),
    Call("cloudwatch.list_tags_for_resource", "", Each("cloudwatch.describe_alarms", "ResourceARN", "AlarmArn")),
    Call("cloudwatch.list_dashboards", "DashboardEntries"),
    Call("cloudwatch.get_dashboard", "", Each("cloudwatch.list_dashboards", "DashboardName", "DashboardName")),
    Call("budgets.describe_budgets", "Budgets", None, {"AccountId": ACCOUNT}, GLOBAL),
    Call("budgets.describe_notifications_for_budget", "Notifications", _BUDGET, {}, GLOBAL),
    Call(
        "budgets.describe_subscribers_for_notification",
        "Subscribers",
        Each(
            "budgets.describe_notifications_for_budget",
            "Notification",
            also=("AccountId", "BudgetName"),
        ),
        {},
        GLOBAL,
    ),
    Call("ce.get_anomaly_monitors", "AnomalyMonitors", None, {}, GLOBAL),
    Call(
        "ce.list_tags_for_resource",
        "",
        Each("ce.get_anomaly_monitors", "ResourceArn", "MonitorArn"),
        {},
        GLOBAL,
    ),
    Call("ce.get_anomaly_subscriptions", "AnomalySubscriptions", None, {}, GLOBAL),
)
