"""What is asked only to say that it is there: a spec has no kind of element for it. Nothing but its name is kept."""

from typing import NamedTuple

from archspec.importers.account.calls.call import Call

IT = "it"
"""Where a name or an ARN stands that was listed by itself."""


class Known(NamedTuple):
    """How what a call lists is told: Terraform's type of resource, and where an item has its name."""

    type: str
    name: str
    items: str


COUNTED: dict[str, Known] = {
    "apigateway.get_rest_apis": Known("aws_api_gateway_rest_api", "id", "items"),
    "apigatewayv2.get_apis": Known("aws_apigatewayv2_api", "ApiId", "Items"),
    "autoscaling.describe_auto_scaling_groups": Known(
        "aws_autoscaling_group", "AutoScalingGroupName", "AutoScalingGroups"
    ),
    "dynamodb.list_tables": Known("aws_dynamodb_table", IT, "TableNames"),
    "ec2.describe_instances": Known("aws_instance", "InstanceId", "Reservations[].Instances"),
    "efs.describe_file_systems": Known("aws_efs_file_system", "FileSystemId", "FileSystems"),
    "eks.list_clusters": Known("aws_eks_cluster", IT, "clusters"),
    "elb.describe_load_balancers": Known("aws_elb", "LoadBalancerName", "LoadBalancerDescriptions"),
    "kinesis.list_streams": Known("aws_kinesis_stream", IT, "StreamNames"),
    "lambda.list_functions": Known("aws_lambda_function", "FunctionName", "Functions"),
    "stepfunctions.list_state_machines": Known("aws_sfn_state_machine", "name", "stateMachines"),
}
"""Call → what it lists."""

_WHERE = frozenset({"VPCId", "VpcId"})

CALLS: tuple[Call, ...] = (
    *(Call(name, one.items, keep=_WHERE | {one.name}) for name, one in COUNTED.items()),
    Call("resourcegroupstaggingapi.get_resources", "ResourceTagMappingList"),
)
