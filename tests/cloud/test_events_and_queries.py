"""Events of buckets and logs of queries: moto loses the ones and refuses the others, and the patches mend it."""

from collections.abc import Iterator

import pytest

from tests.cloud.account import serving
from tests.cloud.applied import client
from tests.cloud.untyped import Moto

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

REGION = "us-east-1"
GROUP = f"arn:aws:logs:{REGION}:123456789012:log-group:/aws/route53/shop"


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """Serve moto as it is."""
    with serving("--plain") as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def patched() -> Iterator[str]:
    """Serve moto with its gaps filled."""
    with serving() as endpoint:
        yield endpoint


def told(endpoint: str) -> bool:
    """Tell EventBridge of what happens in a bucket; whether S3 knows of it afterwards."""
    s3 = client("s3", REGION, endpoint)
    s3.create_bucket(Bucket="files")
    wanted: Moto = {"EventBridgeConfiguration": {}}
    s3.put_bucket_notification_configuration(Bucket="files", NotificationConfiguration=wanted)
    return "EventBridgeConfiguration" in s3.get_bucket_notification_configuration(Bucket="files")


def log(endpoint: str) -> Moto:
    """Log the queries of a zone, with the ARN of the log group as the provider spells it, and return what is kept."""
    route53 = client("route53", REGION, endpoint)
    zone = route53.create_hosted_zone(Name="shop.test", CallerReference="once")["HostedZone"]["Id"].split("/")[-1]
    client("logs", REGION, endpoint).create_log_group(logGroupName="/aws/route53/shop")
    made = route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=GROUP)
    return route53.get_query_logging_config(Id=made["QueryLoggingConfig"]["Id"])["QueryLoggingConfig"]


def test_moto_forgets_that_eventbridge_is_told(plain: str) -> None:
    assert told(plain) is False


def test_the_patched_one_does_not(patched: str) -> None:
    assert told(patched) is True


def test_moto_does_not_find_the_log_group_of_queries(plain: str) -> None:
    with pytest.raises(Exception, match="NoSuchCloudWatchLogsLogGroup"):
        log(plain)


def test_the_patched_one_finds_it_and_keeps_its_arn_as_it_was_spelt(patched: str) -> None:
    assert log(patched)["CloudWatchLogsLogGroupArn"] == GROUP


def test_a_log_group_that_is_not_there_is_found_by_neither(patched: str) -> None:
    route53 = client("route53", REGION, patched)
    zone = route53.create_hosted_zone(Name="none.test", CallerReference="none")["HostedZone"]["Id"].split("/")[-1]
    with pytest.raises(Exception, match="NoSuchCloudWatchLogsLogGroup"):
        route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=f"{GROUP}-gone")
