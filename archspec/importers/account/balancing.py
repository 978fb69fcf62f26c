"""Load balancers, their listeners, rules and target groups, as Elastic Load Balancing answers.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, made, picked, tags
from archspec.resources.resource import Resource, Value

_BALANCER = {
    "name": "LoadBalancerName",
    "arn": "LoadBalancerArn",
    "load_balancer_type": "Type",
    "subnets": "AvailabilityZones[].SubnetId",
    "security_groups": "SecurityGroups",
    "dns_name": "DNSName",
    "zone_id": "CanonicalHostedZoneId",
    "vpc_id": "VpcId",
    "ip_address_type": "IpAddressType",
}
_GROUP = {
    "name": "TargetGroupName",
    "arn": "TargetGroupArn",
    "port": "Port",
    "protocol": "Protocol",
    "vpc_id": "VpcId",
    "target_type": "TargetType",
}
_HEALTH = {
    "enabled": "HealthCheckEnabled",
    "path": "HealthCheckPath",
    "port": "HealthCheckPort",
    "protocol": "HealthCheckProtocol",
    "interval": "HealthCheckIntervalSeconds",
    "timeout": "HealthCheckTimeoutSeconds",
    "healthy_threshold": "HealthyThresholdCount",
    "unhealthy_threshold": "UnhealthyThresholdCount",
    "matcher": "Matcher.HttpCode",
}
_OF_BALANCER = {
    "deletion_protection.enabled": "enable_deletion_protection",
    "idle_timeout.timeout_seconds": "idle_timeout",
    "load_balancing.cross_zone.enabled": "enable_cross_zone_load_balancing",
    "routing.http.desync_mitigation_mode": "desync_mitigation_mode",
    "routing.http.drop_invalid_header_fields.enabled": "drop_invalid_header_fields",
}
_OF_GROUP = {
    "deregistration_delay.timeout_seconds": "deregistration_delay",
    "load_balancing.algorithm.type": "load_balancing_algorithm_type",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield load balancers with what they listen on, and target groups."""
    named = {one.get("ResourceArn"): tags(one) for one in answers.items("elbv2.describe_tags")}
    yield from _balancers(answers, named)
    for one in answers.items("elbv2.describe_listeners"):
        yield made("aws_lb_listener", one["ListenerArn"], _listener(one), named.get(one["ListenerArn"]))
    for asked in answers.asked("elbv2.describe_rules"):
        if not asked.item.get("IsDefault"):
            values = {**_rule(asked.item), "listener_arn": asked.parameters.get("ListenerArn")}
            yield made("aws_lb_listener_rule", asked.item["RuleArn"], values, named.get(asked.item["RuleArn"]))
    for asked in answers.asked("elbv2.describe_listener_certificates"):
        if not asked.item.get("IsDefault"):
            listener, certificate = asked.parameters.get("ListenerArn"), asked.item.get("CertificateArn")
            more: dict[str, Value] = {"listener_arn": listener, "certificate_arn": certificate}
            yield made("aws_lb_listener_certificate", f"{listener}_{certificate}", more)
    yield from _groups(answers, named)


def _balancers(answers: Answers, named: Mapping[Any, dict[str, str]]) -> Iterator[Resource]:
    settings = _settings(answers, "elbv2.describe_load_balancer_attributes", "LoadBalancerArn")
    for one in answers.items("elbv2.describe_load_balancers"):
        arn, stated = one["LoadBalancerArn"], settings.get(one["LoadBalancerArn"], {})
        values: dict[str, Value] = {
            **picked(one, _BALANCER),
            **{name: _typed(stated[key]) for key, name in _OF_BALANCER.items() if key in stated},
            # An internal one says so; another says the contrary, or nothing.
            "internal": one.get("Scheme") == "internal",
            "arn_suffix": str(arn).partition(":loadbalancer/")[2],
        }
        if stated.get("access_logs.s3.bucket"):
            enabled = stated.get("access_logs.s3.enabled") == "true"
            values["access_logs"] = [{"bucket": stated["access_logs.s3.bucket"], "enabled": enabled}]
        yield made("aws_lb", arn, values, named.get(arn))


def _groups(answers: Answers, named: Mapping[Any, dict[str, str]]) -> Iterator[Resource]:
    settings = _settings(answers, "elbv2.describe_target_group_attributes", "TargetGroupArn")
    for one in answers.items("elbv2.describe_target_groups"):
        arn, stated = one["TargetGroupArn"], settings.get(one["TargetGroupArn"], {})
        values: dict[str, Value] = {
            **picked(one, _GROUP),
            **{name: _typed(stated[key]) for key, name in _OF_GROUP.items() if key in stated},
            # It is one of three words, of which two look like switches.
            "load_balancing_cross_zone_enabled": stated.get("load_balancing.cross_zone.enabled"),
            "health_check": [picked(one, _HEALTH)],
            "arn_suffix": str(arn).rpartition(":")[2],
        }
        if "stickiness.enabled" in stated:
            duration = stated.get("stickiness.lb_cookie.duration_seconds", "86400")
            on = {"enabled": stated["stickiness.enabled"] == "true", "cookie_duration": _typed(duration)}
            values["stickiness"] = [{**on, "type": stated.get("stickiness.type", "lb_cookie")}]
        yield made("aws_lb_target_group", arn, values, named.get(arn))


def _settings(answers: Answers, call: str, parameter: str) -> dict[Any, dict[str, str]]:
    return {
        asked.parameters.get(parameter): {one["Key"]: one["Value"] for one in asked.item.get("Attributes", [])}
        for asked in answers.asked(call)
    }


def _typed(text: str) -> Value:
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)


def _listener(one: Item) -> dict[str, Value]:
    names = {
        "arn": "ListenerArn",
        "load_balancer_arn": "LoadBalancerArn",
        "port": "Port",
        "protocol": "Protocol",
        "ssl_policy": "SslPolicy",
    }
    certificates = at(one, "Certificates[].CertificateArn") or [None]
    actions = [_action(action) for action in one.get("DefaultActions", [])]
    return {**picked(one, names), "certificate_arn": certificates[0], "default_action": actions}


def _action(action: Item) -> dict[str, Value]:
    groups = at(action, "ForwardConfig.TargetGroups[].TargetGroupArn") or [None]
    found: dict[str, Value] = {
        "type": action.get("Type"),
        "target_group_arn": action.get("TargetGroupArn") or groups[0],
    }
    redirect = action.get("RedirectConfig")
    if redirect:
        names = {"port": "Port", "protocol": "Protocol", "status_code": "StatusCode", "host": "Host", "path": "Path"}
        found["redirect"] = [picked(redirect, names)]
    return {name: value for name, value in found.items() if value is not None}


def _rule(one: Item) -> dict[str, Value]:
    conditions: list[Value] = []
    for condition in one.get("Conditions", []):
        field = str(condition.get("Field", "")).replace("-", "_")
        own = next((held.get("Values") for held in condition.values() if isinstance(held, Mapping)), None)
        conditions.append({field: [{"values": own or condition.get("Values", [])}]})
    priority = str(one.get("Priority", ""))
    return {
        "arn": one.get("RuleArn"),
        "priority": int(priority) if priority.isdigit() else None,
        "action": [_action(action) for action in one.get("Actions", [])],
        "condition": conditions,
    }
