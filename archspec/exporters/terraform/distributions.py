"""CloudFront distributions, with what lets them in at their origins."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import access_logs, distribution_logs
from archspec.exporters.terraform.certificates import CLOUDFRONT_REGION, certificate_arn
from archspec.exporters.terraform.distribution_origins import exported_origins, origin_block, origin_problem
from archspec.exporters.terraform.hcl import Block, Body, Repeated, Template, Value
from archspec.exporters.terraform.resource import (
    ACCOUNT,
    Part,
    Resource,
    Variable,
    named,
    origin,
    partition,
    reasons,
    refer,
    shortened,
    slug,
)
from archspec.exporters.terraform.web_acls import web_acl_of
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket
from archspec.model.edge import Distribution

_TLS_POLICY = "TLSv1.2_2021"
_TLS_POLICIES = frozenset({"SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", _TLS_POLICY})
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html"""
_CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
_NOT_CACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
_ALL_OF_THE_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
"""Policies that AWS keeps, by their ids: CachingOptimized, CachingDisabled, AllViewer.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
"""
_HEADERS = "security-headers"
_YEAR = 31_536_000


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the distributions that have an origin, and the headers that all of them add."""
    made = []
    for distribution in architecture.edge.distributions.values():
        if exported_origins(distribution, architecture):
            made.append(distribution)
            yield from _distribution(distribution, architecture)
        else:
            yield Omission(distribution.path, "none of its origins is exported")
        problems = (origin_problem(id_, architecture) for id_ in distribution.origins)
        yield from (Omission((*distribution.path, "origins"), problem) for problem in problems if problem)
    for distribution in made[:1]:
        yield _security_headers(distribution, architecture)


def reading_statements(bucket: Bucket, architecture: Architecture) -> list[dict[str, Value]]:
    """Return what the policy of a bucket has to say for the distributions that it is an origin of.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    """
    return [
        {
            "Sid": f"Distribution{i}",
            "Effect": "Allow",
            **_reader(distribution, bucket, architecture),
            "Action": "s3:GetObject",
            "Resource": Template((refer("aws_s3_bucket", bucket.id, "arn"), "/*")),
        }
        for i, distribution in enumerate(architecture.edge.distributions.values())
        if bucket.id in distribution.origins and distribution.origin_access != "none"
    ]


def _reader(distribution: Distribution, bucket: Bucket, architecture: Architecture) -> dict[str, Value]:
    if distribution.origin_access == "oai":
        return {"Principal": {"AWS": refer("aws_cloudfront_origin_access_identity", distribution.id, "iam_arn")}}
    arn: Value = refer("aws_cloudfront_distribution", distribution.id, "arn")
    if access_logs.writers(bucket, architecture):
        # A load balancer waits for this policy, and the distribution may wait for that load balancer.
        arn = Template((f"arn:{partition(architecture.region)}:cloudfront::", ACCOUNT, ":distribution/*"))
    return {
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Condition": {"ArnLike" if isinstance(arn, Template) else "StringEquals": {"AWS:SourceArn": arn}},
    }


def _distribution(distribution: Distribution, architecture: Architecture) -> Iterator[Part]:
    origins = exported_origins(distribution, architecture)
    buckets = [id_ for id_ in origins if id_ in architecture.data.buckets]
    if buckets and distribution.origin_access != "none":
        yield _access(distribution, architecture)
    if distribution.origin_header and len(buckets) < len(origins):
        yield _secret(distribution)
        reason = "the load balancer does not yet refuse requests without the header"
        yield Omission((*distribution.path, "origin_header"), reason)
    if distribution.tls_policy and not _has_policy(distribution):
        yield Omission((*distribution.path, "tls_policy"), f"CloudFront has no policy '{distribution.tls_policy}'")
    if distribution.aliases and not distribution.certificate:
        yield _certificate_variable(distribution)
    blocks = (origin_block(id_, distribution, _secret(distribution), architecture) for id_ in origins)
    body: Body = {
        "enabled": True,
        "is_ipv6_enabled": True,
        "comment": shortened(f"{distribution.id} of {architecture.name}", 128),
        "aliases": list(distribution.aliases) or None,
        "default_root_object": "index.html" if origins[0] in buckets else None,
        "http_version": "http2and3",
        "web_acl_id": web_acl_of(distribution.id, architecture),
        "origin": Repeated(tuple(blocks)),
        "default_cache_behavior": _behaviour(origins[0], is_bucket=origins[0] in buckets),
        "restrictions": Block({"geo_restriction": Block({"restriction_type": "none"})}),
        "viewer_certificate": _viewer_certificate(distribution, architecture),
        "logging_config": Block({"bucket": distribution_logs.bucket(), "prefix": f"{distribution.id}/"}),
        "tags": {"Name": named(architecture, distribution.id)},
        "depends_on": [distribution_logs.ready()],
    }
    root = "derived: no root object is stated, so it is index.html" if origins[0] in buckets else ""
    notes = (root, _others(origins), _own_domain(distribution))
    yield Resource(
        "aws_cloudfront_distribution", slug(distribution.id), origin(distribution), body, reasons(distribution, *notes)
    )


def _others(origins: list[str]) -> str:
    return f"No paths are stated: everything is asked of {origins[0]}." if len(origins) > 1 else ""


def _own_domain(distribution: Distribution) -> str:
    chosen = distribution.domain
    return f"Not exported: domain: CloudFront chooses another than {chosen}" if chosen else ""


def _access(distribution: Distribution, architecture: Architecture) -> Resource:
    if distribution.origin_access == "oai":
        comment: Body = {"comment": f"{distribution.id} of {architecture.name}"}
        kind = "aws_cloudfront_origin_access_identity"
        return Resource(kind, slug(distribution.id), origin(distribution, "origin_access"), comment)
    body: Body = {
        "name": named(architecture, distribution.id, 64),
        "description": f"Buckets of {distribution.id}",
        "origin_access_control_origin_type": "s3",
        "signing_behavior": "always",
        "signing_protocol": "sigv4",
    }
    return Resource("aws_cloudfront_origin_access_control", slug(distribution.id), origin(distribution), body)


def _secret(distribution: Distribution) -> Variable:
    description = f"secret header by which load balancers know {distribution.id}"
    return Variable(f"origin_header_{slug(distribution.id)}", description, sensitive=True)


def _behaviour(first: str, *, is_bucket: bool) -> Block:
    reading, writing = ["GET", "HEAD", "OPTIONS"], ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    return Block(
        {
            "target_origin_id": first,
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": reading if is_bucket else writing,
            "cached_methods": ["GET", "HEAD"],
            "compress": True,
            "cache_policy_id": _CACHED if is_bucket else _NOT_CACHED,
            # With the viewer's host, which the load balancer's certificate is for.
            "origin_request_policy_id": None if is_bucket else _ALL_OF_THE_VIEWER,
            "response_headers_policy_id": refer("aws_cloudfront_response_headers_policy", _HEADERS),
        }
    )


def _has_policy(distribution: Distribution) -> bool:
    return distribution.tls_policy in _TLS_POLICIES


def _viewer_certificate(distribution: Distribution, architecture: Architecture) -> Block:
    certificate = architecture.security.certificates.get(distribution.certificate)
    if certificate is None and not distribution.aliases:
        return Block({"cloudfront_default_certificate": True})
    arn = (
        certificate_arn(certificate, architecture, CLOUDFRONT_REGION)
        if certificate
        else _certificate_variable(distribution).reference
    )
    return Block(
        {
            "acm_certificate_arn": arn,
            "ssl_support_method": "sni-only",
            "minimum_protocol_version": distribution.tls_policy if _has_policy(distribution) else _TLS_POLICY,
        }
    )


def _certificate_variable(distribution: Distribution) -> Variable:
    description = f"ARN of the certificate for the names of {distribution.id}; the spec names none"
    return Variable(slug("certificate-arn", distribution.id), f"{description}. It has to be in {CLOUDFRONT_REGION}")


def _security_headers(distribution: Distribution, architecture: Architecture) -> Resource:
    """https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html"""
    strict: Body = {
        "access_control_max_age_sec": _YEAR,
        "include_subdomains": True,
        # Whoever owns a domain may then ask browsers to know it as one of HTTPS only: https://hstspreload.org
        "preload": True,
        "override": True,
    }
    headers: Body = {
        "content_type_options": Block({"override": True}),
        "frame_options": Block({"frame_option": "SAMEORIGIN", "override": False}),
        "referrer_policy": Block({"referrer_policy": "strict-origin-when-cross-origin", "override": False}),
        "strict_transport_security": Block(strict),
    }
    body: Body = {
        "name": named(architecture, _HEADERS, 128),
        "security_headers_config": Block(headers),
    }
    notes = (
        "derived: distributions add these headers where an origin does not answer with them, and HSTS always",
        "HSTS with preload: a domain that is then sent to hstspreload.org is HTTPS only in all browsers, for long.",
    )
    return Resource("aws_cloudfront_response_headers_policy", slug(_HEADERS), origin(distribution), body, notes)
