"""What CloudFormation ties together by resources of their own: gateways and VPCs, network ACLs and subnets.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcgatewayattachment.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetnetworkaclassociation.html
"""

from collections.abc import Iterator
from typing import Any

from archspec.exporters.cloudformation.values import Names, written
from archspec.exporters.terraform import hcl
from archspec.exporters.terraform.resource import Resource

_GATEWAY = "aws_internet_gateway"


def attachments(one: Resource, names: Names) -> dict[str, Any]:
    """Return what ties a resource to others, by logical id; nothing for most."""
    own = {"Ref": names.ids[one.address]}
    if one.type == _GATEWAY:
        found = {"VpcId": written(one.body["vpc_id"], names), "InternetGatewayId": own}
        return {_name(names.ids[one.address]): {"Type": "AWS::EC2::VPCGatewayAttachment", "Properties": found}}
    if one.type == "aws_network_acl":
        return dict(_associations(one, names, own))
    return {}


def _associations(one: Resource, names: Names, own: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    subnets = one.body.get("subnet_ids")
    for subnet in subnets if isinstance(subnets, list | tuple) else ():
        reference = written(subnet, names)
        found = {"SubnetId": reference, "NetworkAclId": own}
        name = f"{names.ids[one.address]}{reference['Ref']}"
        yield name, {"Type": "AWS::EC2::SubnetNetworkAclAssociation", "Properties": found}


def awaited(one: Resource, names: Names) -> set[str]:
    """Return the attachments that a route needs before it is made."""
    gateway = one.body.get("gateway_id")
    address = ".".join(gateway.expression.split(".")[:2]) if isinstance(gateway, hcl.Reference) else ""
    return {_name(names.ids[address])} if address.startswith(_GATEWAY) and address in names.ids else set()


def _name(gateway: str) -> str:
    return f"{gateway}Attachment"
