"""DNS zones, distributions and web ACLs, as Route 53, CloudFront and WAF answer.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.importers.account.answers import Answers, Item, at, blocks, made, picked, tags
from archspec.importers.account.discovery import zone_of
from archspec.resources.resource import Resource, Value

_OWN = frozenset({"NS", "SOA"})
"""Records that Route 53 makes in every zone."""


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield zones with their records, distributions, and web ACLs with what they protect."""
    yield from _zones(answers)
    named = {
        asked.parameters["Resource"]: tags(asked.item.get("Tags") or {}, "Items")
        for asked in answers.asked("cloudfront.list_tags_for_resource")
    }
    for one in answers.items("cloudfront.get_distribution"):
        yield made("aws_cloudfront_distribution", one["Id"], _distribution(one), named.get(one.get("ARN")))
    names = {"name": "Name", "description": "Description", "signing_behavior": "SigningBehavior"}
    for one in answers.items("cloudfront.list_origin_access_controls"):
        yield made("aws_cloudfront_origin_access_control", one["Id"], picked(one, names))
    yield from _web_acls(answers)


def _zones(answers: Answers) -> Iterator[Resource]:
    named = {
        asked.parameters["ResourceId"]: tags(asked.item.get("ResourceTagSet") or {})
        for asked in answers.asked("route53.list_tags_for_resource")
    }
    vpcs = {asked.parameters["Id"]: asked.item.get("VPCs") or [] for asked in answers.asked("route53.get_hosted_zone")}
    by_cloud_map = {zone_of(one) for one in answers.items("servicediscovery.list_namespaces")}
    for one in answers.items("route53.list_hosted_zones"):
        id_ = one["Id"].rpartition("/")[2]
        inside: list[Value] = [{"vpc_id": vpc.get("VPCId")} for vpc in vpcs.get(one["Id"], [])]
        values: dict[str, Value] = {"name": one["Name"].rstrip("."), "zone_id": id_, "vpc": inside or None}
        values |= picked(one, {"comment": "Config.Comment", "linked_service": "LinkedService.ServicePrincipal"})
        if id_ in by_cloud_map:
            values["linked_service"] = "servicediscovery.amazonaws.com"
        yield made("aws_route53_zone", id_, values, named.get(id_))
    for asked in answers.asked("route53.list_resource_record_sets"):
        id_ = str(asked.parameters["HostedZoneId"]).rpartition("/")[2]
        if asked.item.get("Type") not in _OWN and id_ not in by_cloud_map:
            name = "_".join(str(asked.item[key]) for key in ("Name", "Type", "SetIdentifier") if key in asked.item)
            yield made("aws_route53_record", f"{id_}_{name}", _record(id_, asked.item))


def _record(zone: str, one: Item) -> dict[str, Value]:
    alias = one.get("AliasTarget")
    # Route 53 adds a dot at the end, and `dualstack.` where an alias was chosen in its console.
    target = str(alias.get("DNSName", "")).rstrip(".").removeprefix("dualstack.") if alias else ""
    return {
        "zone_id": zone,
        "name": one["Name"].rstrip("."),
        "fqdn": one["Name"].rstrip("."),
        "type": one["Type"],
        "ttl": one.get("TTL"),
        "records": at(one, "ResourceRecords[].Value"),
        "alias": [{"name": target, "zone_id": alias.get("HostedZoneId")}] if alias else None,
    }


def _distribution(one: Item) -> dict[str, Value]:
    config: Item = one.get("DistributionConfig") or {}
    shown = {
        "acm_certificate_arn": "ACMCertificateArn",
        "minimum_protocol_version": "MinimumProtocolVersion",
        "ssl_support_method": "SSLSupportMethod",
        "cloudfront_default_certificate": "CloudFrontDefaultCertificate",
    }
    logging = {"bucket": "Bucket", "prefix": "Prefix"}
    return {
        **picked(one, {"arn": "ARN", "domain_name": "DomainName"}),
        **picked(config, {"enabled": "Enabled", "comment": "Comment", "default_root_object": "DefaultRootObject"}),
        "web_acl_id": config.get("WebACLId") or None,
        "aliases": at(config, "Aliases.Items") or [],
        "origin": [_origin(origin) for origin in at(config, "Origins.Items") or []],
        "viewer_certificate": [picked(config.get("ViewerCertificate") or {}, shown)],
        "logging_config": [picked(config["Logging"], logging)] if at(config, "Logging.Bucket") else [],
    }


def _origin(one: Item) -> dict[str, Value]:
    names = {"domain_name": "DomainName", "origin_id": "Id", "origin_access_control_id": "OriginAccessControlId"}
    found = picked(one, names)
    headers = at(one, "CustomHeaders.Items") or []
    found["custom_header"] = [{"name": header.get("HeaderName")} for header in headers]
    identity = at(one, "S3OriginConfig.OriginAccessIdentity")
    if identity:
        found["s3_origin_config"] = [{"origin_access_identity": identity}]
    return {name: value for name, value in found.items() if value}


def _web_acls(answers: Answers) -> Iterator[Resource]:
    named = {
        asked.parameters["ResourceARN"]: tags(asked.item.get("TagInfoForResource") or {}, "TagList")
        for asked in answers.asked("wafv2.list_tags_for_resource")
    }
    names = {"resource_arn": "ResourceArn", "log_destination_configs": "LogDestinationConfigs"}
    for item in answers.items("wafv2.list_logging_configurations"):
        yield made("aws_wafv2_web_acl_logging_configuration", item["ResourceArn"], picked(item, names))
    for asked in answers.asked("wafv2.get_web_acl"):
        one: Mapping[str, Any] = asked.item.get("WebACL") or {}
        values: dict[str, Value] = {
            **picked(one, {"name": "Name", "arn": "ARN", "description": "Description"}),
            "scope": asked.parameters.get("Scope"),
            "default_action": [blocks(one.get("DefaultAction") or {})],
            "rule": [blocks(rule) for rule in one.get("Rules", [])],
        }
        yield made("aws_wafv2_web_acl", one["Id"], values, named.get(one.get("ARN")))
    for asked in answers.asked("wafv2.get_web_acl_for_resource"):
        arn, resource = at(asked.item, "WebACL.ARN"), asked.parameters["ResourceArn"]
        if arn:
            yield made(
                "aws_wafv2_web_acl_association", f"{arn},{resource}", {"web_acl_arn": arn, "resource_arn": resource}
            )
