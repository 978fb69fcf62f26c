"""What the Terraform exporter makes of every field of a proxy."""

from collections.abc import Callable

import pytest

from archspec.artifacts import Artifacts

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
security:
  keys: {own: {}}
  secret_stores: {settings: {service: parameter-store}}
  secrets: {password: {key: own}, setting: {store: settings}}
  roles: {reads: {may: [Secrets access]}, spelled: {may: [{does: "secretsmanager:GetSecretValue", on: [password]}]}}
data:
  databases:
    one:  {engine: postgres, class: db.t4g.small, subnets: [a, b], security_groups: [sg]}
    many: {engine: aurora-mysql, class: db.r7g.large, multi_az: true, subnets: [a, b], security_groups: [sg]}
    docs: {engine: docdb, class: db.r6g.large, subnets: [a, b], security_groups: [sg]}
"""
PROXY = "  proxies: {p: {target: %s, subnets: [a, b], security_groups: [sg]%s}}\n"
ADDRESS, POOL, TARGET = "aws_db_proxy.p", "aws_db_proxy_default_target_group.p", "aws_db_proxy_target.p"

Export = Callable[..., Artifacts]
Arguments = Callable[[Artifacts, str], dict[str, str]]
Comments = Callable[[Artifacts, str], list[str]]


@pytest.fixture
def proxy(export: Export) -> Export:
    """Export one proxy before a database, with what is stated of it."""

    def exported(target: str = "one", stated: str = "") -> Artifacts:
        return export(SPEC + PROXY % (target, f", {stated}" if stated else ""))

    return exported


@pytest.mark.parametrize(
    ("stated", "argument", "values"),
    [
        ("tls: false", "require_tls", ("true", "false")),
        ("iam_auth: false", "iam_auth", ('"REQUIRED"', '"DISABLED"')),
        ("role: reads", "role_arn", ("aws_iam_role.p__proxy.arn", "aws_iam_role.reads.arn")),
        ("pool: {idle_timeout: 30 minutes}", "idle_client_timeout", (None, "1800")),
        (
            "credentials: [password]",
            "secret_arn",
            ("aws_db_instance.one.master_user_secret[0].secret_arn", "aws_secretsmanager_secret.password.arn"),
        ),
    ],
)
def test_what_is_stated_of_a_proxy_wins_over_what_is_secure(
    proxy: Export, arguments: Arguments, stated: str, argument: str, values: tuple[str | None, str | None]
) -> None:
    found = [proxy(), proxy(stated=stated)]
    assert tuple(arguments(artifacts, ADDRESS).get(argument) for artifacts in found) == values


@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        ("", (None, None, None)),
        ("pool: {max: 80%, idle: 40%, timeout: 2 minutes}", ("80", "40", "120")),
        ("pool: {max: 100, idle: 10}", (None, None, None)),
    ],
)
def test_a_pool_is_shares_of_the_limit(
    proxy: Export, arguments: Arguments, pool: str, expected: tuple[str | None, ...]
) -> None:
    found = arguments(proxy(stated=pool), POOL)
    names = ("max_connections_percent", "max_idle_connections_percent", "connection_borrow_timeout")
    assert tuple(found.get(name) for name in names) == expected


def test_a_proxy_leads_to_an_instance_or_to_a_cluster(proxy: Export, arguments: Arguments) -> None:
    assert arguments(proxy("one"), TARGET)["db_instance_identifier"] == "aws_db_instance.one.identifier"
    assert arguments(proxy("many"), TARGET)["db_cluster_identifier"] == "aws_rds_cluster.many.cluster_identifier"


def test_the_target_waits_for_the_instances_of_its_cluster(proxy: Export, arguments: Arguments) -> None:
    waits_for = "[aws_rds_cluster_instance.many__1, aws_rds_cluster_instance.many__2]"
    assert arguments(proxy("many"), TARGET)["depends_on"] == waits_for


def test_a_proxy_speaks_as_its_target_does(proxy: Export, arguments: Arguments, comments: Comments) -> None:
    assert arguments(proxy("one"), ADDRESS)["engine_family"] == '"POSTGRESQL"'
    artifacts = proxy("many", "family: postgresql")
    assert arguments(artifacts, ADDRESS)["engine_family"] == '"MYSQL"'
    assert comments(artifacts, ADDRESS)[0] == "Not exported: the family postgresql: many speaks mysql."


def test_there_is_no_proxy_before_documents(proxy: Export) -> None:
    artifacts = proxy("docs")
    reasons = {one.reason for one in artifacts.omissions if one.path == ("data", "proxies", "p")}
    assert reasons == {"RDS Proxy does not speak to docdb"}
    assert ADDRESS not in artifacts.origins


@pytest.mark.parametrize(("stated", "key"), [("", "derived__key__secrets"), ("credentials: [password]", "own")])
def test_the_role_may_read_its_secrets_and_nothing_else(proxy: Export, stated: str, key: str) -> None:
    text = (
        proxy(stated=stated).files["proxies.tf"].partition('"aws_iam_role_policy" "p__proxy"')[2].partition("\n}\n")[0]
    )
    assert text.count("Resource = [") == 2
    assert f"Resource = [aws_kms_key.{key}.arn]" in text


def test_a_role_that_spells_out_what_it_may_gets_no_more(proxy: Export) -> None:
    assert "aws_iam_role_policy.p__proxy" in proxy(stated="role: reads").origins
    artifacts = proxy(stated="role: spelled, credentials: [password]")
    assert "p__proxy" not in artifacts.files["proxies.tf"]


def test_a_parameter_is_no_secret_of_a_proxy(proxy: Export, comments: Comments) -> None:
    said = comments(proxy(stated="credentials: [setting]"), ADDRESS)
    assert said == [
        "Not exported: credentials that are parameters of Systems Manager: a proxy reads Secrets Manager only."
    ]
