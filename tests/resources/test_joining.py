"""What names another resource is a reference to it, and what is only equal to something of it is not."""

from archspec.resources.joining import joined
from archspec.resources.resource import Ref, Resource, Value

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
BUCKET = Resource("aws_s3_bucket.b", "aws_s3_bucket", {"bucket": "logs", "id": "logs", "arn": "arn:aws:s3:::logs"})
CLUSTERS = [Resource(f"aws_ecs_cluster.{name}", "aws_ecs_cluster", {"name": name, "id": name}) for name in ("a", "b")]
SERVICES = [
    Resource(
        f"aws_ecs_service.{name}", "aws_ecs_service", {"name": "api", "cluster": f"arn:aws:ecs:x:1:cluster/{name}"}
    )
    for name in ("a", "b")
]


def value(name: str, held: Value, *others: Resource, type_: str = "aws_x") -> Value:
    found = joined([*others, Resource("aws_x.asked", type_, {name: held})])
    return found[-1].values[name]


def test_a_name_is_joined_only_where_an_attribute_means_it() -> None:
    assert value("bucket", "logs", BUCKET) == Ref("aws_s3_bucket.b", "bucket")
    assert value("prefix", "logs", BUCKET) == "logs"


def test_an_arn_is_joined_anywhere() -> None:
    assert value("anything", [{"deep": ["arn:aws:s3:::logs"]}], BUCKET) == [{"deep": [Ref("aws_s3_bucket.b", "arn")]}]


def test_what_follows_an_arn_is_kept() -> None:
    secret = Resource("aws_secretsmanager_secret.s", "aws_secretsmanager_secret", {"arn": ARN, "id": ARN})
    assert value("valueFrom", f"{ARN}:password::", secret) == Ref("aws_secretsmanager_secret.s", "arn", ":password::")
    assert value("on", "arn:aws:s3:::logs/a/*", BUCKET) == Ref("aws_s3_bucket.b", "arn", "/a/*")


def test_an_arn_that_only_begins_alike_stays_text() -> None:
    assert value("on", "arn:aws:s3:::logs-of-others/*", BUCKET) == "arn:aws:s3:::logs-of-others/*"
    queue = Resource("aws_sqs_queue.q", "aws_sqs_queue", {"arn": "arn:aws:sqs:us-east-1:1:q"})
    assert value("on", "arn:aws:sqs:us-east-1:1:q:other", queue) == "arn:aws:sqs:us-east-1:1:q:other"


def test_a_name_that_two_have_stays_text() -> None:
    groups = [Resource(f"aws_cloudwatch_log_group.{i}", "aws_cloudwatch_log_group", {"name": "/ecs"}) for i in "ab"]
    assert value("log_group_name", "/ecs", *groups) == "/ecs"


def test_a_service_is_found_by_its_cluster_too() -> None:
    dimensions: Value = {"ClusterName": "b", "ServiceName": "api"}
    assert value("dimensions", dimensions, *CLUSTERS, *SERVICES) == {
        "ClusterName": Ref("aws_ecs_cluster.b", "name"),
        "ServiceName": Ref("aws_ecs_service.b", "name"),
    }
    assert value("resource_id", "service/a/api", *CLUSTERS, *SERVICES) == Ref("aws_ecs_service.a", "id")


def test_an_image_is_joined_with_its_repository_and_keeps_its_tag() -> None:
    url = "1.dkr.ecr.us-east-1.amazonaws.com/api"
    repository = Resource("aws_ecr_repository.r", "aws_ecr_repository", {"repository_url": url})
    found = value("container_definitions", [{"image": f"{url}:1.4"}], repository)
    assert found == [{"image": Ref("aws_ecr_repository.r", "repository_url", ":1.4")}]


def test_what_a_resource_says_of_itself_stays_text() -> None:
    (bucket,) = joined([BUCKET])
    assert bucket == BUCKET


def test_a_part_is_joined_with_what_its_arn_is_that_of() -> None:
    topic = Resource("aws_sns_topic.t", "aws_sns_topic", {"arn": "arn:aws:sns:us-east-1:1:t"})
    assert value("arn", "arn:aws:sns:us-east-1:1:t", topic, type_="aws_sns_topic_policy") == Ref(
        "aws_sns_topic.t", "arn"
    )
