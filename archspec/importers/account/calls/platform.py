"""What is asked about the network, load balancing, compute and delivery.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html
"""

from archspec.importers.account.calls.call import Call, Each

_VPC = Each("ec2.describe_vpcs", "VpcId", "VpcId")
_NAMESPACE = Each("servicediscovery.list_namespaces", "ResourceARN", "Arn")
_SERVICE = Each("servicediscovery.list_services", "Id", "Id")
_BALANCER = Each("elbv2.describe_load_balancers", "LoadBalancerArn", "LoadBalancerArn")
_LISTENER = Each("elbv2.describe_listeners", "ListenerArn", "ListenerArn")
_GROUP = Each("elbv2.describe_target_groups", "TargetGroupArn", "TargetGroupArn")
_ECS = {"ServiceNamespace": "ecs"}
_REPOSITORY = Each("ecr.describe_repositories", "repositoryName", "repositoryName")

CALLS: tuple[Call, ...] = (
    Call("ec2.describe_vpcs", "Vpcs"),
    Call("ec2.describe_vpc_attribute", "", _VPC, {"Attribute": "enableDnsHostnames"}, variant="hostnames"),
    Call("ec2.describe_vpc_attribute", "", _VPC, {"Attribute": "enableDnsSupport"}, variant="support"),
    Call("ec2.describe_subnets", "Subnets"),
    Call("ec2.describe_internet_gateways", "InternetGateways"),
    Call("ec2.describe_nat_gateways", "NatGateways"),
    Call("ec2.describe_addresses", "Addresses"),
    Call("ec2.describe_route_tables", "RouteTables"),
    Call("ec2.describe_network_acls", "NetworkAcls"),
    Call("ec2.describe_vpc_peering_connections", "VpcPeeringConnections"),
    Call("ec2.describe_managed_prefix_lists", "PrefixLists"),
    Call(
        "ec2.get_managed_prefix_list_entries",
        "Entries",
        Each("ec2.describe_managed_prefix_lists", "PrefixListId", "PrefixListId", unless=("OwnerId", "AWS")),
    ),
    Call("ec2.describe_security_groups", "SecurityGroups"),
    Call("ec2.describe_security_group_rules", "SecurityGroupRules"),
    Call("ec2.describe_vpc_endpoints", "VpcEndpoints"),
    Call("ec2.describe_flow_logs", "FlowLogs"),
    Call("servicediscovery.list_namespaces", "Namespaces"),
    Call("servicediscovery.list_tags_for_resource", "", _NAMESPACE, variant="namespaces"),
    Call("servicediscovery.list_services", "Services"),
    Call("servicediscovery.get_service", "Service", _SERVICE),
    Call(
        "servicediscovery.list_tags_for_resource",
        "",
        Each("servicediscovery.list_services", "ResourceARN", "Arn"),
        variant="services",
    ),
    # Load balancing.
    Call("elbv2.describe_load_balancers", "LoadBalancers"),
    Call("elbv2.describe_load_balancer_attributes", "", _BALANCER),
    Call("elbv2.describe_listeners", "Listeners", _BALANCER),
    Call("elbv2.describe_listener_certificates", "Certificates", _LISTENER),
    Call("elbv2.describe_rules", "Rules", _LISTENER),
    Call("elbv2.describe_target_groups", "TargetGroups"),
    Call("elbv2.describe_target_group_attributes", "", _GROUP),
    *(
        Call(
            "elbv2.describe_tags",
            "TagDescriptions",
            Each(f"elbv2.describe_{of}", "ResourceArns", arn, 20),
            variant=of,
        )
        for of, arn in (
            ("load_balancers", "LoadBalancerArn"),
            ("listeners", "ListenerArn"),
            ("rules", "RuleArn"),
            ("target_groups", "TargetGroupArn"),
        )
    ),
    # Compute.
    Call("ecs.list_clusters", "clusterArns"),
    Call(
        "ecs.describe_clusters",
        "clusters",
        Each("ecs.list_clusters", "clusters", "", 100),
        {"include": ["CONFIGURATIONS", "SETTINGS", "TAGS"]},
    ),
    Call("ecs.list_services", "serviceArns", Each("ecs.list_clusters", "cluster")),
    Call(
        "ecs.describe_services",
        "services",
        Each("ecs.list_services", "services", "", 10, ("cluster",)),
        {"include": ["TAGS"]},
    ),
    Call(
        "ecs.describe_task_definition",
        "",
        Each("ecs.describe_services", "taskDefinition", "taskDefinition"),
        {"include": ["TAGS"]},
    ),
    Call("application-autoscaling.describe_scalable_targets", "ScalableTargets", None, _ECS),
    Call("application-autoscaling.describe_scaling_policies", "ScalingPolicies", None, _ECS),
    Call("application-autoscaling.describe_scheduled_actions", "ScheduledActions", None, _ECS),
    Call(
        "application-autoscaling.list_tags_for_resource",
        "",
        Each("application-autoscaling.describe_scalable_targets", "ResourceARN", "ScalableTargetARN"),
    ),
    # Delivery.
    Call("ecr.describe_repositories", "repositories"),
    Call("ecr.list_tags_for_resource", "", Each("ecr.describe_repositories", "resourceArn", "repositoryArn")),
    Call("ecr.get_lifecycle_policy", "", _REPOSITORY),
    Call("ecr.get_repository_policy", "", _REPOSITORY),
    Call("ecr.describe_registry"),
    Call("codebuild.list_projects", "projects"),
    Call("codebuild.batch_get_projects", "projects", Each("codebuild.list_projects", "names", "", 100)),
    Call("codepipeline.list_pipelines", "pipelines"),
    Call("codepipeline.get_pipeline", "", Each("codepipeline.list_pipelines", "name", "name")),
    Call(
        "codepipeline.list_tags_for_resource",
        "tags",
        Each("codepipeline.get_pipeline", "resourceArn", "metadata.pipelineArn"),
    ),
)
