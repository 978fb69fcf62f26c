"""Flow logs of VPCs: those that are stated, and one for each VPC that has none."""

from collections.abc import Iterator

from archspec.exporters.terraform import identity, policies
from archspec.exporters.terraform.hcl import Body, Reference, Template
from archspec.exporters.terraform.log_groups import derived
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.network import Vpc
from archspec.model.observability import FlowLog

_WRITES = (
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
)
_PURPOSE = "flow-logs"


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the flow logs with what they write to. A VPC for which one is stated gets no other."""
    stated = architecture.observability.flow_logs.values()
    for flow_log in stated:
        yield from _stated(flow_log, architecture)
    for vpc in architecture.network.vpcs.values():
        if not any(flow_log.vpc == vpc.id for flow_log in stated):
            yield from _derived(vpc, architecture)


def _derived(vpc: Vpc, architecture: Architecture) -> Iterator[Part]:
    group = refer("aws_cloudwatch_log_group", vpc.id, "arn")
    yield derived(vpc, f"/vpc/{named(architecture, vpc.id)}/flow-logs")
    yield from _role(vpc, group, architecture)
    body: Body = {
        "vpc_id": refer("aws_vpc", vpc.id),
        "traffic_type": "ALL",
        "log_destination": group,
        "iam_role_arn": identity.role_arn(vpc, _PURPOSE),
        "tags": {"Name": named(architecture, vpc.id)},
    }
    reason = (f"derived: no flow log is stated for {vpc.id}",)
    yield Resource("aws_flow_log", slug(vpc.id), origin(vpc), body, reason)


def _stated(flow_log: FlowLog, architecture: Architecture) -> Iterator[Part]:
    group = refer("aws_cloudwatch_log_group", flow_log.log_group or flow_log.id, "arn")
    if not flow_log.bucket:
        if not flow_log.log_group:
            yield derived(flow_log, f"/vpc/{named(architecture, flow_log.id)}")
        yield from _role(flow_log, group, architecture)
    body: Body = {
        "vpc_id": refer("aws_vpc", flow_log.vpc),
        "traffic_type": flow_log.traffic.upper(),
        "log_destination_type": "s3" if flow_log.bucket else None,
        "log_destination": refer("aws_s3_bucket", flow_log.bucket, "arn") if flow_log.bucket else group,
        "iam_role_arn": None if flow_log.bucket else identity.role_arn(flow_log, _PURPOSE),
        "tags": {"Name": named(architecture, flow_log.id)},
    }
    yield Resource("aws_flow_log", slug(flow_log.id), origin(flow_log), body, reasons(flow_log))


def _role(element: Vpc | FlowLog, group: Reference, architecture: Architecture) -> Iterator[Resource]:
    """https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html"""
    needs = policies.allow(_WRITES, [group, Template((group, ":*"))])
    yield from identity.taken(element, _PURPOSE, "vpc-flow-logs", architecture, [needs])
