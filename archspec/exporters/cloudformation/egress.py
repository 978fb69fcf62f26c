"""Security groups from which nothing may leave: CloudFormation lets everything out unless some rule says otherwise.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from archspec.exporters.cloudformation.contents import Entry, address_in
from archspec.exporters.terraform import hcl
from archspec.resources.cloudformation import NOWHERE

_GROUP = "aws_security_group"
_RULE = "aws_vpc_security_group_egress_rule"


def closed(entries: Iterable[Entry]) -> Mapping[str, dict[str, Any]]:
    """Return what is added to each group that no rule lets anything out of: a rule that lets nothing out."""
    found = {entry.one.address: entry.one for entry in entries if entry.one.type in {_GROUP, _RULE}}
    groups = (one.body.get("security_group_id") for one in found.values() if one.type == _RULE)
    opened = {address_in(group.expression) for group in groups if isinstance(group, hcl.Reference)}
    return {
        address: {"SecurityGroupEgress": [dict(NOWHERE)]}
        for address, one in found.items()
        if one.type == _GROUP and address not in opened
    }
