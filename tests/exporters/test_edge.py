"""What the Terraform exporter makes of load balancers, zones, certificates, distributions and web ACLs."""

from pathlib import Path
from typing import Any

import pytest

from archspec.artifacts import Origin
from archspec.defaults import complete
from archspec.exporters.terraform import access_logs, distribution_logs
from archspec.exporters.terraform.files import Collected, collect
from archspec.exporters.terraform.hcl import Block, Json, Reference, Repeated, Template
from archspec.importers import spec

ROOT = Path(__file__).parents[2]
EDGE = ROOT / "tests/exporters/specs/edge.yaml"
HEADER = "archspec: 1\nname: sample\nregion: %s\n"
NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: %(region)sa, tier: public, cidr: 10.0.1.0/24}
    b: {az: %(region)sb, tier: public, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers:
    alb: {subnets: [a, b], security_groups: [sg], listeners: [{port: 443, protocol: HTTPS, certificate: cert}]%(alb)s}
    nlb: {type: network, scheme: internal, subnets: [a], listeners: [{port: 5, protocol: TCP, forward: raw}]%(nlb)s}
  target_groups: {web-tg: {target: web, port: 80%(web)s}, raw-tg: {target: raw, port: 5, protocol: TCP%(raw)s}}
compute:
  services:
    web: {image: "i:1", port: 80, subnets: [a], security_groups: [sg], load_balancer: alb}
    raw: {image: "i:1", port: 5, subnets: [a], security_groups: [sg]}
security: {certificates: {cert: {domain: www.acme.test%(cert)s}}}
"""
ZONES_ALONE = "edge: {zones: {out: {domain: out.test}}}\n"
CDN = "data: {buckets: {site: {}}}\nedge: {distributions: {cdn: {origins: [site]%s}}}\n"


def made(text: str, region: str = "us-east-1") -> Collected:
    return collect(complete(spec.parse(HEADER % region + text).architecture))


def network(region: str = "us-east-1", **stated: str) -> str:
    holes = dict.fromkeys(("alb", "nlb", "web", "raw", "cert"), "")
    return NETWORK % {**holes, **{name: f", {text}" for name, text in stated.items()}, "region": region}


def body(found: Collected, address: str) -> dict[str, Any]:
    """Return what stands in a resource, without its tags and what is left out."""
    return {name: one for name, one in found.resources[address].body.items() if one is not None and name != "tags"}


def inside(block: object) -> dict[str, Any]:
    """Return what stands in a nested block, without what is left out."""
    assert isinstance(block, Block)
    return {name: one for name, one in block.body.items() if one is not None}


def statements(policy: object) -> list[Any]:
    """Return the statements of a policy."""
    assert isinstance(policy, Json)
    assert isinstance(policy.value, dict)
    return [*policy.value["Statement"]]


def omitted(found: Collected) -> dict[str, str]:
    return {".".join(map(str, one.path)): one.reason for one in found.omissions}


def test_a_load_balancer_is_as_the_spec_says() -> None:
    found = made(network(alb="cross_zone: false, idle_timeout: 2 minutes, domain: x.elb.amazonaws.com"))
    assert body(found, "aws_lb.alb")["idle_timeout"] == 120
    assert found.resources["aws_lb.alb"].reasons == (
        "Not exported: domain: AWS chooses another than x.elb.amazonaws.com",
    )
    assert body(found, "aws_lb_target_group.web_tg")["load_balancing_cross_zone_enabled"] == "false"


def test_a_network_load_balancer_balances_across_zones_and_its_tcp_listeners_have_the_timeout() -> None:
    found = made(network(nlb="cross_zone: false, idle_timeout: 400 seconds"))
    assert body(found, "aws_lb.nlb")["enable_cross_zone_load_balancing"] is False
    assert body(found, "aws_lb_listener.nlb__5")["tcp_idle_timeout_seconds"] == 400
    assert body(made(network()), "aws_lb.nlb")["enable_cross_zone_load_balancing"] is True


def test_access_logs_go_to_the_bucket_that_the_spec_names() -> None:
    found = made(network(alb="access_logs: logs") + "data: {buckets: {logs: {}}}\n")
    assert {id_: inside(body(found, f"aws_lb.{id_}")["access_logs"])["bucket"] for id_ in ("alb", "nlb")} == {
        "alb": Reference("aws_s3_bucket.logs.id"),
        "nlb": Reference(f"aws_s3_bucket.{access_logs.NAME}.id"),
    }


def test_a_listener_has_the_policy_that_the_spec_names() -> None:
    policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
    text = network().replace("certificate: cert}", f"certificate: cert, tls_policy: {policy}}}")
    assert body(made(text), "aws_lb_listener.alb__443")["ssl_policy"] == policy
    assert body(made(network()), "aws_lb_listener.alb__443")["ssl_policy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"


def test_a_target_group_is_as_the_spec_says() -> None:
    found = made(
        network(
            web="health_check: /up, health_port: 9090, interval: 20s, timeout: 5s, healthy_after: 2, "
            "unhealthy_after: 4, deregistration_delay: 30s, algorithm: least_outstanding_requests, "
            "target_type: instance"
        )
    )
    assert body(found, "aws_lb_target_group.web_tg") == {
        "name": "sample-web-tg",
        "port": 80,
        "protocol": "HTTP",
        "target_type": "instance",
        "vpc_id": Reference("aws_vpc.main.id"),
        "deregistration_delay": 30,
        "load_balancing_algorithm_type": "least_outstanding_requests",
        "health_check": Block(
            {
                "path": "/up",
                "port": "9090",
                "protocol": "HTTP",
                "matcher": "200-399",
                "interval": 20,
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 4,
            }
        ),
    }


def test_what_speaks_no_http_is_asked_for_a_connection_unless_the_spec_names_a_path() -> None:
    checks = [inside(body(made(text), "aws_lb_target_group.raw_tg")["health_check"]) for text in (
        network(), network(raw="health_check: /up"))]  # fmt: skip
    assert checks == [{"protocol": "TCP"}, {"path": "/up", "protocol": "HTTP", "matcher": "200-399"}]


@pytest.mark.parametrize(
    ("stated", "sticky"),
    [
        ("sticky: true", {"type": "lb_cookie", "enabled": True}),
        ("stickiness: 24h", {"type": "lb_cookie", "enabled": True, "cookie_duration": 86400}),
        ("sticky: false", {"type": "lb_cookie", "enabled": False}),
    ],
)
def test_stickiness_is_that_of_the_load_balancer_in_front(stated: str, sticky: dict[str, object]) -> None:
    group = body(made(network(alb=stated)), "aws_lb_target_group.web_tg")
    assert inside(group["stickiness"]) == sticky


def test_behind_a_network_load_balancer_addresses_stick() -> None:
    group = body(made(network(nlb="sticky: true")), "aws_lb_target_group.raw_tg")
    assert inside(group["stickiness"]) == {"type": "source_ip", "enabled": True}


def test_an_algorithm_needs_an_application_load_balancer() -> None:
    found = made(network(raw="algorithm: round_robin"))
    reason = "only application load balancers have algorithms to choose from"
    assert omitted(found)["network.target_groups.raw-tg.algorithm"] == reason
    assert "load_balancing_algorithm_type" not in body(found, "aws_lb_target_group.raw_tg")


ZONES = """edge:
  zones:
    root: {domain: ACME.test., records: [%s]}
    below: {domain: shop.acme.test}
"""


def test_a_record_for_a_load_balancer_is_an_alias() -> None:
    found = made(network() + ZONES % '{name: "@", target: alb, note: the site}')
    assert body(found, "aws_route53_record.root__alb") == {
        "zone_id": Reference("aws_route53_zone.root.zone_id"),
        "name": "acme.test",
        "type": "A",
        "alias": Block(
            {
                "name": Reference("aws_lb.alb.dns_name"),
                "zone_id": Reference("aws_lb.alb.zone_id"),
                "evaluate_target_health": True,
            }
        ),
    }
    assert found.resources["aws_route53_record.root__alb"].reasons == ("the site",)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("www", "www.acme.test"),
        ("www.acme.test", "www.acme.test"),
        ("WWW.ACME.test.", "www.acme.test"),
        ("'*.apps'", "*.apps.acme.test"),
        ("acme.test", "acme.test"),
    ],
)
def test_a_record_has_its_whole_name(written: str, whole: str) -> None:
    found = made(network() + ZONES % f"{{name: {written}, target: alb}}")
    assert body(found, "aws_route53_record.root__alb")["name"] == whole


@pytest.mark.parametrize("hostile", ["a b", "${x}", 'x" }', "..", "-a", "a" * 64])
def test_a_record_whose_name_is_no_name_is_left_out(hostile: str) -> None:
    found = made(network() + ZONES % f"{{name: '{hostile}', target: alb}}")
    assert omitted(found) == {"edge.zones.root.records.0": f"{hostile} is no domain name"}
    assert "aws_route53_record.root__alb" not in found.resources


def test_what_has_no_name_gets_no_record_and_the_zone_itself_no_cname() -> None:
    database = (
        "data: {databases: {db: {engine: postgres, class: db.t4g.medium, subnets: [a, b], security_groups: [sg]}}}\n"
    )
    records = "{name: app, target: web}, {name: acme.test, target: db}, {name: db, target: db}"
    found = made(network() + database + ZONES % records)
    assert body(found, "aws_route53_record.root__db__2") == {
        "zone_id": Reference("aws_route53_zone.root.zone_id"),
        "name": "db.acme.test",
        "type": "CNAME",
        "ttl": 300,
        "records": [Reference("aws_db_instance.db.address")],
    }
    told = {path: reason for path, reason in omitted(found).items() if path.startswith("edge")}
    assert told == {
        "edge.zones.root.records.0": "a service has no DNS name to lead to",
        "edge.zones.root.records.1": "acme.test is the zone itself, which takes no CNAME",
    }


def test_a_zone_is_delegated_to_by_the_zone_above_it() -> None:
    found = made(ZONES % "")
    assert body(found, "aws_route53_record.delegation__below") == {
        "zone_id": Reference("aws_route53_zone.root.zone_id"),
        "name": "shop.acme.test",
        "type": "NS",
        "ttl": 300,
        "records": Reference("aws_route53_zone.below.name_servers"),
    }


def test_a_public_zone_has_no_vpcs() -> None:
    found = made(network() + "edge: {zones: {out: {domain: out.corp, vpcs: [main]}}}\n")
    assert body(found, "aws_route53_zone.out") == {"name": "out.corp", "comment": "out of sample", "vpc": Repeated(())}
    assert omitted(found) == {"edge.zones.out.vpcs": "everybody may ask a public zone, whatever VPC they are in"}


BESIDE = """edge:
  zones: {out: {domain: out.test}, sub: {domain: sub.out.test}, in: {domain: in.corp, private: true, vpcs: [main]}}
"""
LOGGED = "aws_cloudwatch_log_resource_policy.derived__policy__query_logs"


def test_what_is_asked_of_public_zones_is_logged_once_route_53_may_write() -> None:
    found = made(network() + BESIDE)
    logs = {one for one in found.resources if one.startswith("aws_route53_query_log.")}
    assert logs == {"aws_route53_query_log.out", "aws_route53_query_log.sub"}
    assert body(found, "aws_route53_query_log.out") == {
        "zone_id": Reference("aws_route53_zone.out.zone_id"),
        "cloudwatch_log_group_arn": Reference("aws_cloudwatch_log_group.out__queries.arn"),
        "depends_on": [Reference(LOGGED)],
    }
    assert body(found, "aws_cloudwatch_log_group.out__queries") == {
        "name": "/aws/route53/sample-out",
        "retention_in_days": 365,
        "kms_key_id": Reference("aws_kms_key.derived__key__logs.arn"),
    }


def test_route_53_may_write_to_the_groups_of_this_architecture_for_this_account_alone() -> None:
    (statement,) = statements(body(made(ZONES_ALONE), LOGGED)["policy_document"])
    assert statement == {
        "Sid": "QueryLogs",
        "Effect": "Allow",
        "Principal": {"Service": "route53.amazonaws.com"},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": [
            Template(
                (
                    "arn:aws:logs:us-east-1:",
                    Reference("var.account_id"),
                    ":log-group:/aws/route53/sample-*:*",
                )
            )
        ],
        "Condition": {"StringEquals": {"aws:SourceAccount": Reference("var.account_id")}},
    }


def test_queries_are_logged_where_route_53_does_that_whatever_the_region() -> None:
    found = made(ZONES_ALONE, "eu-west-1")
    there = {"provider": Reference("aws.us_east_1")}
    group = body(found, "aws_cloudwatch_log_group.out__queries")
    assert group == {
        **there,
        "name": "/aws/route53/sample-out",
        "retention_in_days": 365,
    }
    assert body(found, LOGGED).items() >= there.items()
    assert [one for one in found.resources if one.startswith("aws_kms_key")] == []


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1"])
def test_where_route_53_has_no_us_east_1_nothing_is_logged(region: str) -> None:
    assert [*made(ZONES_ALONE, region).resources] == ["aws_route53_zone.out"]


def test_a_private_zone_is_that_of_its_vpcs() -> None:
    found = made(network() + "edge: {zones: {in: {domain: in.corp, private: true, vpcs: [main]}}}\n")
    assert body(found, "aws_route53_zone.in") == {
        "name": "in.corp",
        "comment": "in of sample",
        "vpc": Repeated((Block({"vpc_id": Reference("aws_vpc.main.id")}),)),
    }


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("{}", "names no domain"),
        ("{domain: a b}", "a b is no domain name"),
        ("{domain: in.corp, private: true}", "it is private and names no VPC that is exported"),
    ],
)
def test_a_zone_that_cannot_be_is_left_out_with_the_reason(stated: str, reason: str) -> None:
    assert omitted(made(f"edge: {{zones: {{z: {stated}}}}}")) == {"edge.zones.z": reason}


def test_a_record_for_what_is_not_exported_is_left_out() -> None:
    edge = "edge:\n  distributions: {cdn: {}}\n  zones: {z: {domain: acme.test, records: [{name: a, target: cdn}]}}\n"
    assert omitted(made(edge)) == {
        "edge.distributions.cdn": "none of its origins is exported",
        "edge.zones.z.records.0": "cdn is not exported",
    }


def test_a_certificate_is_validated_in_the_innermost_zone_of_its_domain() -> None:
    text = "security: {certificates: {cert: {domain: '*.shop.acme.test'}}}\n" + ZONES % ""
    found = made(text)
    option = "one(aws_acm_certificate.cert.domain_validation_options[*].resource_record_%s)"
    assert body(found, "aws_route53_record.cert__validation") == {
        "zone_id": Reference("aws_route53_zone.below.zone_id"),
        "name": Reference(option % "name"),
        "type": Reference(option % "type"),
        "ttl": 300,
        "records": [Reference(option % "value")],
        "allow_overwrite": True,
    }
    assert body(found, "aws_acm_certificate_validation.cert") == {
        "certificate_arn": Reference("aws_acm_certificate.cert.arn"),
        "validation_record_fqdns": [Reference("aws_route53_record.cert__validation.fqdn")],
    }


@pytest.mark.parametrize(
    "text", ["one(a.b[*].c", "one(a.b[*].c).d", "one(file(a)[*].b)", 'one(a.b[*].c) + "x"', "two(a.b[*].c)"]
)
def test_nothing_but_the_only_block_can_be_asked_for(text: str) -> None:
    with pytest.raises(ValueError, match="is not a reference"):
        Reference(text)


@pytest.mark.parametrize(
    "zone", ["{domain: other.test}", "{domain: me.test}", "{domain: acme.test, private: true, vpcs: [v]}"]
)
def test_a_certificate_without_a_zone_waits_for_somebody(zone: str) -> None:
    text = f"network: {{vpcs: {{v: {{cidr: 10.0.0.0/16}}}}}}\nedge: {{zones: {{z: {zone}}}}}\n"
    found = made(text + "security: {certificates: {cert: {domain: acme.test}}}\n")
    assert found.resources["aws_acm_certificate_validation.cert"].reasons == (
        "Waits until someone adds the validation records to the DNS zone of acme.test.",
    )


def test_a_zone_of_the_same_environment_validates_a_certificate() -> None:
    text = """
environments:
  one: {title: One}
  two: {title: Two}
edge: {zones: {z: {domain: acme.test}}}
security: {certificates: {cert: {domain: www.acme.test}}}
"""
    found = made(text)
    zones = {name: body(found, f"aws_route53_record.{name}__cert__validation")["zone_id"] for name in ("one", "two")}
    assert zones == {name: Reference(f"aws_route53_zone.{name}__z.zone_id") for name in ("one", "two")}


def test_a_certificate_of_another_region_is_made_there() -> None:
    found = made("security: {certificates: {cert: {domain: acme.test, region: us-west-2}}}")
    provider = Reference("aws.us_west_2")
    assert [body(found, f"aws_acm_certificate{kind}.cert")["provider"] for kind in ("", "_validation")] == [
        provider
    ] * 2


def test_a_certificate_of_cloudfront_and_a_load_balancer_is_made_twice() -> None:
    found = made(network("eu-west-1") + CDN % ", certificate: cert", "eu-west-1")
    certificates = {one: found.resources[one] for one in found.resources if one.startswith("aws_acm_certificate.")}
    assert {address: (one.body.get("provider"), one.body["tags"]) for address, one in certificates.items()} == {
        "aws_acm_certificate.cert": (None, {"Element": "cert", "Name": "sample-cert"}),
        "aws_acm_certificate.cert__us_east_1": (
            Reference("aws.us_east_1"),
            {"PartOf": "cert", "Name": "sample-cert"},
        ),
    }
    used = inside(body(found, "aws_cloudfront_distribution.cdn")["viewer_certificate"])["acm_certificate_arn"]
    assert used == Reference("aws_acm_certificate_validation.cert__us_east_1.certificate_arn")
    heard = body(found, "aws_lb_listener.alb__443")["certificate_arn"]
    assert heard == Reference("aws_acm_certificate_validation.cert.certificate_arn")


def test_a_certificate_of_cloudfront_alone_is_made_once() -> None:
    found = made("security: {certificates: {cert: {domain: acme.test}}}\n" + CDN % ", certificate: cert", "eu-west-1")
    assert body(found, "aws_acm_certificate.cert")["provider"] == Reference("aws.us_east_1")
    assert "aws_acm_certificate.cert__us_east_1" not in found.resources


def test_a_certificate_without_a_domain_is_asked_for() -> None:
    found = made("security: {certificates: {cert: {}}}")
    assert found.variables["certificate_arn_cert"].element == "cert"
    assert omitted(found) == {}


def test_a_distribution_reads_its_bucket_as_itself() -> None:
    found = made(CDN % "")
    distribution = body(found, "aws_cloudfront_distribution.cdn")
    (origin,) = distribution["origin"].blocks
    assert origin == Block(
        {
            "origin_id": "site",
            "domain_name": Reference("aws_s3_bucket.site.bucket_regional_domain_name"),
            "origin_access_control_id": Reference("aws_cloudfront_origin_access_control.cdn.id"),
        }
    )
    policy = body(found, "aws_s3_bucket_policy.site")["policy"]
    assert isinstance(policy, Json)
    assert isinstance(policy.value, dict)
    assert policy.value["Statement"][-1] == {
        "Sid": "Distribution0",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Condition": {"StringEquals": {"AWS:SourceArn": Reference("aws_cloudfront_distribution.cdn.arn")}},
        "Action": "s3:GetObject",
        "Resource": Template((Reference("aws_s3_bucket.site.arn"), "/*")),
    }


def test_a_distribution_that_says_nothing_redirects_logs_and_has_aws_certificate() -> None:
    distribution = body(made(CDN % ""), "aws_cloudfront_distribution.cdn")
    assert inside(distribution["viewer_certificate"]) == {"cloudfront_default_certificate": True}
    assert inside(distribution["default_cache_behavior"])["viewer_protocol_policy"] == "redirect-to-https"
    assert inside(distribution["logging_config"]) == {
        "bucket": Reference(f"aws_s3_bucket.{distribution_logs.NAME}.bucket_domain_name"),
        "prefix": "cdn/",
    }


def test_distributions_add_hsts_even_where_an_origin_says_less() -> None:
    headers = inside(
        body(made(CDN % ""), "aws_cloudfront_response_headers_policy.security_headers")["security_headers_config"]
    )
    assert inside(headers["strict_transport_security"]) == {
        "access_control_max_age_sec": 31_536_000,
        "include_subdomains": True,
        "preload": True,
        "override": True,
    }


def test_an_origin_access_identity_is_made_where_the_spec_wants_one() -> None:
    found = made(CDN % ", origin_access: oai")
    (origin,) = body(found, "aws_cloudfront_distribution.cdn")["origin"].blocks
    identity = "aws_cloudfront_origin_access_identity.cdn"
    assert inside(origin)["s3_origin_config"] == Block(
        {"origin_access_identity": Reference(f"{identity}.cloudfront_access_identity_path")}
    )
    assert "aws_cloudfront_origin_access_control.cdn" not in found.resources


def test_without_origin_access_the_bucket_lets_nobody_in() -> None:
    found = made(CDN % ", origin_access: none")
    assert not [one for one in found.resources if one.startswith("aws_cloudfront_origin_access")]
    assert "cloudfront" not in repr(body(found, "aws_s3_bucket_policy.site"))


def test_names_without_a_certificate_ask_for_one() -> None:
    found = made(CDN % ", aliases: [www.acme.test], tls_policy: TLSv1.2_2019")
    assert inside(body(found, "aws_cloudfront_distribution.cdn")["viewer_certificate"]) == {
        "acm_certificate_arn": Reference("var.certificate_arn__cdn"),
        "ssl_support_method": "sni-only",
        "minimum_protocol_version": "TLSv1.2_2019",
    }


@pytest.mark.parametrize(
    ("listener", "ports", "policy"),
    [
        ("port: 8443, protocol: HTTPS", (80, 8443), "https-only"),
        ("port: 8080, protocol: HTTP", (8080, 443), "http-only"),
    ],
)
def test_a_load_balancer_is_asked_on_a_port_that_it_has(listener: str, ports: tuple[int, int], policy: str) -> None:
    text = network().replace("port: 443, protocol: HTTPS", listener)
    found = made(text + "edge: {distributions: {cdn: {origins: [alb], origin_header: true}}}\n")
    (origin,) = body(found, "aws_cloudfront_distribution.cdn")["origin"].blocks
    assert inside(origin) == {
        "origin_id": "alb",
        "domain_name": Reference("aws_lb.alb.dns_name"),
        "custom_origin_config": Block(
            {
                "http_port": ports[0],
                "https_port": ports[1],
                "origin_protocol_policy": policy,
                "origin_ssl_protocols": ["TLSv1.2"],
            }
        ),
        "custom_header": Block({"name": "X-Origin-Verify", "value": Reference("var.origin_header_cdn")}),
    }
    assert found.variables["origin_header_cdn"].sensitive


def test_origins_that_cloudfront_cannot_ask_are_told() -> None:
    found = made(network() + "edge: {distributions: {cdn: {origins: [nlb, web, alb]}}}\n")
    assert [one.reason for one in found.omissions if one.path[:3] == ("edge", "distributions", "cdn")] == [
        "nlb is an internal load balancer, which CloudFront does not reach",
        "web is a service, which has no address of its own",
    ]


def acl(stated: str) -> Collected:
    return made(network() + f"edge: {{web_acls: {{acl: {stated}}}}}\n")


def rules(found: Collected) -> list[tuple[str, int, dict[str, Any]]]:
    blocks = [inside(one) for one in body(found, "aws_wafv2_web_acl.acl")["rule"].blocks]
    return [(one["name"], one["priority"], inside(one["statement"])) for one in blocks]


def test_a_web_acl_has_the_rules_of_the_spec_in_their_order() -> None:
    found = acl(
        "{rules: [{name: AWSManagedRulesSQLiRuleSet, managed: true}, {name: 'a ${b}', limit: 500, per: 1 minute},"
        " {name: 'a $(b)', limit: 2K}]}"
    )
    assert rules(found) == [
        (
            "AWSManagedRulesSQLiRuleSet",
            0,
            {"managed_rule_group_statement": Block({"name": "AWSManagedRulesSQLiRuleSet", "vendor_name": "AWS"})},
        ),
        (
            "a-b",
            1,
            {"rate_based_statement": Block({"limit": 500, "aggregate_key_type": "IP", "evaluation_window_sec": 60})},
        ),
        (
            "a-b-2",
            2,
            {"rate_based_statement": Block({"limit": 2000, "aggregate_key_type": "IP", "evaluation_window_sec": None})},
        ),
    ]


def test_a_web_acl_without_rules_has_the_usual_ones() -> None:
    assert [name for name, _, _ in rules(acl("{}"))] == [
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesAmazonIpReputationList",
        "requests-from-one-address",
    ]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("name: bots", "it names neither a group of rules that AWS manages nor a limit of requests"),
        (
            "name: Bots, managed: true",
            "AWS manages no group of rules called Bots: their names begin with AWSManagedRules",
        ),
        ("name: few, limit: 5", "WAF limits requests from 10 on, not 5"),
        ("name: slow, limit: 50, per: 1 hour", "WAF counts requests over 1, 2, 5 or 10 minutes, not 1 hour"),
    ],
)
def test_a_rule_that_waf_does_not_have_is_left_out_with_the_reason(rule: str, reason: str) -> None:
    found = acl(f"{{rules: [{{{rule}}}, {{name: AWSManagedRulesSQLiRuleSet, managed: true}}]}}")
    assert omitted(found) == {"edge.web_acls.acl.rules.0": reason}
    assert [(name, priority) for name, priority, _ in rules(found)] == [("AWSManagedRulesSQLiRuleSet", 1)]


def test_a_web_acl_protects_and_logs() -> None:
    found = acl("{protects: [alb]}")
    assert body(found, "aws_wafv2_web_acl_association.acl__alb") == {
        "resource_arn": Reference("aws_lb.alb.arn"),
        "web_acl_arn": Reference("aws_wafv2_web_acl.acl.arn"),
    }
    assert body(found, "aws_wafv2_web_acl_logging_configuration.acl") == {
        "resource_arn": Reference("aws_wafv2_web_acl.acl.arn"),
        "log_destination_configs": [Reference("aws_cloudwatch_log_group.acl__logs.arn")],
    }
    assert body(found, "aws_cloudwatch_log_group.acl__logs")["name"] == "aws-waf-logs-sample-acl"


def test_a_web_acl_logs_where_the_spec_says() -> None:
    found = made(
        network()
        + "edge: {web_acls: {acl: {log_group: logs}}}\nobservability: {log_groups: {logs: {retention: 30d}}}\n"
    )
    assert body(found, "aws_wafv2_web_acl_logging_configuration.acl")["log_destination_configs"] == [
        Reference("aws_cloudwatch_log_group.logs.arn")
    ]
    assert body(found, "aws_cloudwatch_log_group.logs")["name"] == "aws-waf-logs-sample-logs"


def test_what_a_web_acl_cannot_protect_is_told() -> None:
    text = (
        network()
        + "data: {buckets: {site: {}}}\n"
        + "edge:\n  distributions: {cdn: {origins: [site]}}\n  web_acls:\n"
        + "    acl-1: {protects: [alb, nlb, cdn]}\n    acl-2: {protects: [alb]}\n    acl-3: {managed_by: Amplify}\n"
    )
    found = made(text)
    assert [(".".join(map(str, one.path[2:])), one.reason) for one in found.omissions if one.path[1] == "web_acls"] == [
        ("acl-1.protects", "cdn is out of reach: a regional web ACL protects load balancers only"),
        ("acl-1.protects", "nlb is a network load balancer, and WAF protects none of those"),
        ("acl-2.protects", "another web ACL protects alb, and AWS takes one"),
        ("acl-3", "Amplify makes and changes it"),
    ]


def test_a_web_acl_of_cloudfront_is_in_its_region() -> None:
    text = (
        "data: {buckets: {site: {}}}\nedge:\n  distributions: {cdn: {origins: [site]}}\n"
        "  web_acls: {acl: {scope: cloudfront, protects: [cdn], log_group: logs}}\n"
        "observability: {log_groups: {logs: {}}}\n"
    )
    found = made(text, "eu-west-1")
    there = Reference("aws.us_east_1")
    assert {address: one.body.get("provider") for address, one in found.resources.items() if "acl" in address} == {
        "aws_wafv2_web_acl.acl": there,
        "aws_wafv2_web_acl_logging_configuration.acl": there,
        "aws_cloudwatch_log_group.acl__logs": there,
    }
    assert body(found, "aws_cloudfront_distribution.cdn")["web_acl_id"] == Reference("aws_wafv2_web_acl.acl.arn")
    assert omitted(found) == {"edge.web_acls.acl.log_group": "CloudFront's web ACLs log in us-east-1 only"}


def test_every_origin_of_the_edge_is_a_place_in_its_own_element() -> None:
    architecture = complete(spec.load(EDGE).architecture)
    found = collect(architecture)
    origins = [one.origin for one in found.resources.values()]
    assert [
        one for one in origins if one != Origin(one.element, (*architecture.elements[one.element].path, *one.path[3:]))
    ] == []


def test_names_that_aws_limits_to_32_characters_are_short_and_different() -> None:
    found = collect(complete(spec.load(ROOT / "specs/z360.yaml").architecture))
    names = [str(one.body["name"]) for one in found.resources.values() if one.type in {"aws_lb", "aws_lb_target_group"}]
    assert len(names) == len({*names}) > 0
    assert max(map(len, names)) <= 32
