"""Prefix lists: those of the spec, and the ids of those that AWS keeps."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.hcl import Block, Body, Reference, Repeated
from archspec.exporters.terraform.resource import Part, Resource, Variable, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.network import PrefixList

_MANAGED = {
    "cloudfront": "com.amazonaws.global.cloudfront.origin-facing",
    "s3": "com.amazonaws.{region}.s3",
    "dynamodb": "com.amazonaws.{region}.dynamodb",
}
"""What AWS calls its own lists.

https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the lists of the spec, and a variable for each of AWS's: looking its id up takes an account."""
    for prefix_list in architecture.network.prefix_lists.values():
        if prefix_list.managed is None:
            yield from _list(prefix_list, architecture)
        else:
            yield _variable(prefix_list, architecture)


def prefix_list_id(prefix_list: PrefixList, architecture: Architecture) -> Reference:
    """Refer to the id of a prefix list."""
    if prefix_list.managed is None:
        return refer("aws_ec2_managed_prefix_list", prefix_list.id)
    return _variable(prefix_list, architecture).reference


def _variable(prefix_list: PrefixList, architecture: Architecture) -> Variable:
    name = _MANAGED[prefix_list.managed or "cloudfront"].format(region=architecture.region)
    return Variable(
        f"prefix_list_{slug(prefix_list.id)}",
        f"id of AWS's prefix list {name} in {architecture.region}: pl-...",
        element=prefix_list.id,
    )


def _list(prefix_list: PrefixList, architecture: Architecture) -> Iterator[Part]:
    version = prefix_list.entries[0].version if prefix_list.entries else 4
    own = tuple(entry for entry in prefix_list.entries if entry.version == version)
    body: Body = {
        "name": named(architecture, prefix_list.id),
        "address_family": f"IPv{version}",
        "max_entries": prefix_list.max_entries or max(len(own), 1),
        "entry": Repeated(tuple(Block({"cidr": str(entry)}) for entry in dict.fromkeys(own))),
        "tags": {"Name": named(architecture, prefix_list.id)},
    }
    yield Resource("aws_ec2_managed_prefix_list", slug(prefix_list.id), origin(prefix_list), body, reasons(prefix_list))
    for i, entry in enumerate(prefix_list.entries):
        if entry.version != version:
            yield Omission(
                (*prefix_list.path, "entries", i), f"the list begins with IPv{version}, and holds one version of IP"
            )
