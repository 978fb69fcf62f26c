"""CloudFront distributions → `edge.distributions`."""

from collections.abc import Iterator, Sequence
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, block, blocks, text, texts
from archspec.importers.draft.dns_names import DnsNames
from archspec.importers.draft.piece import Given, Piece
from archspec.resources.resource import Resource

HOME = ("edge", "distributions")
TYPES = frozenset({
    "aws_cloudfront_cache_policy", "aws_cloudfront_distribution", "aws_cloudfront_origin_access_control",
    "aws_cloudfront_origin_access_identity", "aws_cloudfront_origin_request_policy",
    "aws_cloudfront_response_headers_policy",
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the distributions."""
    names = DnsNames.of(given)
    for id_, found in links.by_id(given, "aws_cloudfront_distribution").items():
        yield _distribution(given, names, id_, found[0])


def _distribution(given: Given, names: DnsNames, id_: str, one: Resource) -> Piece:
    values = one.values
    origins = blocks(values.get("origin"))
    known = [(names.element(origin.get("domain_name")), origin) for origin in origins]
    buckets = {own for own, resources in links.by_id(given, "aws_s3_bucket").items() if resources}
    shown = block(values, "viewer_certificate")
    data: dict[str, Any] = {
        "name": text(values.get("id")),
        "domain": text(values.get("domain_name")),
        "aliases": texts(values.get("aliases")),
        "origins": [*dict.fromkeys(own for own, _ in known if own)],
        "certificate": links.element(given, shown.get("acm_certificate_arn")),
        "tls_policy": text(shown.get("minimum_protocol_version")),
        "origin_access": _access([origin for own, origin in known if own in buckets or _is_bucket(origin)]),
        "origin_header": _has_header([origin for own, origin in known if own not in buckets and own]),
    }
    lost = [text(origin.get("domain_name")) or "one that is not known yet" for own, origin in known if not own]
    guesses = (f"origins are left out that are no element: {', '.join(lost)}",) if lost else ()
    return Piece(HOME, id_, data, one.address, guesses)


def _is_bucket(origin: Values) -> bool:
    return bool(blocks(origin.get("s3_origin_config")))


def _access(origins: Sequence[Values]) -> str:
    """Tell how the distribution proves to buckets who asks; the newer way first."""
    if any(origin.get("origin_access_control_id") for origin in origins):
        return "oac"
    if any(block(origin, "s3_origin_config").get("origin_access_identity") for origin in origins):
        return "oai"
    return "none" if origins else ""


def _has_header(origins: Sequence[Values]) -> bool | None:
    return any(blocks(origin.get("custom_header")) for origin in origins) if origins else None
