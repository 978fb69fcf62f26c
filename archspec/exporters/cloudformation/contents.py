"""Which resources of the Terraform export a template holds, and what stands in the way of the others."""

from collections.abc import Mapping
from typing import NamedTuple

from archspec.artifacts import Omission
from archspec.exporters.cloudformation.issuing import VALIDATION, proof, validates
from archspec.exporters.cloudformation.naming import logical_ids
from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.resource import Resource
from archspec.resources.cloudformation import FORMS, Form

_IMPOSSIBLE = {
    "aws_default_security_group": "its default security group: CloudFormation cannot change what AWS made",
    "aws_inspector2_enabler": "CloudFormation cannot turn Amazon Inspector on",
    "aws_sqs_queue_redrive_allow_policy": (
        "its redrive-allow policy: a queue and its dead-letter queue may not name each other in one template"
    ),
}
"""Types that CloudFormation has no way to write."""

_SAID_BY_ITS_REGION = frozenset({"aws_db_instance_automated_backups_replication"})
"""What stands in another Region in Terraform, and in CloudFormation at what is copied from here."""


class Entry(NamedTuple):
    """A resource, how it is written, and what its body is for that."""

    one: Resource
    form: Form
    body: hcl.Body


class Contents(NamedTuple):
    """What a template holds: entries by address, with the logical id of each; a part has that of the whole.

    `left` says of each other resource, by its address, why it is not there.
    """

    entries: Mapping[str, Entry]
    ids: Mapping[str, str]
    left: Mapping[str, str]

    def omissions(self, resources: Mapping[str, Resource]) -> list[Omission]:
        """Return a note of each resource that is left out."""
        return [Omission(resources[address].origin.path, reason) for address, reason in self.left.items()]


def contents(resources: Mapping[str, Resource]) -> Contents:
    """Return what a template of one Region can hold."""
    left = {address: reason for address, one in resources.items() if (reason := _reason(one))}
    entries = {address: _entry(one, resources) for address, one in resources.items() if address not in left}
    ids = dict(logical_ids(address for address, entry in entries.items() if not entry.form.part_of))
    for address, entry in entries.items():
        if entry.form.part_of:
            whole = _whole(entry)
            if whole in ids:
                ids[address] = ids[whole]
            else:
                left[address] = f"{whole or 'what it belongs to'} is not in the template"
    return Contents({address: entry for address, entry in entries.items() if address not in left}, ids, left)


def _reason(one: Resource) -> str:
    if one.type in _IMPOSSIBLE:
        return _IMPOSSIBLE[one.type]
    if one.type not in FORMS:
        return f"{one.type} is not written as CloudFormation yet"
    if one.type == "aws_ssm_parameter" and one.body.get("type") == "SecureString":
        return "CloudFormation cannot make a parameter of the type SecureString"
    provider = one.body.get("provider")
    if isinstance(provider, hcl.Reference) and one.type not in _SAID_BY_ITS_REGION:
        region = provider.expression.removeprefix("aws.").replace("_", "-")
        return f"{one.address} is in {region}, which takes a stack of its own"
    return ""


def _entry(one: Resource, resources: Mapping[str, Resource]) -> Entry:
    if validates(one) in resources:
        return Entry(one, VALIDATION, proof(one, resources))
    return Entry(one, FORMS[one.type], one.body)


def _whole(entry: Entry) -> str:
    """Return the address of what a part belongs to."""
    reference = entry.body.get(entry.form.part_of)
    return address_in(reference.expression) if isinstance(reference, hcl.Reference) else ""


def address_in(expression: str) -> str:
    """Return the address of the resource that an expression reads.

    >>> address_in("aws_vpc.main.id")
    'aws_vpc.main'
    """
    return ".".join(expression.split(".")[:2])
