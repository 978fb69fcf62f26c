"""What AWS or Terraform's provider would refuse of a spec is left out of its export, and listed with the reason."""

from typing import Any

import pytest

from archspec.defaults import complete
from archspec.exporters.terraform.files import Collected, collect
from archspec.exporters.terraform.hcl import Block
from archspec.importers import spec

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}}
  security_groups: {sg: {}}
"""
BALANCED = """
  load_balancers: {lb: {subnets: [a, b], security_groups: [sg], listeners: [{port: 80, protocol: HTTP, forward: tg}]%s}}
  target_groups: {tg: {target: s, port: 80%s}}
compute: {services: {s: {image: "i:1", port: 80, subnets: [a], security_groups: [sg]}}}
"""
STORE = "data:\n  %s: {x: {engine: %s, subnets: [a, b], security_groups: [sg], %s}}\n"


def made(text: str) -> Collected:
    return collect(complete(spec.parse(f"archspec: 1\nname: sample\nregion: us-east-1\n{text}").architecture))


def omitted(found: Collected) -> dict[str, str]:
    return {".".join(map(str, one.path)): one.reason for one in found.omissions}


def health(found: Collected) -> dict[str, Any]:
    check = found.resources["aws_lb_target_group.tg"].body["health_check"]
    assert isinstance(check, Block)
    return dict(check.body)


@pytest.mark.parametrize(
    ("stated", "key", "reason"),
    [
        ("interval: 30d", "interval", "interval is 2592000, and AWS takes 5 to 300"),
        ("timeout: 1s", "timeout", "timeout is 1, and AWS takes 2 to 120"),
        ("healthy_after: 11", "healthy_threshold", "healthy threshold is 11, and AWS takes 2 to 10"),
    ],
)
def test_a_number_beyond_what_aws_takes_is_left_out(stated: str, key: str, reason: str) -> None:
    found = made(NETWORK + BALANCED % ("", f", {stated}"))
    assert health(found)[key] is None
    assert omitted(found)["network.target_groups.tg"] == reason


def test_numbers_at_the_bounds_are_exported() -> None:
    found = made(NETWORK + BALANCED % (", idle_timeout: 4000s", ", interval: 300s, timeout: 120s, healthy_after: 2"))
    assert [health(found)[key] for key in ("interval", "timeout", "healthy_threshold")] == [300, 120, 2]
    assert found.resources["aws_lb.lb"].body["idle_timeout"] == 4000
    assert not [path for path in omitted(found) if path.startswith("network")]


def test_what_is_asked_for_health_is_a_path() -> None:
    found = made(NETWORK + BALANCED % ("", ", health_check: healthz"))
    assert health(found)["path"] is None
    assert omitted(found)["network.target_groups.tg.health_check"] == "'healthz' is no path; one begins with /"


@pytest.mark.parametrize(
    ("kind", "engine", "stated", "reason"),
    [
        ("databases", "postgres", "engine_version: a b", "postgres has no version 'a b'"),
        ("databases", "aurora-mysql", "capacity: {min: 1, max: 257}", "Aurora has at most 256 units of capacity"),
        ("caches", "redis", "engine_version: newest", "redis has no version 'newest'"),
        ("caches", "redis", 'engine_version: "5"', "redis has no version '5'"),
        ("caches", "memcached", 'engine_version: "1", class: cache.t4g.small', "memcached has no version '1'"),
    ],
)
def test_a_store_that_cannot_be_is_left_out(kind: str, engine: str, stated: str, reason: str) -> None:
    assert omitted(made(NETWORK + STORE % (kind, engine, stated)))[f"data.{kind}.x"] == reason


@pytest.mark.parametrize(
    ("kind", "engine", "version"),
    [
        ("databases", "aurora-mysql", "8.0.mysql_aurora.3.04.0"),
        ("databases", "postgres", "16"),
        ("caches", "redis", "7.0"),
        ("caches", "redis", "6.x"),
        ("caches", "redis", "5.0.6"),
        ("caches", "valkey", "8"),
    ],
)
def test_versions_as_aws_writes_them_are_exported(kind: str, engine: str, version: str) -> None:
    found = made(NETWORK + STORE % (kind, engine, f'engine_version: "{version}"'))
    assert f"data.{kind}.x" not in omitted(found)


def test_a_namespace_has_a_domain_name() -> None:
    assert omitted(made(NETWORK + "  namespaces: {n: {domain: a b, vpc: main}}\n")) == {
        "network.namespaces.n": "'a b' is no domain name"
    }


def test_what_is_no_region_is_left_out_wherever_it_is_stated() -> None:
    found = made(
        "security: {certificates: {c: {domain: acme.test, region: moon}}}\n"
        "recovery: {region: '${x}'}\ndata: {buckets: {files: {replication: true}}}\n"
    )
    assert omitted(found)["security.certificates.c"] == "'moon' is no AWS Region"
    assert omitted(found)["recovery.region"] == "'${x}' is no AWS Region"
    assert [one for one in found.resources if "replica" in one] == []


def test_an_alarm_on_a_target_group_that_nobody_forwards_to_goes_without_it() -> None:
    text = NETWORK + BALANCED.replace("forward: tg", "redirect: 443") % ("", "")
    alarm = "observability: {alarms: {high: {metric: CPUUtilization, threshold: 80%, watches: [tg]}}}\n"
    found = omitted(made(text + alarm))
    assert found["network.target_groups.tg"] == "no listener forwards to it"
    assert found["observability.alarms.high.watches"] == "tg is not exported"


@pytest.mark.parametrize(
    ("queues", "left"),
    [
        ("{a: {dead_letter: a}}", {"a"}),
        ("{a: {dead_letter: b}, b: {dead_letter: a}}", {"a", "b"}),
        ("{a: {dead_letter: b}, b: {dead_letter: b}}", {"b"}),
        ("{a: {dead_letter: b}, b: {dead_letter: c}, c: {}}", set()),
    ],
)
def test_what_fails_does_not_come_back(queues: str, left: set[str]) -> None:
    found = omitted(made(f"messaging: {{queues: {queues}}}\n"))
    assert found == {f"messaging.queues.{one}.dead_letter": "what fails there would come back here" for one in left}


def test_a_distribution_has_a_tls_policy_of_cloudfront() -> None:
    cdn = "{origins: [files], aliases: [a.test], tls_policy: %s}"
    text = "data: {buckets: {files: {}}}\nedge: {distributions: {cdn: " + cdn + "}}\n"
    assert omitted(made(text % "best")) == {"edge.distributions.cdn.tls_policy": "CloudFront has no policy 'best'"}
    assert omitted(made(text % "TLSv1.2_2019")) == {}


def test_a_bucket_for_the_logs_of_a_load_balancer_and_the_origin_of_a_distribution_before_it_waits_for_neither() -> (
    None
):
    found = made(
        NETWORK + BALANCED % (", access_logs: files", "") + "data: {buckets: {files: {}}}\n"
        "edge: {distributions: {cdn: {origins: [lb, files]}}}\n"
    )
    policy = found.resources["aws_s3_bucket_policy.files"].body["policy"]
    assert "aws_cloudfront_distribution" not in repr(policy)
    assert ":distribution/*" in repr(policy)


def test_a_record_for_a_proxy_that_is_not_exported_is_left_out() -> None:
    found = made(
        NETWORK
        + STORE % ("databases", "docdb", "class: db.t4g.medium")
        + "  proxies: {p: {target: x, subnets: [a, b], security_groups: [sg]}}\n"
        "edge: {zones: {z: {domain: acme.test, records: [{name: db, target: p}]}}}\n"
    )
    assert omitted(found)["edge.zones.z.records.0"] == "p is not exported"
