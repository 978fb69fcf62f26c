"""Which facts of a spec explain a check that fails, and which look alike and explain nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import api
from archspec.artifacts import Artifacts, Origin
from archspec.errors import KeyPath
from archspec.findings import Finding, Severity
from archspec.scanners import SCANNERS, Export, Scan, facts
from archspec.scanners.facts import FACTS

System = Callable[[str], api.System]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
"""


def said(system: System, text: str, check: str, address: str, *path: str | int) -> str:
    """Return what explains a check on the resource that comes from a path, with the line of the fact."""
    loaded = system(text)
    found = facts.fact(loaded.architecture, check, address, Origin(str(path[2]), path))
    return f"{loaded.source.locate(found.path).line}: {found.says}" if found else ""


def group(rule: str) -> str:
    return f"{NETWORK}  security_groups:\n    other: {{}}\n    g:\n      ingress:\n        - {rule}\n"


@pytest.mark.parametrize(
    ("check", "rule", "expected"),
    [
        ("CKV_AWS_260", "{from: internet, port: 80}", "13: port 80 is let in from the internet"),
        ("CKV_AWS_260", "{from: 0.0.0.0/0, port: 79-81}", "13: port 80 is let in from the internet"),
        ("CKV_AWS_260", "{from: other, port: 80}", "13: only other is let in, a security group"),
        ("CKV_AWS_260", "{from: 10.0.0.0/8, port: 80}", ""),
        ("CKV_AWS_260", "{from: internet, port: 443}", ""),
        ("CKV_AWS_24", "{from: other, port: all}", "13: only other is let in, a security group"),
        ("CKV_AWS_24", "{from: internet, port: 22}", ""),
        ("CKV_AWS_25", "{from: internet, port: 3389}", ""),
        ("CKV_AWS_25", "{from: other, port: 3389}", "13: only other is let in, a security group"),
    ],
)
def test_a_rule_of_a_security_group_is_explained_but_for_administration_from_everywhere(
    system: System, check: str, rule: str, expected: str
) -> None:
    address = "aws_vpc_security_group_ingress_rule.g"

    assert said(system, group(rule), check, address, "network", "security_groups", "g", "ingress", 0) == expected


def test_a_public_bucket_without_kms_is_explained(system: System) -> None:
    text = "data:\n  buckets:\n    files:\n      public: true\n    other: {}\n"
    address = "aws_s3_bucket.%s"
    found = [said(system, text, "CKV_AWS_145", address % id_, "data", "buckets", id_) for id_ in ("files", "other")]
    assert [bool(one) for one in found] == [True, False]


def test_a_path_that_is_no_rule_explains_nothing(system: System) -> None:
    text = group("{from: internet, port: 80}")

    assert said(system, text, "CKV_AWS_260", "aws_security_group.g", "network", "security_groups", "g") == ""
    assert said(system, text, "CKV_AWS_260", "x.g", "network", "security_groups", "g", "ingress", 7) == ""
    assert said(system, text, "CKV_AWS_260", "x.gone", "network", "security_groups", "gone", "ingress", 0) == ""


@pytest.mark.parametrize(
    ("check", "rule", "expected"),
    [
        ("CKV_AWS_232", "{peer: internet}", "11: the network ACL lets everybody in, as security groups decide"),
        (
            "CKV_AWS_232",
            "{peer: 0.0.0.0/0, protocol: tcp, port: 22}",
            "11: the network ACL lets everybody in, as security groups decide",
        ),
        ("CKV_AWS_232", "{peer: internet, protocol: tcp, port: 443}", ""),
        ("CKV_AWS_231", "{peer: internet, protocol: tcp, port: 22}", ""),
        ("CKV_AWS_232", "{peer: internet, allow: false}", ""),
        ("CKV_AWS_232", "{peer: 10.0.0.0/8}", ""),
        ("CKV_AWS_352", "{peer: internet}", "11: the network ACL lets in every port, as security groups decide"),
        ("CKV_AWS_352", "{peer: internet, protocol: tcp}", ""),
    ],
)
def test_an_entry_of_a_network_acl_is_explained_by_what_it_lets_in(
    system: System, check: str, rule: str, expected: str
) -> None:
    text = f"{NETWORK}  nacls:\n    n:\n      ingress: [{rule}]\n"

    assert said(system, text, check, "aws_network_acl_rule.n", "network", "nacls", "n", "ingress", 0) == expected


