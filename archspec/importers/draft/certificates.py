"""Certificates of AWS Certificate Manager → `security.certificates`."""

from collections.abc import Iterator, Sequence

from archspec.importers.draft import links
from archspec.importers.draft.attributes import block, text
from archspec.importers.draft.piece import Given, Piece
from archspec.resources.resource import Ref, Resource

HOME = ("security", "certificates")
TYPES = frozenset({"aws_acm_certificate", "aws_acm_certificate_validation"})
_OF_CLOUDFRONT = "us-east-1"
"""https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"""


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the certificates."""
    distributed = _distributed(given)
    for id_, found in links.by_id(given, "aws_acm_certificate").items():
        regions = {_region(one, distributed) or given.inventory.region for one in found}
        data = {
            "domain": text(found[0].values.get("domain_name")),
            "region": "" if given.inventory.region in regions else next(iter(sorted(regions))),
        }
        yield Piece(HOME, id_, data, found[0].address)


def _region(one: Resource, distributed: Sequence[str]) -> str:
    """Return where a certificate is: as its ARN says, or where CloudFront wants it; nothing where neither tells."""
    parts = text(one.values.get("arn")).split(":")
    known = text(one.values.get("region")) or (parts[3] if len(parts) > 3 else "")
    return known or (_OF_CLOUDFRONT if one.address in distributed else "")


def _distributed(given: Given) -> list[str]:
    """Return the addresses of the certificates that distributions use."""
    found: list[str] = []
    for one in given.inventory.of("aws_cloudfront_distribution"):
        value = block(one.values, "viewer_certificate").get("acm_certificate_arn")
        validation = links.resource(given, value)
        if validation is not None and validation.type == "aws_acm_certificate_validation":
            value = validation.values.get("certificate_arn")
        found += [value.address] if isinstance(value, Ref) else []
    return found
