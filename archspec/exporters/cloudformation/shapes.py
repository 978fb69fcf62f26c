"""Properties that CloudFormation puts together in another way than a table of names can say."""

from collections.abc import Callable, Mapping
from typing import Any

from archspec.exporters.cloudformation.values import text
from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.resource import Resource

_Tree = dict[str, Any]


def _budget(found: _Tree, _: Resource) -> _Tree:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html"""
    budget = dict(found["Budget"])
    filters = budget.pop("CostFilters", [])
    if filters:
        budget["CostFilters"] = {one["Name"]: one["Values"] for one in filters}
    warned = found.get("NotificationsWithSubscribers", [])
    shaped = [{"Notification": one["Notification"], "Subscribers": _subscribers(one)} for one in warned]
    return {**found, "Budget": budget, **({"NotificationsWithSubscribers": shaped} if shaped else {})}


def _subscribers(notification: _Tree) -> list[_Tree]:
    kinds = {"SubscriberEmailAddresses": "EMAIL", "SubscriberSnsTopicArns": "SNS"}
    return [
        {"SubscriptionType": type_, "Address": address}
        for key, type_ in kinds.items()
        for address in notification.get(key, [])
    ]


def _anomaly_subscription(found: _Tree, _: Resource) -> _Tree:
    expression = found.get("ThresholdExpression")
    return {**found, "ThresholdExpression": text(expression)} if expression else found


def _pipeline(found: _Tree, _: Resource) -> _Tree:
    for stage in found["Stages"]:
        for action in stage["Actions"]:
            for artifacts in {"InputArtifacts", "OutputArtifacts"} & action.keys():
                action[artifacts] = [{"Name": name} for name in action[artifacts]]
    return found


def _distribution(found: _Tree, _: Resource) -> _Tree:
    """A bucket that an origin access control opens is an S3 origin all the same, with nobody's old identity."""
    for origin in found["DistributionConfig"]["Origins"]:
        if "CustomOriginConfig" not in origin:
            origin.setdefault("S3OriginConfig", {"OriginAccessIdentity": ""})
    return found


def _zone(found: _Tree, _: Resource) -> _Tree:
    networks = [{"VPCRegion": {"Ref": "AWS::Region"}, **one} for one in found.get("VPCs", [])]
    return {**found, "VPCs": networks} if networks else found


def _versioning(found: _Tree, _: Resource) -> _Tree:
    """A bucket that never had versions is one of which nothing is said."""
    return {} if found["VersioningConfiguration"]["Status"] == "Disabled" else found


def _log_group(found: _Tree, _: Resource) -> _Tree:
    """Logs that are kept for ever are logs of which nothing is said."""
    return {key: value for key, value in found.items() if (key, value) != ("RetentionInDays", 0)}


def _replica(found: _Tree, _: Resource) -> _Tree:
    """A replica is encrypted as what it is made from, and may not say so."""
    silent = {"StorageEncrypted"} if "SourceDBInstanceIdentifier" in found else set()
    return {key: value for key, value in found.items() if key not in silent}


def _build(found: _Tree, _: Resource) -> _Tree:
    for logs in found.get("LogsConfig", {}).values():
        logs.setdefault("Status", "ENABLED")
    return found


def _replication(found: _Tree, _: Resource) -> _Tree:
    for rule in found["ReplicationConfiguration"]["Rules"]:
        if rule.get("Filter") == {}:
            rule["Filter"] = {"Prefix": ""}
    return found


def _backups_elsewhere(found: _Tree, one: Resource) -> _Tree:
    provider = one.body.get("provider")
    alias = provider.expression.removeprefix("aws.") if isinstance(provider, hcl.Reference) else ""
    return {"AutomaticBackupReplicationRegion": alias.replace("_", "-"), **found}


SHAPES: Mapping[str, Callable[[_Tree, Resource], _Tree]] = {
    "aws_budgets_budget": _budget,
    "aws_ce_anomaly_subscription": _anomaly_subscription,
    "aws_cloudfront_distribution": _distribution,
    "aws_cloudwatch_log_group": _log_group,
    "aws_codebuild_project": _build,
    "aws_codepipeline": _pipeline,
    "aws_db_instance": _replica,
    "aws_db_instance_automated_backups_replication": _backups_elsewhere,
    "aws_route53_zone": _zone,
    "aws_s3_bucket_replication_configuration": _replication,
    "aws_s3_bucket_versioning": _versioning,
}
"""Terraform type → what brings its properties into CloudFormation's shape."""