def test_a_network_acl_without_entries_is_that_of_aws(system: System) -> None:
    text = f"{NETWORK}  nacls:\n    n: {{subnets: [a]}}\n"

    assert said(system, text, "CKV_AWS_352", "aws_network_acl_rule.n", "network", "nacls", "n") == (
        "10: no entry of the network ACL is stated, and AWS's own lets in every port"
    )


def balancer(listeners: str, more: str = "") -> str:
    return f"""\
{NETWORK}  security_groups: {{sg: {{}}}}
  load_balancers:
    alb:
      subnets: [a, b]
      listeners: [{listeners}]
{more}compute: {{services: {{web: {{port: 80, subnets: [a], security_groups: [sg], load_balancer: alb}}}}}}
"""


@pytest.mark.parametrize(
    ("check", "address", "listeners", "expected"),
    [
        (
            "CKV2_AWS_20",
            "aws_lb.alb",
            "{port: 80, protocol: HTTP}",
            "13: port 80 answers in HTTP and does not redirect",
        ),
        ("CKV2_AWS_20", "aws_lb.alb", "{port: 80, protocol: HTTP, redirect: 443}", ""),
        (
            "CKV_AWS_2",
            "aws_lb_listener.alb__80",
            "{port: 80, protocol: HTTP}",
            "13: port 80 answers in HTTP and does not redirect",
        ),
        ("CKV_AWS_2", "aws_lb_listener.alb__443", "{port: 80, protocol: HTTP}", ""),
        (
            "CKV_AWS_103",
            "aws_lb_listener.alb__443",
            "{port: 443, protocol: HTTPS, tls_policy: ELBSecurityPolicy-2016-08}",
            "13: `tls_policy: ELBSecurityPolicy-2016-08`",
        ),
        ("CKV_AWS_103", "aws_lb_listener.alb__443", "{port: 443, protocol: HTTPS}", ""),
    ],
)
def test_a_listener_is_explained_by_its_protocol_or_its_policy(
    system: System, check: str, address: str, listeners: str, expected: str
) -> None:
    assert said(system, balancer(listeners), check, address, "network", "load_balancers", "alb") == expected


def test_targets_in_http_are_explained_where_they_are_stated_and_where_they_are_implied(system: System) -> None:
    own = "  target_groups:\n    tg: {target: web, port: 80, protocol: HTTP}\n"
    safe = own.replace("HTTP", "HTTPS")
    path = ("network", "target_groups", "tg")

    assert said(system, balancer("", own), "CKV_AWS_378", "aws_lb_target_group.tg", *path) == (
        "15: web is asked in HTTP by its load balancer"
    )
    assert said(system, balancer("", safe), "CKV_AWS_378", "aws_lb_target_group.tg", *path) == ""
    assert said(system, balancer(""), "CKV_AWS_378", "aws_lb_target_group.web", "compute", "services", "web") == (
        "14: web is asked in HTTP by its load balancer"
    )


def test_what_no_web_acl_protects_is_explained_and_what_one_protects_is_not(system: System) -> None:
    path = ("network", "load_balancers", "alb")
    acl = "edge: {web_acls: {waf: {protects: [alb], rules: [{name: KnownBadInputs, managed: true}]}}}\n"
    good = acl.replace("{name", "{name: AWSManagedRulesAnonymousIpList}, {name")

    assert said(system, balancer(""), "CKV2_AWS_28", "aws_lb.alb", *path) == "11: no web ACL protects alb"
    assert said(system, balancer("") + acl, "CKV2_AWS_28", "aws_lb.alb", *path) == ""
    assert said(system, balancer("") + acl, "CKV2_AWS_76", "aws_lb.alb", *path) == (
        "15: the rules of waf have no managed group AnonymousIpList"
    )
    assert said(system, balancer("") + good, "CKV2_AWS_76", "aws_lb.alb", *path) == ""


