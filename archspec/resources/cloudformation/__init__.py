"""What CloudFormation calls the types and attributes that Terraform's AWS provider names: one table for both ways.

A name that is not listed is Terraform's in CloudFormation's spelling, `cidr_block` as `CidrBlock`.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
"""

from archspec.resources.cloudformation.backups import BACKUPS
from archspec.resources.cloudformation.caches import CACHES
from archspec.resources.cloudformation.compute import COMPUTE
from archspec.resources.cloudformation.databases import DATABASES
from archspec.resources.cloudformation.delivery import DELIVERY
from archspec.resources.cloudformation.edge import EDGE
from archspec.resources.cloudformation.form import PATTERN, REF, Form, spelling
from archspec.resources.cloudformation.load_balancing import LOAD_BALANCING
from archspec.resources.cloudformation.messaging import MESSAGING
from archspec.resources.cloudformation.network import NETWORK
from archspec.resources.cloudformation.observability import OBSERVABILITY
from archspec.resources.cloudformation.security import SECURITY
from archspec.resources.cloudformation.storage import STORAGE

__all__ = ["FORMS", "NOWHERE", "PATTERN", "REF", "Form", "spelling"]

NOWHERE = {
    "CidrIp": "255.255.255.255/32",
    "Description": "Disallow all traffic",
    "IpProtocol": "icmp",
    "FromPort": 252,
    "ToPort": 86,
}
"""The rule that lets nothing out of a security group, as CDK writes it: without any rule, all may leave.

https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html#allowalloutbound
"""

FORMS: dict[str, Form] = {
    **NETWORK,
    **LOAD_BALANCING,
    **COMPUTE,
    **DATABASES,
    **CACHES,
    **STORAGE,
    **BACKUPS,
    **MESSAGING,
    **SECURITY,
    **OBSERVABILITY,
    **DELIVERY,
    **EDGE,
}
"""Terraform type → how CloudFormation writes it."""
