"""Distributions, zones and web ACLs of Terraform come back as a person writes them in a spec."""

from typing import Any

from archspec.importers.draft import edge
from tests.importers.draft.reading import read

_FRONT: dict[str, dict[str, Any]] = {
    "aws_lb.alb": {"dns_name": "Alb-1.us-east-1.elb.amazonaws.com"},
    "aws_s3_bucket.site": {"bucket": "shop-site"},
    "aws_acm_certificate.cert": {"domain_name": "shop.example"},
    "aws_acm_certificate_validation.cert": {"certificate_arn": "@aws_acm_certificate.cert"},
}


def _distribution(**more: object) -> dict[str, dict[str, Any]]:
    return {**_FRONT, "aws_cloudfront_distribution.cdn": more}


def test_a_distribution_comes_back_with_its_origins() -> None:
    resources = _distribution(
        id="E123",
        domain_name="d1.cloudfront.net",
        aliases=["shop.example"],
        origin=[
            {"domain_name": "shop-site.s3.us-east-1.amazonaws.com", "origin_access_control_id": "OAC1"},
            {"domain_name": "@aws_lb.alb", "custom_header": [{"name": "X-Secret", "value": "s"}]},
        ],
        viewer_certificate=[
            {"acm_certificate_arn": "@aws_acm_certificate_validation.cert", "minimum_protocol_version": "TLSv1.2_2021"}
        ],
    )
    assert read(edge, resources)["cdn"].data == {
        "name": "E123",
        "domain": "d1.cloudfront.net",
        "aliases": ["shop.example"],
        "origins": ["site", "alb"],
        "certificate": "cert",
        "tls_policy": "TLSv1.2_2021",
        "origin_access": "oac",
        "origin_header": True,
    }


def test_an_origin_that_is_no_element_is_said() -> None:
    piece = read(edge, _distribution(origin=[{"domain_name": "blog.example.org"}]))["cdn"]
    assert (piece.data, piece.guesses) == ({}, ("origins are left out that are no element: blog.example.org",))


def test_a_zone_has_the_records_that_lead_to_elements() -> None:
    records: dict[str, dict[str, Any]] = {
        "a": {"name": "", "type": "A", "alias": [{"name": "dualstack.alb-1.us-east-1.elb.amazonaws.com."}]},
        "aaaa": {"name": "shop.example", "type": "AAAA", "alias": [{"name": "@aws_lb.alb"}]},
        "www": {"name": "www", "type": "CNAME", "records": ["@aws_lb.alb"]},
        "mail": {"name": "shop.example", "type": "MX", "records": ["10 mail.example.org"]},
        "proof": {"name": "_x.shop.example", "type": "CNAME", "records": ["y.acm-validations.aws"]},
        "ns": {"name": "shop.example", "type": "NS", "records": ["ns-1.awsdns-1.com"]},
    }
    resources = {
        **_FRONT,
        "aws_route53_zone.zone": {"name": "shop.example."},
        **{f"aws_route53_record.{name}": {"zone_id": "@aws_route53_zone.zone", **one} for name, one in records.items()},
    }
    piece = read(edge, resources)["zone"]
    assert piece.data == {
        "domain": "shop.example",
        "records": [{"name": "shop.example", "target": "alb"}, {"name": "www.shop.example", "target": "alb"}],
    }
    assert piece.guesses == ("records are left out that lead to no element: MX shop.example",)


def test_a_private_zone_names_its_vpcs() -> None:
    resources: dict[str, dict[str, Any]] = {
        "aws_vpc.main": {},
        "aws_vpc.other": {},
        "aws_route53_zone.inside": {"name": "shop.internal", "vpc": [{"vpc_id": "@aws_vpc.main"}]},
        "aws_route53_zone_association.other": {"zone_id": "@aws_route53_zone.inside", "vpc_id": "@aws_vpc.other"},
    }
    expected = {"domain": "shop.internal", "private": True, "vpcs": ["main", "other"]}
    assert read(edge, resources)["inside"].data == expected


def test_a_web_acl_comes_back_with_its_rules_in_their_order() -> None:
    resources: dict[str, dict[str, Any]] = {
        **_FRONT,
        "aws_cloudwatch_log_group.waf-logs": {"name": "aws-waf-logs-shop"},
        "aws_wafv2_web_acl.waf": {
            "scope": "REGIONAL",
            "rule": [
                {"name": "flood", "priority": 2, "statement": [{"rate_based_statement": [{"limit": 2000}]}]},
                {
                    "name": "common",
                    "priority": 1,
                    "override_action": [{"count": [{}]}],
                    "statement": [{"managed_rule_group_statement": [{"name": "AWSManagedRulesCommonRuleSet"}]}],
                },
                {"name": "geo", "priority": 3, "statement": [{"geo_match_statement": [{"country_codes": ["DE"]}]}]},
            ],
        },
        "aws_wafv2_web_acl_association.alb": {
            "web_acl_arn": "@aws_wafv2_web_acl.waf", "resource_arn": "@aws_lb.alb",
        },
        "aws_wafv2_web_acl_logging_configuration.waf": {
            "resource_arn": "@aws_wafv2_web_acl.waf",
            "log_destination_configs": ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-shop:*"],
        },
    }  # fmt: skip
    assert read(edge, resources)["waf"].data == {
        "protects": ["alb"],
        "rules": [
            {"name": "AWSManagedRulesCommonRuleSet", "managed": True, "note": "only counts"},
            {"name": "flood", "limit": 2000, "per": "5 minutes"},
            {"name": "geo"},
        ],
        "log_group": "waf-logs",
    }


def test_a_web_acl_of_cloudfront_protects_the_distributions_that_name_it() -> None:
    resources = _distribution(web_acl_id="@aws_wafv2_web_acl.waf")
    found = read(edge, {**resources, "aws_wafv2_web_acl.waf": {"scope": "CLOUDFRONT"}})
    assert found["waf"].data == {"scope": "cloudfront", "protects": ["cdn"]}
