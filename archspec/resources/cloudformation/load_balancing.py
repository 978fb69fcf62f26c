"""Load balancers, their listeners and target groups, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

_ACTION = {
    "forward": "ForwardConfig",
    "forward.target_group": "TargetGroups[]",
    "forward.target_group.arn": "TargetGroupArn",
    "redirect": "RedirectConfig",
    "redirect.status_code": "StatusCode",
    "fixed_response": "FixedResponseConfig",
}


def _actions(name: str) -> dict[str, str]:
    return {f"{name}.{key}": value for key, value in _ACTION.items()} | {
        name: "DefaultActions[]" if name == "default_action" else "Actions[]"
    }


LOAD_BALANCING: dict[str, Form] = {
    "aws_lb": Form(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        {
            "load_balancer_type": "Type",
            "internal": "Scheme",
            "access_logs": "",
            "access_logs.bucket": "/@LoadBalancerAttributes.access_logs.s3.bucket",
            "access_logs.enabled": "/@LoadBalancerAttributes.access_logs.s3.enabled",
            "access_logs.prefix": "/@LoadBalancerAttributes.access_logs.s3.prefix",
            "drop_invalid_header_fields": "@LoadBalancerAttributes.routing.http.drop_invalid_header_fields.enabled",
            "enable_cross_zone_load_balancing": "@LoadBalancerAttributes.load_balancing.cross_zone.enabled",
            "enable_deletion_protection": "@LoadBalancerAttributes.deletion_protection.enabled",
            "idle_timeout": "@LoadBalancerAttributes.idle_timeout.timeout_seconds",
            "desync_mitigation_mode": "@LoadBalancerAttributes.routing.http.desync_mitigation_mode",
        },
        {
            "id": REF,
            "arn": REF,
            "dns_name": "DNSName",
            "zone_id": "CanonicalHostedZoneID",
            "arn_suffix": "LoadBalancerFullName",
        },
        {"internal": {True: "internal", False: "internet-facing"}},
    ),
    "aws_lb_listener": Form(
        "AWS::ElasticLoadBalancingV2::Listener",
        {
            **_actions("default_action"),
            "certificate_arn": "Certificates[].CertificateArn",
            "tcp_idle_timeout_seconds": "@ListenerAttributes.tcp.idle_timeout.seconds",
        },
        {"id": REF, "arn": REF},
    ),
    "aws_lb_listener_rule": Form(
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        {
            **_actions("action"),
            "condition": "Conditions[]",
            "condition.path_pattern": "PathPatternConfig",
            "condition.host_header": "HostHeaderConfig",
        },
        {"id": REF, "arn": REF},
    ),
    "aws_lb_target_group": Form(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        {
            "health_check": "",
            "health_check.path": "/HealthCheckPath",
            "health_check.port": "/HealthCheckPort",
            "health_check.protocol": "/HealthCheckProtocol",
            "health_check.matcher": "/Matcher.HttpCode",
            "health_check.interval": "/HealthCheckIntervalSeconds",
            "health_check.timeout": "/HealthCheckTimeoutSeconds",
            "health_check.healthy_threshold": "/HealthyThresholdCount",
            "health_check.unhealthy_threshold": "/UnhealthyThresholdCount",
            "health_check.enabled": "/HealthCheckEnabled",
            "deregistration_delay": "@TargetGroupAttributes.deregistration_delay.timeout_seconds",
            "load_balancing_algorithm_type": "@TargetGroupAttributes.load_balancing.algorithm.type",
            "load_balancing_cross_zone_enabled": "@TargetGroupAttributes.load_balancing.cross_zone.enabled",
            "stickiness": "",
            "stickiness.enabled": "/@TargetGroupAttributes.stickiness.enabled",
            "stickiness.type": "/@TargetGroupAttributes.stickiness.type",
            "stickiness.cookie_duration": "/@TargetGroupAttributes.stickiness.lb_cookie.duration_seconds",
        },
        {"id": REF, "arn": REF, "arn_suffix": "TargetGroupFullName"},
    ),
}
