"""What the Terraform exporter makes of every field of a cache."""

from collections.abc import Callable

import pytest

from archspec.artifacts import Artifacts

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
security: {keys: {own: {}}, secrets: {password: {}}}
observability: {log_groups: {logs: {retention: 30 days}}}
"""
GROUP, NODES, SERVERLESS = (
    "aws_elasticache_replication_group.c",
    "aws_elasticache_cluster.c",
    "aws_elasticache_serverless_cache.c",
)
FOUR = "instances: [{role: primary}, {role: replica}, {role: primary}, {role: replica}]"

Export = Callable[..., Artifacts]
Arguments = Callable[[Artifacts, str], dict[str, str]]
Comments = Callable[[Artifacts, str], list[str]]


@pytest.fixture
def cache(export: Export) -> Export:
    """Export one cache of an engine, with what is stated of it."""

    def exported(engine: str, stated: str = "class: cache.t4g.small") -> Artifacts:
        text = f"data: {{caches: {{c: {{engine: {engine}, subnets: [a, b], security_groups: [sg], {stated}}}}}}}"
        return export(NETWORK + text)

    return exported


@pytest.mark.parametrize(
    ("stated", "argument", "values"),
    [
        ("port: 6380", "port", ("6379", "6380")),
        ("tls: false", "transit_encryption_enabled", ("true", "false")),
        ("tls: false", "auth_token", ("var.auth_token_c", None)),
        ("auth: none", "auth_token", ("var.auth_token_c", None)),
        ("auth: token", "auth_token", ("var.auth_token_c", "var.auth_token_c")),
        ("auth: rbac", "user_group_ids", (None, "[aws_elasticache_user_group.c.user_group_id]")),
        ("encrypted: false", "at_rest_encryption_enabled", ("true", "false")),
        ("key: own", "kms_key_id", ("aws_kms_key.derived__key__data.arn", "aws_kms_key.own.arn")),
        ("backups: {retention: 3 days}", "snapshot_retention_limit", (None, "3")),
        ("backups: {retention: 90 days}", "snapshot_retention_limit", (None, "35")),
        ("backups: {window: 3 AM UTC}", "snapshot_window", (None, '"03:00-04:00"')),
        ("maintenance_window: Sunday 5 AM", "maintenance_window", (None, '"sun:05:00-sun:06:00"')),
        ("log_group: logs", "destination", (None, "aws_cloudwatch_log_group.logs.name")),
        (FOUR, "num_cache_clusters", ("1", "4")),
        (f"cluster_mode: true, {FOUR}", "num_node_groups", (None, "2")),
        (f"cluster_mode: true, {FOUR}", "replicas_per_node_group", (None, "1")),
        ("cluster_mode: true", "parameter_group_name", (None, '"default.redis7.cluster.on"')),
        ("cluster_mode: true", "automatic_failover_enabled", ("false", "true")),
    ],
)
def test_what_is_stated_of_a_cache_wins_over_what_is_secure(
    cache: Export, arguments: Arguments, stated: str, argument: str, values: tuple[str | None, str | None]
) -> None:
    found = [cache("redis"), cache("redis", f"class: cache.t4g.small, {stated}")]
    assert tuple(arguments(artifacts, GROUP).get(argument) for artifacts in found) == values


@pytest.mark.parametrize(
    ("engine", "stated", "version"),
    [
        ("redis", '"7"', '"7.1"'),
        ("redis", "7.0.7", '"7.0"'),
        ("redis", "6.x", '"6.x"'),
        ("redis", "5.0.6", '"5.0.6"'),
        ("valkey", '"8"', '"8.0"'),
        ("valkey", "7.2.6", '"7.2"'),
    ],
)
def test_a_version_is_written_as_elasticache_counts(
    cache: Export, arguments: Arguments, engine: str, stated: str, version: str
) -> None:
    assert arguments(cache(engine, f"engine_version: {stated}"), GROUP)["engine_version"] == version


def test_a_family_that_keeps_data_on_disks_does_so(cache: Export, arguments: Arguments) -> None:
    assert arguments(cache("redis", "class: cache.r6gd.xlarge"), GROUP)["data_tiering_enabled"] == "true"


def test_only_the_stated_logs_go_to_the_stated_group(cache: Export, comments: Comments) -> None:
    artifacts = cache("redis", "log_group: logs, logs: [slow queries, audit]")
    text = artifacts.files["caches.tf"]
    assert ('log_type         = "slow-log"' in text, "engine-log" in text) == (True, False)
    said = "Not exported: the log 'audit': ElastiCache has a slow log and an engine log."
    assert said in comments(artifacts, GROUP)


@pytest.mark.parametrize(
    ("engine", "users"),
    [("redis", {"app", "default"}), ("valkey", {"app"})],
)
def test_users_are_one_that_may_all_and_for_redis_one_that_may_nothing(
    cache: Export, engine: str, users: set[str]
) -> None:
    found = {one.rpartition("__")[2] for one in cache(engine, "auth: rbac").origins if "elasticache_user." in one}
    assert found == users


def test_a_user_that_signs_in_by_a_role_has_no_password(cache: Export, arguments: Arguments) -> None:
    artifacts = cache("valkey", "auth: iam")
    found = arguments(artifacts, "aws_elasticache_user.c__app")
    assert (found["user_id"], found["user_name"], found["type"]) == ('"sample-c-app"', '"sample-c-app"', '"iam"')
    assert "auth_token_c" not in artifacts.files["variables.tf"]


@pytest.mark.parametrize(("auth", "has_group"), [("", True), (", auth: token", True), (", auth: none", False)])
def test_a_serverless_cache_has_users_unless_nobody_signs_in(
    cache: Export, arguments: Arguments, auth: str, has_group: object
) -> None:
    found = arguments(cache("valkey", f"serverless: true{auth}"), SERVERLESS)
    assert ("user_group_id" in found) is has_group


def test_a_serverless_cache_says_what_it_has_no_choice_of(cache: Export, comments: Comments) -> None:
    stated = (
        "serverless: true, class: cache.t4g.small, port: 7000, tls: false, encrypted: false, cluster_mode: false, "
        "maintenance_window: Sunday 5 AM, logs: [slow], instances: [{role: primary}], backups: {retention: 40 days}"
    )
    refused = [line.split(": ")[1] for line in comments(cache("redis", stated), SERVERLESS) if "no such choice" in line]
    assert refused == [
        "the class",
        "its instances",
        "the port",
        "connections without TLS",
        "data that is not encrypted",
        "no cluster mode",
        "the hours of maintenance",
        "logs",
    ]


def test_a_serverless_cache_is_backed_up_at_the_stated_hour(cache: Export, arguments: Arguments) -> None:
    found = arguments(cache("redis", "serverless: true, backups: {retention: 40 days, window: 4 PM}"), SERVERLESS)
    assert (found["snapshot_retention_limit"], found["daily_snapshot_time"]) == ("35", '"16:00"')


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("", ("1", '"single-az"', None)),
        ("multi_az: true", ("2", '"cross-az"', None)),
        (
            "instances: [{role: primary, az: us-east-1a}, {role: primary, az: us-east-1b}]",
            ("2", '"cross-az"', '["us-east-1a", "us-east-1b"]'),
        ),
        ("instances: [{role: primary}, {role: primary}]", ("2", '"single-az"', None)),
    ],
)
def test_memcached_has_as_many_nodes_as_stated(
    cache: Export, arguments: Arguments, stated: str, expected: tuple[str | None, ...]
) -> None:
    found = arguments(cache("memcached", stated or "class: cache.t4g.small"), NODES)
    names = ("num_cache_nodes", "az_mode", "preferred_availability_zones")
    assert tuple(found.get(name) for name in names) == expected


@pytest.mark.parametrize(
    ("stated", "has"), [("tls: true", "true"), ("tls: false", "false"), ("engine_version: 1.6.6", "false")]
)
def test_memcached_has_tls_where_its_version_can(cache: Export, arguments: Arguments, stated: str, has: str) -> None:
    assert arguments(cache("memcached", stated), NODES)["transit_encryption_enabled"] == has


def test_memcached_says_what_it_has_not(cache: Export, comments: Comments) -> None:
    stated = (
        "engine_version: 1.6.6, encrypted: true, tls: true, auth: token, cluster_mode: true, log_group: logs, "
        "credentials: [password], backups: {retention: 1 day}"
    )
    said = comments(cache("memcached", stated), NODES)
    assert said[0] == "Not exported: TLS, which Memcached 1.6.6 does not have."
    assert [line.split(": ")[1] for line in said[1:]] == [
        "encryption at rest",
        "signing in by token",
        "cluster mode",
        "logs",
        "backups",
        "credentials",
    ]


def test_copies_of_a_caches_backups_are_left_out_with_the_reason(cache: Export) -> None:
    artifacts = cache("redis", "backups: {cross_region: true, isolated: true}")
    found = {one.path[-1]: one.reason for one in artifacts.omissions if one.path[:3] == ("data", "caches", "c")}
    reason = "ElastiCache copies no backups by itself, and AWS Backup takes no caches"
    assert found == {"cross_region": reason, "isolated": reason}
