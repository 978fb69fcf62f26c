"""What CloudFormation says of a resource in another one: the VPC of a gateway, the subnets of a network ACL."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from archspec.importers.cloudformation.functions import value_of
from archspec.importers.cloudformation.scope import Scope
from archspec.resources.cloudformation import NOWHERE
from archspec.resources.resource import Ref, Resource, Value

_GATEWAY = ("AWS::EC2::VPCGatewayAttachment", "InternetGatewayId", "VpcId")
_ACL = ("AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId", "SubnetId")
_TIES = {_GATEWAY[0], "aws_network_acl_association"}
_GROUP = "aws_security_group"
_EGRESS = "aws_vpc_security_group_egress_rule"
_POLICY = "aws_appautoscaling_policy"


def tied(resources: Sequence[Resource], scope: Scope) -> Iterator[Resource]:
    """Yield the resources with what others say of them, without those that do nothing else."""
    vpcs = dict(_pairs(scope, _GATEWAY))
    subnets: dict[str, list[Value]] = {}
    for acl, subnet in _pairs(scope, _ACL):
        subnets.setdefault(acl, []).append(subnet)
    scaled = {one.address: one.values for one in resources if one.type == "aws_appautoscaling_target"}
    opened = {one.values.get("security_group_id") for one in resources if one.type == _EGRESS}
    for one in resources:
        more: dict[str, Value] = {"vpc_id": vpcs[one.address]} if one.address in vpcs else {}
        more |= {"subnet_ids": subnets[one.address]} if one.address in subnets else {}
        more |= _scaled(one, scaled)
        if one.type == _GROUP:
            more["egress"] = _leaving(one, opened)
        if one.type not in _TIES:
            yield one._replace(values={**one.values, **more})


def _leaving(group: Resource, opened: AbstractSet[object]) -> list[Value]:
    """Return the rules inside of a group for what leaves it: where nobody says any, everything may.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
    """
    stated = group.values.get("egress")
    if not isinstance(stated, list):
        is_open = not any(isinstance(one, Ref) and one.address == group.address for one in opened)
        return [{"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}] if is_open else []
    return [one for one in stated if not isinstance(one, Mapping) or one.get("cidr_blocks") != [NOWHERE["CidrIp"]]]


def _scaled(one: Resource, targets: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    """Return what a policy is for that names its target."""
    target = one.values.get("scaling_target_id")
    if one.type != _POLICY or not isinstance(target, Ref):
        return {}
    found = targets.get(target.address, {})
    return {name: found[name] for name in ("resource_id", "scalable_dimension", "service_namespace") if name in found}


def _pairs(scope: Scope, tie: tuple[str, str, str]) -> Iterator[tuple[str, Value]]:
    """Yield what resources of a type tie together: the address of one side, and the other."""
    type_, first, second = tie
    for _, stated in sorted(scope.resources.items()):
        if stated["Type"] == type_ and isinstance(stated.get("Properties"), dict):
            one, other = (value_of(stated["Properties"].get(name), scope) for name in (first, second))
            if isinstance(one, Ref) and isinstance(other, Ref | str):
                yield one.address, other
