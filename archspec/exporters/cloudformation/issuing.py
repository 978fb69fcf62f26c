"""How ACM proves that a domain is ours: CloudFormation adds the record itself, where it is told the zone.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-certificatemanager-certificate-domainvalidationoption.html
"""

import re
from collections.abc import Mapping

from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.resource import Resource
from archspec.resources.cloudformation import Form

_CERTIFICATE = re.compile(r"one\((aws_acm_certificate\.[a-z0-9_]+)\.")

VALIDATION = Form(
    "AWS::CertificateManager::Certificate",
    {"domain_name": "DomainName", "zone_id": "HostedZoneId"},
    part_of="certificate",
    within="DomainValidationOptions[]",
)
"""How the record that proves a domain is written: as a property of the certificate."""


def validates(one: Resource) -> str:
    """Return the address of the certificate that a record is the proof for, or nothing."""
    name = one.body.get("name") if one.type == "aws_route53_record" else None
    found = _CERTIFICATE.match(name.expression) if isinstance(name, hcl.Reference) else None
    return found[1] if found else ""


def proof(one: Resource, resources: Mapping[str, Resource]) -> hcl.Body:
    """Return what a certificate says of its own record."""
    address = validates(one)
    domain = resources[address].body["domain_name"]
    return {"certificate": hcl.Reference(f"{address}.arn"), "domain_name": domain, "zone_id": one.body["zone_id"]}
