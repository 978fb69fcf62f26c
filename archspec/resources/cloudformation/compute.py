"""Clusters, services and what scales them, in CloudFormation's words."""

from archspec.resources.cloudformation.form import REF, Form

COMPUTE: dict[str, Form] = {
    "aws_ecs_cluster": Form(
        "AWS::ECS::Cluster", {"name": "ClusterName", "setting": "ClusterSettings[]"}, {"name": REF, "arn": "Arn"}
    ),
    "aws_ecs_cluster_capacity_providers": Form(
        "AWS::ECS::ClusterCapacityProviderAssociations",
        {"cluster_name": "Cluster", "default_capacity_provider_strategy": "DefaultCapacityProviderStrategy[]"},
        adds={"DefaultCapacityProviderStrategy": []},
    ),
    "aws_ecs_task_definition": Form("AWS::ECS::TaskDefinition", {}, {"arn": REF, "id": REF}),
    "aws_ecs_service": Form(
        "AWS::ECS::Service",
        {
            "name": "ServiceName",
            "enable_ecs_managed_tags": "EnableECSManagedTags",
            "deployment_circuit_breaker": "DeploymentConfiguration.DeploymentCircuitBreaker",
            "deployment_minimum_healthy_percent": "DeploymentConfiguration.MinimumHealthyPercent",
            "deployment_maximum_percent": "DeploymentConfiguration.MaximumPercent",
            "network_configuration": "NetworkConfiguration.AwsvpcConfiguration",
            "load_balancer": "LoadBalancers[]",
            "service_registries": "ServiceRegistries[]",
            "capacity_provider_strategy": "CapacityProviderStrategy[]",
            "wait_for_steady_state": "",
        },
        {"id": REF, "name": "Name"},
        {"network_configuration.assign_public_ip": {True: "ENABLED", False: "DISABLED"}},
    ),
    "aws_appautoscaling_target": Form(
        "AWS::ApplicationAutoScaling::ScalableTarget",
    ),
    "aws_appautoscaling_policy": Form("AWS::ApplicationAutoScaling::ScalingPolicy", {"name": "PolicyName"}),
    # What a target is scaled to by the clock stands in the target.
    "aws_appautoscaling_scheduled_action": Form(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        {"name": "ScheduledActionName", "service_namespace": "", "scalable_dimension": ""},
        part_of="resource_id",
        within="ScheduledActions[]",
    ),
}
