"""What the Terraform exporter makes of every field of a database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.artifacts import Artifacts

STORES = Path("tests/exporters/specs/stores.yaml")
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
STATED = "data: {databases: {db: {engine: %s, subnets: [a, b], security_groups: [sg]%s}}}"
INSTANCE, CLUSTER, DOCUMENTS = "aws_db_instance.db", "aws_rds_cluster.db", "aws_docdb_cluster.db"
FIRST, SECOND = "aws_rds_cluster_instance.db__1", "aws_rds_cluster_instance.db__2"

Export = Callable[..., Artifacts]
Arguments = Callable[[Artifacts, str], dict[str, str]]
Comments = Callable[[Artifacts, str], list[str]]


@pytest.fixture
def database(export: Export) -> Export:
    """Export one database of an engine, with what is stated of it."""

    def exported(engine: str = "postgres", stated: str = "class: db.r7g.large", region: str = "us-east-1") -> Artifacts:
        text = NETWORK.replace("us-east-1", region) + STATED % (engine, f", {stated}" if stated else "")
        return export(text, region)

    return exported


@pytest.mark.parametrize(
    ("stated", "argument", "values"),
    [
        ("port: 6000", "port", ("5432", "6000")),
        ("multi_az: true", "multi_az", ("false", "true")),
        ("instances: [{role: primary}, {role: standby}]", "multi_az", ("false", "true")),
        ("instances: [{role: primary, az: us-east-1b}]", "availability_zone", (None, '"us-east-1b"')),
        ("public: true", "publicly_accessible", ("false", "true")),
        ("iam_auth: false", "iam_database_authentication_enabled", ("true", "false")),
        ("deletion_protection: false", "deletion_protection", ("true", "false")),
        ("final_snapshot: false", "skip_final_snapshot", ("false", "true")),
        ("final_snapshot: false", "final_snapshot_identifier", ('"sample-db-final"', None)),
        ("enhanced_monitoring: false", "monitoring_interval", ("60", "0")),
        ("enhanced_monitoring: false", "monitoring_role_arn", ("aws_iam_role.db__monitoring.arn", None)),
        ("performance_insights: false", "performance_insights_enabled", ("true", "false")),
        ("max_storage: 1 TB", "max_allocated_storage", (None, "1024")),
        ("storage: 50 GB io1", "storage_type", ('"gp3"', '"io1"')),
        ("provisioned_iops: true", "iops", (None, "var.iops_db")),
        ("provisioned_iops: true", "storage_type", ('"gp3"', '"io2"')),
        ("provisioned_iops: true", "allocated_storage", ("20", "100")),
        ("key: own", "kms_key_id", ("aws_kms_key.derived__key__data.arn", "aws_kms_key.own.arn")),
        ("maintenance_window: Sunday 05:00-06:00 UTC", "maintenance_window", (None, '"sun:05:00-sun:06:00"')),
        ("backups: {window: 3 AM UTC}", "backup_window", (None, '"03:00-03:30"')),
        ("backups: {retention: 90 days}", "backup_retention_period", ("7", "35")),
        ("logs: [upgrade log]", "enabled_cloudwatch_logs_exports", ('["postgresql", "upgrade"]', '["upgrade"]')),
        ('engine_version: "16.8"', "engine_version", ('"17"', '"16.8"')),
    ],
)
def test_what_is_stated_of_an_instance_wins_over_what_is_secure(
    database: Export, arguments: Arguments, stated: str, argument: str, values: tuple[str | None, str | None]
) -> None:
    found = [database(), database(stated=f"class: db.r7g.large, {stated}")]
    assert tuple(arguments(artifacts, INSTANCE).get(argument) for artifacts in found) == values


@pytest.mark.parametrize(
    ("engine", "parameter", "group"),
    [
        ("postgres", 'name  = "rds.force_ssl"\n    value = "{}"', "aws_db_parameter_group"),
        ("aurora-postgresql", 'name  = "rds.force_ssl"\n    value = "{}"', "aws_rds_cluster_parameter_group"),
        ("mysql", 'name  = "require_secure_transport"\n    value = "{}"', "aws_db_parameter_group"),
    ],
)
def test_connections_are_encrypted_unless_the_spec_says_no(
    database: Export, engine: str, parameter: str, group: str
) -> None:
    assert parameter.format(1) in database(engine).files["databases.tf"]
    text = database(engine, "class: db.r7g.large, tls: false").files["databases.tf"]
    assert f'"{group}" "db"' in text
    assert parameter.format(0) in text


def test_documents_and_aurora_mysql_spell_encrypted_connections_their_own_way(database: Export) -> None:
    off = "class: db.r7g.large, tls: false"
    assert 'name  = "tls"\n    value = "disabled"' in database("docdb", off).files["databases.tf"]
    wanted = 'name  = "require_secure_transport"\n    value = "OFF"'
    assert wanted in database("aurora-mysql", off).files["databases.tf"]


@pytest.mark.parametrize(
    ("engine", "class_", "has"),
    [
        ("mysql", "db.t4g.small", "false"),
        ("mysql", "db.t4g.medium", "true"),
        ("postgres", "db.t4g.micro", "true"),
        ("mariadb", "db.t3.micro", "false"),
    ],
)
def test_a_class_without_performance_insights_gets_none(
    database: Export, arguments: Arguments, engine: str, class_: str, has: str
) -> None:
    found = arguments(database(engine, f"class: {class_}"), INSTANCE)
    assert found["performance_insights_enabled"] == has


@pytest.mark.parametrize(("class_", "has"), [("db.t3.medium", "false"), ("db.t4g.medium", "true")])
def test_an_instance_of_aurora_mysql_may_not_have_performance_insights(
    database: Export, arguments: Arguments, class_: str, has: str
) -> None:
    assert arguments(database("aurora-mysql", f"class: {class_}"), FIRST)["performance_insights_enabled"] == has


def test_documents_in_govcloud_have_no_performance_insights(database: Export, arguments: Arguments) -> None:
    for region, has in (("us-east-1", "true"), ("us-gov-west-1", "false")):
        found = arguments(database("docdb", region=region), "aws_docdb_cluster_instance.db__1")
        assert found["enable_performance_insights"] == has


def test_what_an_instance_cannot_have_is_said_above_it(database: Export, comments: Comments) -> None:
    stated = (
        "class: db.t4g.micro, storage: some, grows_at: 10%, grows_by: 5%, domain: db.example.com, logs: [binlog], "
        "credentials: [password], maintenance_window: at night, capacity: {min: 1, max: 2}, "
        "backups: {every: 6 hours, retention: 7 days, window: at noon, point_in_time: false}"
    )
    assert [line for line in comments(database("mysql", stated), INSTANCE) if "Not exported" in line] == [
        "Not exported: backups every 6 hours: AWS makes automated ones once a day.",
        "Not exported: no restore to a point in time: AWS can do it wherever backups are kept.",
        "Not exported: its credentials in password: AWS makes a secret of its own.",
        "Not exported: the log 'binlog', which mysql does not send to CloudWatch.",
        "Not exported: grows at 10%, by 5%: AWS decides both.",
        "Not exported: the backup window 'at noon', which is not like '07:00-09:00 UTC'.",
        "Not exported: maintenance 'at night', which is not like 'Sunday 05:00-06:00 UTC'.",
        "Not exported: the name db.example.com: it is a record of DNS.",
        "Not exported: the storage 'some', which is not like '100 GB gp3'.",
        "Not exported: Performance Insights, which AWS does not offer for db.t4g.micro.",
        "Not exported: the capacity: mysql is not serverless.",
    ]


def test_a_replica_of_an_instance_follows_it(database: Export, arguments: Arguments) -> None:
    stated = "class: db.r7g.large, instances: [{role: replica, az: us-east-1b, class: db.m7g.large}, {role: primary}]"
    artifacts = database(stated=stated)
    found = arguments(artifacts, "aws_db_instance.db__2")
    names = ("identifier", "replicate_source_db", "instance_class", "availability_zone")
    assert [found[name] for name in names] == [
        '"sample-db-2"',
        "aws_db_instance.db.identifier",
        '"db.m7g.large"',
        '"us-east-1b"',
    ]
    assert artifacts.origins["aws_db_instance.db__2"].path == ("data", "databases", "db", "instances", 0)


def test_the_writer_of_a_cluster_comes_first_and_readers_wait_for_it(database: Export, arguments: Arguments) -> None:
    stated = "class: db.r7g.large, instances: [{role: reader, az: us-east-1b, promotion_tier: 3}, {role: primary}]"
    artifacts = database("aurora-mysql", stated)
    writer, reader = (arguments(artifacts, address) for address in (FIRST, SECOND))
    assert (writer["promotion_tier"], reader["promotion_tier"]) == ("0", "3")
    assert reader["availability_zone"] == '"us-east-1b"'
    waits_for = "[aws_rds_cluster_instance.db__1, aws_iam_role_policy_attachment.db__monitoring]"
    assert reader["depends_on"] == waits_for
    assert writer["depends_on"] == "[aws_iam_role_policy_attachment.db__monitoring]"


@pytest.mark.parametrize(("stated", "count"), [("", 1), (", multi_az: true", 2)])
def test_a_cluster_has_a_second_instance_where_it_is_multi_az(database: Export, stated: str, count: int) -> None:
    for engine, kind in (("aurora-postgresql", "aws_rds_cluster_instance"), ("docdb", "aws_docdb_cluster_instance")):
        origins = database(engine, f"class: db.r6g.large{stated}").origins
        assert sum(address.startswith(f"{kind}.") for address in origins) == count


def test_capacity_makes_a_cluster_serverless(database: Export, arguments: Arguments) -> None:
    artifacts = database("aurora-postgresql", "capacity: {min: 0.5, max: 8}")
    found = arguments(artifacts, CLUSTER)
    assert (found["min_capacity"], found["max_capacity"]) == ('"0.5"', "8")
    assert arguments(artifacts, FIRST)["instance_class"] == '"db.serverless"'


@pytest.mark.parametrize(
    ("spec", "window"),
    [
        (("aurora-mysql", "class: db.r7g.large", "us-east-1"), "86400"),
        (("aurora-mysql", "class: db.serverless", "us-east-1"), None),
        (("aurora-mysql", "class: db.r7g.large", "eu-north-1"), None),
        (("aurora-postgresql", "class: db.r7g.large", "us-east-1"), None),
    ],
)
def test_only_what_can_be_turned_back_is(
    database: Export, arguments: Arguments, spec: tuple[str, str, str], window: str | None
) -> None:
    assert arguments(database(*spec), CLUSTER).get("backtrack_window") == window


@pytest.mark.parametrize(
    ("stated", "version", "family"),
    [
        ("3.08.0", '"8.0.mysql_aurora.3.08.0"', '"aurora-mysql8.0"'),
        ('"3"', '"8.0"', '"aurora-mysql8.0"'),
        ("8.0.mysql_aurora.3.04.0", '"8.0.mysql_aurora.3.04.0"', '"aurora-mysql8.0"'),
        ("5.7.mysql_aurora.2.12.5", '"5.7.mysql_aurora.2.12.5"', '"aurora-mysql5.7"'),
    ],
)
def test_a_version_of_aurora_mysql_is_one_of_mysql(
    database: Export, arguments: Arguments, stated: str, version: str, family: str
) -> None:
    artifacts = database("aurora-mysql", f"class: db.r7g.large, engine_version: {stated}")
    assert arguments(artifacts, CLUSTER)["engine_version"] == version
    assert arguments(artifacts, "aws_rds_cluster_parameter_group.db")["family"] == family


def test_a_cluster_of_documents_leaves_its_password_to_aws(database: Export, arguments: Arguments) -> None:
    found = arguments(database("docdb"), DOCUMENTS)
    names = ("manage_master_user_password", "db_subnet_group_name", "enabled_cloudwatch_logs_exports")
    assert [found[name] for name in names] == ["true", "aws_docdb_subnet_group.db.name", '["audit", "profiler"]']


def test_serverless_documents_are_left_out_with_the_reason(database: Export) -> None:
    artifacts = database("docdb", "capacity: {min: 1, max: 4}")
    reasons = {one.reason for one in artifacts.omissions if one.path == ("data", "databases", "db")}
    assert reasons == {"serverless DocumentDB is not exported"}
    assert not any(address.endswith(".db") for address in artifacts.origins)


@pytest.mark.parametrize(
    ("engine", "group"),
    [
        ("mysql", '"/aws/rds/instance/sample-db/error"'),
        ("aurora-mysql", '"/aws/rds/cluster/sample-db/error"'),
        ("docdb", '"/aws/docdb/sample-db/audit"'),
    ],
)
def test_the_groups_of_logs_are_those_that_aws_writes_to(
    database: Export, arguments: Arguments, engine: str, group: str
) -> None:
    log = group.rpartition("/")[2].strip('"')
    assert arguments(database(engine), f"aws_cloudwatch_log_group.db__{log}")["name"] == group


def test_a_stated_log_group_says_how_long_each_log_is_kept(database: Export, arguments: Arguments) -> None:
    found = arguments(
        database(stated="class: db.r7g.large, log_group: logs"), "aws_cloudwatch_log_group.db__postgresql"
    )
    assert found["retention_in_days"] == "30"


def test_a_class_that_nobody_states_is_a_variable(database: Export, arguments: Arguments) -> None:
    for engine, address in (("postgres", INSTANCE), ("aurora-mysql", FIRST)):
        artifacts = database(engine, "")
        assert arguments(artifacts, address)["instance_class"] == "var.class_db"
        assert 'variable "class_db"' in artifacts.files["variables.tf"]


def test_the_class_of_every_instance_makes_a_variable_needless(database: Export) -> None:
    artifacts = database("aurora-mysql", "instances: [{role: primary, class: db.r7g.large}]")
    assert "class_db" not in artifacts.files["variables.tf"]


def test_instances_and_databases_never_share_a_name(export: Export, arguments: Arguments) -> None:
    rest = "class: db.r7g.large, subnets: [a, b], security_groups: [sg]"
    one, other = (f"{{engine: {engine}, {rest}}}" for engine in ("aurora-mysql", "postgres"))
    artifacts = export(NETWORK + f"data: {{databases: {{db: {one}, db-1: {other}}}}}")
    assert arguments(artifacts, FIRST)["identifier"] == '"sample-db-1-instance"'
    assert arguments(artifacts, "aws_db_instance.db_1")["identifier"] == '"sample-db-1"'


def test_the_same_database_in_two_environments_has_two_names(export: Export, arguments: Arguments) -> None:
    artifacts = export(STORES)
    names = [arguments(artifacts, f"aws_db_instance.{one}__core_db")["identifier"] for one in ("production", "staging")]
    assert names == ['"stores-production-core-db"', '"stores-staging-core-db"']


def test_a_long_name_is_cut_to_what_rds_takes(export: Export, arguments: Arguments) -> None:
    id_ = "a-database-whose-name-is-longer-than-the-sixty-three-characters-of-rds"
    text = STATED.replace("db:", f"{id_}:") % ("aurora-mysql", ", class: db.r7g.large")
    artifacts = export(NETWORK + text)
    slug = id_.replace("-", "_")
    for address, argument in (
        ("aws_rds_cluster.{}", "cluster_identifier"),
        ("aws_rds_cluster_instance.{}__1", "identifier"),
    ):
        assert len(arguments(artifacts, address.format(slug))[argument].strip('"')) <= 63


def test_hostile_words_stay_words(database: Export) -> None:
    hostile = '"${file(1)} \\" \\n checkov:skip=X:y"'
    fields = ("storage", "maintenance_window", "domain")
    stated = ", ".join(["class: db.r7g.large", *(f"{field}: {hostile}" for field in fields), f"logs: [{hostile}]"])
    text = database("aurora-mysql", stated).files["databases.tf"]
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert "${file(1)}" not in code.replace("$${", "")
    assert ":skip=" not in text