ELEMENTS = {
    "service": (
        ("compute", "services"),
        NETWORK + "compute:\n  services:\n    x: {subnets: [a], security_groups: []@}\n",
    ),
    "database": (
        ("data", "databases"),
        f"{NETWORK}data:\n  databases:\n    x: {{engine: postgres, subnets: [a], security_groups: []@}}\n",
    ),
    "cache": (
        ("data", "caches"),
        f"{NETWORK}data:\n  caches:\n    x: {{engine: redis, subnets: [a], security_groups: []@}}\n",
    ),
    "subnet": (
        ("network", "subnets"),
        NETWORK + "    x: {az: us-east-1a, tier: public, cidr: 10.0.3.0/24@}\n",
    ),
    "bucket": (("data", "buckets"), "data:\n  buckets:\n    x: {title: X@}\n"),
    "queue": (("messaging", "queues"), "messaging:\n  queues:\n    x: {title: X@}\n"),
    "topic": (("messaging", "topics"), "messaging:\n  topics:\n    x: {title: X@}\n"),
    "cluster": (("compute", "clusters"), "compute:\n  clusters:\n    x: {title: X@}\n"),
    "registry": (("delivery", "registries"), "delivery:\n  registries:\n    x: {title: X@}\n"),
    "build": (("delivery", "builds"), "delivery:\n  builds:\n    x: {title: X@}\n"),
    "log group": (("observability", "log_groups"), "observability:\n  log_groups:\n    x: {title: X@}\n"),
    "secret": (("security", "secrets"), "security:\n  secrets:\n    x: {title: X@}\n"),
    "key": (("security", "keys"), "security:\n  keys:\n    x: {title: X@}\n"),
    "role": (("security", "roles"), "security:\n  roles:\n    x: {title: X@}\n"),
    "trail": (("security", "detectors"), "security:\n  detectors:\n    x: {service: cloudtrail@}\n"),
    "certificate": (("security", "certificates"), "security:\n  certificates:\n    x: {title: X@}\n"),
    "zone": (("edge", "zones"), "edge:\n  zones:\n    x: {title: X@}\n"),
    "distribution": (("edge", "distributions"), "edge:\n  distributions:\n    x: {title: X@}\n"),
}
"""What a spec is with one element `x`, its path, and where more of it is stated."""


