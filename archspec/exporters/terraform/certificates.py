"""Certificates in AWS Certificate Manager, and the DNS records that prove whose domain it is."""

from collections.abc import Iterator, Sequence

from archspec.exporters.terraform.dns_names import zone_for
from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.resource import (
    Part,
    Resource,
    Variable,
    in_region,
    named,
    origin,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.edge import Zone
from archspec.model.security import Certificate
from archspec.resources.kinds import PART_TAG

CLOUDFRONT_REGION = "us-east-1"
"""Where certificates and web ACLs of CloudFront have to be.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the certificates, those whose domain is not stated as a variable."""
    for certificate in architecture.security.certificates.values():
        if certificate.domain:
            for region in _regions(certificate, architecture):
                yield from _certificate(certificate, region, architecture)
        else:
            yield _variable(certificate)


def certificate_arn(certificate: Certificate, architecture: Architecture, region: str = "") -> Reference:
    """Refer to a certificate once it is issued; AWS refuses a listener whose certificate is not.

    `region` is where it has to be, if that is another Region than the architecture's.
    """
    if not certificate.domain:
        return _variable(certificate).reference
    regions = _regions(certificate, architecture)
    there = region if region in regions else regions[0]
    return refer("aws_acm_certificate_validation", _name(certificate, there, regions), "certificate_arn")


def _regions(certificate: Certificate, architecture: Architecture) -> Sequence[str]:
    """Return where a certificate is: where the spec says, else where it is used, which may be in two Regions."""
    if certificate.region:
        return (certificate.region,)
    distributed = any(one.certificate == certificate.id for one in architecture.edge.distributions.values())
    balancers = architecture.network.load_balancers.values()
    heard = any(one.certificate == certificate.id for balancer in balancers for one in balancer.listeners)
    regions = [architecture.region] if heard or not distributed else []
    return tuple(dict.fromkeys((*regions, *([CLOUDFRONT_REGION] if distributed else []))))


def _name(certificate: Certificate, region: str, regions: Sequence[str]) -> tuple[str, ...]:
    return (certificate.id,) if region == regions[0] else (certificate.id, region)


def _variable(certificate: Certificate) -> Variable:
    where = f" in {certificate.region}" if certificate.region else ""
    return Variable(
        f"certificate_arn_{slug(certificate.id)}",
        f"ARN of the certificate {certificate.id}{where}; the spec states no domain of it",
        element=certificate.id,
    )


def _certificate(certificate: Certificate, region: str, architecture: Architecture) -> Iterator[Resource]:
    regions = _regions(certificate, architecture)
    name, there = _name(certificate, region, regions), in_region(region, architecture)
    stated = origin(certificate, "domain")
    # Of two, one stands for the element.
    part = {PART_TAG: certificate.id} if region != regions[0] else {}
    used = "" if certificate.region or not there else f"derived: CloudFront takes certificates of {region} only"
    body: Body = {
        **there,
        "domain_name": certificate.domain,
        "validation_method": "DNS",
        "tags": {**part, "Name": named(architecture, certificate.id)},
        "lifecycle": Block({"create_before_destroy": True}),
    }
    yield Resource("aws_acm_certificate", slug(*name), stated, body, reasons(certificate, used))
    zone = zone_for(certificate.domain, certificate, architecture)
    validation: Body = {**there, "certificate_arn": refer("aws_acm_certificate", name, "arn")}
    waiting = f"Waits until someone adds the validation records to the DNS zone of {certificate.domain}."
    if zone is not None:
        record = _validation_record(certificate, name, zone)
        yield record
        validation = {**validation, "validation_record_fqdns": [Reference(f"{record.address}.fqdn")]}
    why = () if zone is not None else (waiting,)
    yield Resource("aws_acm_certificate_validation", slug(*name), stated, validation, why)


def _validation_record(certificate: Certificate, name: tuple[str, ...], zone: Zone) -> Resource:
    """https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"""
    options = f"aws_acm_certificate.{slug(*name)}.domain_validation_options"
    parts = {part: Reference(f"one({options}[*].resource_record_{part})") for part in ("name", "type", "value")}
    return Resource(
        "aws_route53_record",
        slug(*name, "validation"),
        origin(certificate, "domain"),
        {
            "zone_id": refer("aws_route53_zone", zone.id, "zone_id"),
            "name": parts["name"],
            "type": parts["type"],
            "ttl": 300,
            "records": [parts["value"]],
            # Certificates for a name and for everything below it, or in two Regions, share one record.
            "allow_overwrite": True,
        },
    )
