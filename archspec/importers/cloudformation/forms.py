"""What people's own templates hold, and the exporter never writes."""

from collections.abc import Iterable

from archspec.resources.cloudformation import FORMS, REF, Form

_CONNECTION = {"name": "ConnectionName"}

READ: Iterable[tuple[str, Form]] = (
    *FORMS.items(),
    ("aws_cloudwatch_composite_alarm", Form("AWS::CloudWatch::CompositeAlarm")),
    ("aws_codestarconnections_connection", Form("AWS::CodeConnections::Connection", _CONNECTION)),
    ("aws_codestarconnections_connection", Form("AWS::CodeStarConnections::Connection", _CONNECTION)),
    ("aws_eip_association", Form("AWS::EC2::EIPAssociation")),
    ("aws_elasticache_parameter_group", Form("AWS::ElastiCache::ParameterGroup", {}, {"name": REF})),
    ("aws_iam_instance_profile", Form("AWS::IAM::InstanceProfile", {"role": "Roles[]", "name": "InstanceProfileName"})),
    ("aws_iam_openid_connect_provider", Form("AWS::IAM::OIDCProvider")),
    ("aws_iam_policy", Form("AWS::IAM::ManagedPolicy", {"policy": "PolicyDocument", "name": "ManagedPolicyName"})),
    ("aws_iam_policy_attachment", Form("AWS::IAM::ManagedPolicy", {"roles": "Roles"}, part_of="policy_arn")),
    (
        "aws_iam_role_policy",
        Form("AWS::IAM::Policy", {"name": "PolicyName", "role": "Roles[]", "policy": "PolicyDocument"}),
    ),
    ("aws_secretsmanager_secret_rotation", Form("AWS::SecretsManager::RotationSchedule")),
    (
        "aws_sns_topic_subscription",
        Form(
            "AWS::SNS::Topic",
            {"endpoint": "Endpoint", "protocol": "Protocol"},
            part_of="topic_arn",
            within="Subscription[]",
        ),
    ),
)
"""Terraform type, and a way in which CloudFormation writes it: each that is there, for reading."""
