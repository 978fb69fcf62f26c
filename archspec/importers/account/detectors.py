"""What watches over an account, as CloudTrail, GuardDuty, Config and Security Hub answer.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator
from typing import Any

from archspec.importers.account.answers import Answers, made, picked, tags
from archspec.resources.resource import Resource


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield trails, detectors and recorders."""
    yield from _trails(answers)
    yield from _recorders(answers)
    for asked in answers.asked("guardduty.get_detector"):
        enabled = asked.item.get("Status") == "ENABLED"
        yield made("aws_guardduty_detector", asked.parameters["DetectorId"], {"enable": enabled}, tags(asked.item))
    names = {"analyzer_name": "name", "arn": "arn", "type": "type"}
    for one in answers.items("accessanalyzer.list_analyzers"):
        yield made("aws_accessanalyzer_analyzer", one["name"], picked(one, names), tags(one))
    for one in answers.items("securityhub.describe_hub"):
        yield made("aws_securityhub_account", answers.account, picked(one, {"arn": "HubArn"}))


def _trails(answers: Answers) -> Iterator[Resource]:
    logging = {
        asked.parameters["Name"]: asked.item.get("IsLogging") for asked in answers.asked("cloudtrail.get_trail_status")
    }
    named: dict[Any, dict[str, str]] = {
        one.get("ResourceId"): tags(one, "TagsList") for one in answers.items("cloudtrail.list_tags")
    }
    names = {
        "name": "Name",
        "arn": "TrailARN",
        "s3_bucket_name": "S3BucketName",
        "is_multi_region_trail": "IsMultiRegionTrail",
        "enable_log_file_validation": "LogFileValidationEnabled",
        "kms_key_id": "KmsKeyId",
        "cloud_watch_logs_group_arn": "CloudWatchLogsLogGroupArn",
        "cloud_watch_logs_role_arn": "CloudWatchLogsRoleArn",
    }
    for one in answers.items("cloudtrail.describe_trails"):
        values = {**picked(one, names), "enable_logging": logging.get(one.get("TrailARN"))}
        yield made("aws_cloudtrail", one["Name"], values, named.get(one.get("TrailARN")))


def _recorders(answers: Answers) -> Iterator[Resource]:
    for one in answers.items("config.describe_configuration_recorders"):
        yield made(
            "aws_config_configuration_recorder", one["name"], picked(one, {"name": "name", "role_arn": "roleARN"})
        )
    for one in answers.items("config.describe_configuration_recorder_status"):
        values = picked(one, {"name": "name", "is_enabled": "recording"})
        yield made("aws_config_configuration_recorder_status", one["name"], values)
    for one in answers.items("config.describe_delivery_channels"):
        values = picked(one, {"name": "name", "s3_bucket_name": "s3BucketName", "sns_topic_arn": "snsTopicARN"})
        yield made("aws_config_delivery_channel", one["name"], values)