@pytest.mark.parametrize(
    ("check", "kind", "wrong", "right"),
    [
        ("CKV_AWS_157", "database", "multi_az: false", "multi_az: true"),
        ("CKV_AWS_118", "database", "enhanced_monitoring: false", "enhanced_monitoring: true"),
        ("CKV_AWS_353", "database", "performance_insights: false", "performance_insights: true"),
        ("CKV_AWS_354", "database", "performance_insights: false", "performance_insights: true"),
        ("CKV_AWS_16", "database", "encrypted: false", "encrypted: true"),
        ("CKV_AWS_96", "database", "encrypted: false", "note: X"),
        ("CKV_AWS_74", "database", "encrypted: false", "note: X"),
        ("CKV_AWS_90", "database", "tls: false", "tls: true"),
        ("CKV_AWS_17", "database", "public: true", "public: false"),
        ("CKV_AWS_161", "database", "iam_auth: false", "note: X"),
        ("CKV_AWS_162", "database", "iam_auth: false", "iam_auth: true"),
        ("CKV_AWS_139", "database", "deletion_protection: false", "note: X"),
        ("CKV_AWS_293", "database", "deletion_protection: false", "deletion_protection: true"),
        ("CKV_AWS_133", "database", "backups: {retention: 0 days}", "backups: {retention: 7 days}"),
        ("CKV_AWS_134", "cache", "backups: {retention: 0 days}", "backups: {retention: 7 days}"),
        ("CKV_AWS_134", "cache", "note: X", "backups: {every: 1 day}"),
        ("CKV2_AWS_50", "cache", "multi_az: false", "multi_az: true"),
        ("CKV2_AWS_50", "cache", "multi_az: true, instances: [{role: primary}]", "multi_az: true"),
        ("CKV_AWS_29", "cache", "encrypted: false", "note: X"),
        ("CKV_AWS_30", "cache", "tls: false", "note: X"),
        ("CKV_AWS_31", "cache", "auth: none", "auth: token"),
        ("CKV_AWS_31", "cache", "tls: false", "tls: true"),
        ("CKV_AWS_145", "bucket", "encryption: sse-s3", "encryption: sse-kms"),
        ("CKV_AWS_145", "bucket", "encryption: none", "note: Y"),
        ("CKV_AWS_19", "bucket", "encryption: none", "note: Y"),
        ("CKV_AWS_21", "bucket", "versioning: false", "note: Y"),
        ("CKV_AWS_144", "bucket", "note: Y", "replication: true"),
        ("CKV_AWS_144", "bucket", "replication: planned", "replication: true"),
        ("CKV_AWS_53", "bucket", "public_access_block: false", "note: Y"),
        ("CKV_AWS_54", "bucket", "public: true", "public_access_block: true"),
        ("CKV_AWS_55", "bucket", "public: true", "note: Y"),
        ("CKV_AWS_56", "bucket", "public_access_block: false", "note: Y"),
        ("CKV2_AWS_6", "bucket", "public_access_block: false", "note: Y"),
        ("CKV_AWS_27", "queue", "encryption: none", "encryption: sse-kms"),
        ("CKV_AWS_26", "topic", "encryption: none", "note: Y"),
        ("CKV_AWS_65", "cluster", "container_insights: false", "note: Y"),
        ("CKV_AWS_332", "service", "platform: 1.3.0", "platform: 1.4.0+"),
        ("CKV_AWS_332", "service", "platform: 1.4.0", "platform: LATEST"),
        ("CKV_AWS_333", "service", "public_ip: true", "public_ip: false"),
        ("CKV_AWS_336", "service", "read_only_root: false", "note: Y"),
        ("CKV_AWS_316", "build", "privileged: true", "note: Y"),
        ("CKV_AWS_51", "registry", "immutable_tags: false", "note: Y"),
        ("CKV_AWS_163", "registry", "scan_on_push: false", "note: Y"),
        ("CKV_AWS_136", "registry", "encrypted: false", "note: Y"),
        ("CKV_AWS_338", "log group", "retention: 30 days", "retention: 1 year"),
        ("CKV_AWS_7", "key", "rotation: false", "note: Y"),
        ("CKV_AWS_36", "trail", "file_validation: false", "note: Y"),
        ("CKV_AWS_67", "trail", "multi_region: false", "note: Y"),
        ("CKV_AWS_290", "role", 'may: [{does: "s3:*", arns: ["*"]}]', 'may: [{does: "s3:GetObject", arns: ["a"]}]'),
        ("CKV_AWS_355", "role", """policy: '{"Resource": "*"}'""", "policy: every bucket *"),
        ("CKV_AWS_130", "subnet", "auto_public_ip: true", "note: Y"),
        ("CKV2_AWS_71", "certificate", 'domain: "*.example.com"', "domain: example.com"),
        ("CKV2_AWS_38", "zone", "domain: example.com", "domain: example.com, private: true"),
        ("CKV_AWS_174", "distribution", "tls_policy: TLSv1", "note: Y"),
    ],
)
def test_a_stated_fact_explains_its_check_at_its_line_and_its_contrary_does_not(
    system: System, check: str, kind: str, wrong: str, right: str
) -> None:
    home, text = ELEMENTS[kind]
    line = text[: text.index("@")].count("\n") + 4

    assert said(system, text.replace("@", f", {wrong}"), check, "aws_thing.x", *home, "x").partition(":")[0] == str(
        line
    )
    assert said(system, text.replace("@", f", {right}"), check, "aws_thing.x", *home, "x") == ""


@pytest.mark.parametrize("check", ["CKV_AWS_310", "CKV_AWS_374", "CKV2_AWS_65"])
def test_what_no_spec_can_state_of_a_distribution_is_explained_of_distributions_alone(
    system: System, check: str
) -> None:
    home, text = ELEMENTS["distribution"]

    assert said(system, text.replace("@", ""), check, "aws_cloudfront_distribution.x", *home, "x").startswith("6: ")
    assert said(system, ELEMENTS["queue"][1].replace("@", ""), check, "aws_x.x", "messaging", "queues", "x") == ""


LOGS = """\
  load_balancers:
    alb: {subnets: [a, b], access_logs: logs}
data:
  buckets:
    logs: {title: Logs}
    other: {title: Other}
"""


