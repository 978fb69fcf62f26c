"""The DNS names that AWS gives elements, and the elements that they are of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.importers.draft import links
from archspec.importers.draft.attributes import blocks, text
from archspec.importers.draft.piece import Given
from archspec.resources.resource import Ref, Resource, Value

_ATTRIBUTES = (
    "dns_name", "domain_name", "bucket_domain_name", "bucket_regional_domain_name", "website_endpoint", "address",
    "endpoint", "reader_endpoint", "primary_endpoint_address", "configuration_endpoint_address", "public_ip",
)  # fmt: skip
_OF_BUCKET = re.compile(r"(?P<bucket>[a-z0-9.-]+?)\.s3(?:-website)?(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?")


class DnsNames(NamedTuple):
    """Finds elements by a reference to them, or by a name of theirs."""

    given: Given
    by_name: dict[str, str]

    @classmethod
    def of(cls, given: Given) -> "DnsNames":
        """Read the names of all elements."""
        addresses = given.inventory.by_address
        found = {
            name: id_
            for address, id_ in given.ids.items()
            if address in addresses
            for name in _names(addresses[address])
        }
        return cls(given, found)

    def element(self, value: Value) -> str:
        """Return the id of the element that a reference or a name leads to."""
        if isinstance(value, Ref):
            found = links.resource(self.given, value)
            # The record that proves a certificate leads to nothing.
            return "" if found and found.type == "aws_acm_certificate" else links.element(self.given, value)
        return self.by_name.get(spelled(text(value)), "")


def spelled(name: str) -> str:
    """Write a name as all are compared: Route 53 puts `dualstack.` before and a dot behind it."""
    plain = name.lower().rstrip(".").removeprefix("dualstack.")
    in_bucket = _OF_BUCKET.fullmatch(plain)
    return f"{in_bucket['bucket']}.s3" if in_bucket else plain


def _names(one: Resource) -> Iterator[str]:
    if one.type == "aws_acm_certificate":
        return
    found = [text(one.values.get(attribute)) for attribute in _ATTRIBUTES]
    if one.type == "aws_s3_bucket" and text(one.values.get("bucket")):
        found.append(f"{text(one.values.get('bucket'))}.s3.amazonaws.com")
    found += [text(block.get("address")) for block in blocks(one.values.get("endpoint"))]
    yield from (spelled(name) for name in found if name)
