"""Roles, keys, secrets, certificates and detectors, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

SECURITY: dict[str, Form] = {
    "aws_iam_role": Form(
        "AWS::IAM::Role",
        {
            "name": "RoleName",
            "assume_role_policy": "AssumeRolePolicyDocument",
            "inline_policy": "Policies[]",
            "inline_policy.name": "PolicyName",
            "inline_policy.policy": "PolicyDocument",
        },
        {"id": REF, "name": REF, "arn": "Arn"},
    ),
    "aws_iam_role_policy": Form(
        "AWS::IAM::RolePolicy", {"name": "PolicyName", "role": "RoleName", "policy": "PolicyDocument"}
    ),
    "aws_iam_role_policy_attachment": Form("AWS::IAM::Role", {"policy_arn": "ManagedPolicyArns[]"}, part_of="role"),
    "aws_kms_key": Form(
        "AWS::KMS::Key",
        {"deletion_window_in_days": "PendingWindowInDays", "policy": "KeyPolicy"},
        {"id": REF, "key_id": REF, "arn": "Arn"},
    ),
    "aws_kms_alias": Form("AWS::KMS::Alias", {"name": "AliasName"}),
    "aws_secretsmanager_secret": Form(
        "AWS::SecretsManager::Secret", {"recovery_window_in_days": ""}, {"id": REF, "arn": REF}
    ),
    "aws_secretsmanager_secret_policy": Form(
        "AWS::SecretsManager::ResourcePolicy", {"secret_arn": "SecretId", "policy": "ResourcePolicy"}
    ),
    "aws_acm_certificate": Form("AWS::CertificateManager::Certificate", {}, {"id": REF, "arn": REF}),
    # A certificate in CloudFormation waits for its validation by itself.
    "aws_acm_certificate_validation": Form(
        "AWS::CertificateManager::Certificate",
        {"certificate_arn": "", "validation_record_fqdns": ""},
        {"certificate_arn": REF},
        part_of="certificate_arn",
    ),
    # CloudFormation cannot make a SecureString.
    "aws_ssm_parameter": Form(
        "AWS::SSM::Parameter",
        {"tags": "Tags{}", "key_id": ""},
        {"id": REF, "name": REF, "arn": "=arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${}"},
    ),
    "aws_accessanalyzer_analyzer": Form("AWS::AccessAnalyzer::Analyzer", {}, {"id": REF, "arn": REF}),
    "aws_cloudtrail": Form(
        "AWS::CloudTrail::Trail",
        {
            "name": "TrailName",
            "kms_key_id": "KMSKeyId",
            "cloud_watch_logs_group_arn": "CloudWatchLogsLogGroupArn",
            "enable_logging": "IsLogging",
        },
        {"id": REF, "name": REF, "arn": "Arn"},
        adds={"IsLogging": True},
    ),
    "aws_config_configuration_recorder": Form(
        "AWS::Config::ConfigurationRecorder", {"role_arn": "RoleARN"}, {"id": REF, "name": REF}
    ),
    "aws_config_delivery_channel": Form("AWS::Config::DeliveryChannel", {}, {"id": REF, "name": REF}),
    # CloudFormation starts a recorder once there is a channel.
    "aws_config_configuration_recorder_status": Form(
        "AWS::Config::ConfigurationRecorder", {"is_enabled": ""}, part_of="name"
    ),
    "aws_guardduty_detector": Form("AWS::GuardDuty::Detector", {}, {"id": REF}),
    "aws_macie2_account": Form("AWS::Macie::Session", {}, {"id": REF}),
    "aws_securityhub_account": Form("AWS::SecurityHub::Hub", {"tags": "Tags{}"}, {"id": REF, "arn": REF}),
}