@pytest.mark.parametrize("check", ["CKV_AWS_145", "CKV_AWS_18"])
def test_the_bucket_that_takes_access_logs_cannot_pass_and_no_other_bucket_is_excused(
    system: System, check: str
) -> None:
    text = NETWORK + LOGS
    added = said(system, text, check, "aws_s3_bucket.derived__bucket__logs", "network", "load_balancers", "alb")
    named = said(system, text, check, "aws_s3_bucket.logs", "data", "buckets", "logs")

    assert (bool(added), bool(named)) == (True, True)
    assert said(system, text, check, "aws_s3_bucket.other", "data", "buckets", "other") == ""


def test_the_log_of_a_replica_would_be_in_another_region(system: System) -> None:
    text = "data:\n  buckets:\n    x: {replication: true, versioning: true}\n"

    assert said(system, text, "CKV_AWS_18", "aws_s3_bucket.x__replica", "data", "buckets", "x").startswith("6: ")
    assert said(system, text, "CKV_AWS_18", "aws_s3_bucket.x", "data", "buckets", "x") == ""


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        ("note: Y", "6: no `rotation`, which takes a function that changes the secret"),
        ("rotation: planned", "6: no `rotation`, which takes a function that changes the secret"),
        ("rotation: true", "6: `rotation: true`, and no function that changes the secret"),
    ],
)
def test_a_secret_is_rotated_by_a_function_which_no_spec_describes(system: System, secret: str, expected: str) -> None:
    text = f"security:\n  secrets:\n    x: {{{secret}}}\n"

    assert said(system, text, "CKV2_AWS_57", "aws_secretsmanager_secret.x", "security", "secrets", "x") == expected


def test_a_check_that_nobody_explains_is_open(system: System) -> None:
    home, text = ELEMENTS["bucket"]

    assert said(system, text.replace("@", ""), "CKV_AWS_99999", "aws_s3_bucket.x", *home, "x") == ""
    assert "CKV_AWS_99999" not in FACTS


@pytest.mark.parametrize("check", sorted(FACTS))
def test_an_origin_that_is_no_element_is_no_traceback(system: System, check: str) -> None:
    explain = facts.explainer(system(NETWORK).architecture, system(NETWORK).source.locate)

    assert isinstance(explain(check, "aws_s3_bucket.x", Origin("gone", ("data", "buckets", "gone"))), str)


def test_the_reason_names_the_fact_its_file_and_its_line(system: System) -> None:
    home, text = ELEMENTS["database"]
    loaded = system(text.replace("@", ", multi_az: false"))
    path: KeyPath = (*home, "x")
    explain = facts.explainer(loaded.architecture, loaded.source.locate)

    assert explain("CKV_AWS_157", "aws_db_instance.x", Origin("x", path)) == (
        "the spec decides it: `multi_az: false` (sample.yaml:11)"
    )


def test_a_waiver_of_the_spec_gives_its_own_reason_and_a_fact_the_others(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = system(
        "data: {buckets: {one: {versioning: false}, two: {versioning: false}, three: {}}}\n"
        "waivers: [{rule: CKV_AWS_21, subject: one, reason: scratch, owner: us, expires: 2026-12-01}]\n"
    )

    def scan(export: Export, _root: Path) -> Scan:
        found = [finding(export, id_) for id_ in ("one", "two", "three")]
        return Scan(tuple(found), 0, 3, 0, 3)

    monkeypatch.setitem(SCANNERS, "checkov", scan)

    assert [(one.subject, one.waiver) for one in api.scan(loaded, Artifacts(), Path()).findings] == [
        ("one", "scratch"),
        ("two", "the spec decides it: `versioning: false` (sample.yaml:4)"),
        ("three", ""),
    ]


def finding(export: Export, id_: str) -> Finding:
    """Return a finding of CKV_AWS_21 on a bucket, as a scanner makes it."""
    origin = Origin(id_, ("data", "buckets", id_))
    reason = export.explain("CKV_AWS_21", f"aws_s3_bucket.{id_}", origin)
    place = export.locate(origin.path)
    return Finding(place, "CKV_AWS_21", "checkov", id_, "fail", Severity.WARNING, "m", waiver=reason)
