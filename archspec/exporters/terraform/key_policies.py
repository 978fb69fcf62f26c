"""What the policy of a key says where a spec states none: the services of AWS that use it."""

from collections.abc import Sequence

from archspec.exporters.terraform import access_logs, policies
from archspec.exporters.terraform.hcl import Template
from archspec.exporters.terraform.policies import IamStatement
from archspec.exporters.terraform.resource import ACCOUNT, partition
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.messaging import Topic
from archspec.model.policy import Statement

_TELLERS = {"alarm": "cloudwatch", "budget": "budgets", "anomaly_monitor": "costalerts", "monitor": "cloudwatch"}
"""Kind of element that notifies topics, or publishes to them → the service that does so for it."""

_FLOW_LOGS: IamStatement = {
    "Sid": "FlowLogs",
    "Effect": "Allow",
    **policies.of_this_account("delivery.logs"),
    "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    "Resource": "*",
}
"""What flow logs in a bucket need of its key.

https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html
"""


def usual_statements(users: Sequence[Element], architecture: Architecture, *, is_for_logs: bool) -> list[IamStatement]:
    """Return the statements of a key for what uses it; `is_for_logs` where CloudWatch Logs does."""
    services = {"sns" for one in users if getattr(one, "topic", "")}
    writes_flow_logs = any(access_logs.takes_flow_logs(one, architecture) for one in users)
    distributed = {id_ for one in architecture.edge.distributions.values() for id_ in one.origins}
    services |= {name for one in users if isinstance(one, Topic) for name in tellers(one, architecture)}
    return [
        policies.administration(architecture),
        *([_log_delivery(architecture)] if is_for_logs else []),
        *([_FLOW_LOGS] if writes_flow_logs else []),
        *([_reading(architecture)] if distributed & {one.id for one in users} else []),
        *(_publishing(service) for service in sorted(services)),
    ]


def tellers(topic: Topic, architecture: Architecture) -> list[str]:
    """Return the services of AWS that publish to a topic."""
    found = [
        _TELLERS[one.kind]
        for one in architecture.elements.values()
        if one.kind in _TELLERS and (topic.id in getattr(one, "notifies", ()) or one.id in topic.publishers)
    ]
    return sorted(set(found))


def administers(statement: Statement) -> bool:
    """Whether a statement can let whoever makes a key change its policy; KMS refuses one that nobody may change.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
    """
    changes = {"", "*", "kms:*", "kms:Put*", "kms:PutKeyPolicy"}
    is_service = statement.principal.endswith((".amazonaws.com", ".amazonaws.com.cn"))
    named_actions = {*policies.actions(statement.does)} or {statement.does}
    return statement.effect == "allow" and not is_service and bool(named_actions & changes)


def _log_delivery(architecture: Architecture) -> IamStatement:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html

    Of the services that are let in here, only this one goes by another name in China.
    https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/service_principal
    """
    region = architecture.region
    domain = "amazonaws.com.cn" if partition(region) == "aws-cn" else "amazonaws.com"
    groups = Template((f"arn:{partition(region)}:logs:{region}:", ACCOUNT, ":*"))
    return {
        "Sid": "LogsOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": f"logs.{region}.{domain}"},
        "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        "Resource": "*",
        "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
    }


def _reading(architecture: Architecture) -> IamStatement:
    """What distributions need of the key of a bucket that they read.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    """
    distributions = Template((f"arn:{partition(architecture.region)}:cloudfront::", ACCOUNT, ":distribution/*"))
    return {
        "Sid": "Distributions",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": ["kms:Decrypt"],
        "Resource": "*",
        "Condition": {"ArnLike": {"aws:SourceArn": distributions}},
    }


def _publishing(service: str) -> IamStatement:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services"""
    return {
        "Sid": f"Messages{service.capitalize()}",
        "Effect": "Allow",
        **policies.of_this_account(service),
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
    }
