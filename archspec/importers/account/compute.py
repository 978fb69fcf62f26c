"""Clusters, services and task definitions as ECS answers, and what scales services.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, at, made, picked, tags
from archspec.resources.resource import Resource, Value

_SERVICE = {
    "name": "serviceName",
    "cluster": "clusterArn",
    "task_definition": "taskDefinition",
    "desired_count": "desiredCount",
    "launch_type": "launchType",
    "platform_version": "platformVersion",
    "scheduling_strategy": "schedulingStrategy",
    "enable_ecs_managed_tags": "enableECSManagedTags",
    "enable_execute_command": "enableExecuteCommand",
    "propagate_tags": "propagateTags",
    "health_check_grace_period_seconds": "healthCheckGracePeriodSeconds",
    "deployment_minimum_healthy_percent": "deploymentConfiguration.minimumHealthyPercent",
    "deployment_maximum_percent": "deploymentConfiguration.maximumPercent",
}
_TASK = {
    "arn": "taskDefinitionArn",
    "runtime_platform": "runtimePlatform",
    "family": "family",
    "revision": "revision",
    "cpu": "cpu",
    "memory": "memory",
    "network_mode": "networkMode",
    "requires_compatibilities": "requiresCompatibilities",
    "execution_role_arn": "executionRoleArn",
    "task_role_arn": "taskRoleArn",
    "container_definitions": "containerDefinitions",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield clusters, services and task definitions, with their scaling."""
    for one in answers.items("ecs.describe_clusters"):
        if one.get("status") != "INACTIVE":
            values = picked(one, {"name": "clusterName", "arn": "clusterArn"})
            settings: list[Value] = [{"name": s.get("name"), "value": s.get("value")} for s in one.get("settings", [])]
            yield made("aws_ecs_cluster", one["clusterArn"], {**values, "setting": settings}, tags(one))
            yield from _providers(one)
    for one in answers.items("ecs.describe_services"):
        if one.get("status") != "INACTIVE":
            yield made("aws_ecs_service", one["serviceArn"], _service(one), tags(one))
    for one in answers.items("ecs.describe_task_definition"):
        task: Item = one.get("taskDefinition", {})
        arn = task["taskDefinitionArn"]
        values = {**picked(task, _TASK), "arn_without_revision": arn.rpartition(":")[0]}
        yield made("aws_ecs_task_definition", arn, values, tags(one))
    yield from _scaling(answers)


def _providers(cluster: Item) -> Iterator[Resource]:
    if cluster.get("capacityProviders"):
        name = cluster.get("clusterName")
        values: dict[str, Value] = {"cluster_name": name, "capacity_providers": cluster["capacityProviders"]}
        yield made("aws_ecs_cluster_capacity_providers", str(name), values)


def _service(one: Item) -> dict[str, Value]:
    network: Item = at(one, "networkConfiguration.awsvpcConfiguration") or {}
    names = {"subnets": "subnets", "security_groups": "securityGroups"}
    found: dict[str, Value] = {
        **picked(one, _SERVICE),
        "network_configuration": [
            {**picked(network, names), "assign_public_ip": network.get("assignPublicIp") == "ENABLED"}
        ],
        "load_balancer": [
            picked(
                behind,
                {
                    "target_group_arn": "targetGroupArn",
                    "container_name": "containerName",
                    "container_port": "containerPort",
                },
            )
            for behind in one.get("loadBalancers", [])
        ],
        "service_registries": [
            picked(entry, {"registry_arn": "registryArn", "port": "port"}) for entry in one.get("serviceRegistries", [])
        ],
        "capacity_provider_strategy": [
            picked(entry, {"capacity_provider": "capacityProvider", "weight": "weight", "base": "base"})
            for entry in one.get("capacityProviderStrategy", [])
        ],
    }
    breaker = at(one, "deploymentConfiguration.deploymentCircuitBreaker")
    if breaker:
        found["deployment_circuit_breaker"] = [picked(breaker, {"enable": "enable", "rollback": "rollback"})]
    return found


def _scaling(answers: Answers) -> Iterator[Resource]:
    target = {
        "resource_id": "ResourceId",
        "service_namespace": "ServiceNamespace",
        "scalable_dimension": "ScalableDimension",
        "min_capacity": "MinCapacity",
        "max_capacity": "MaxCapacity",
    }
    named = answers.tags("application-autoscaling.list_tags_for_resource", "ResourceARN")
    for one in answers.items("application-autoscaling.describe_scalable_targets"):
        told = named.get(one.get("ScalableTargetARN"))
        yield made("aws_appautoscaling_target", one["ResourceId"], picked(one, target), told)
    policy = {
        "name": "PolicyName",
        "policy_type": "PolicyType",
        "resource_id": "ResourceId",
        "service_namespace": "ServiceNamespace",
        "scalable_dimension": "ScalableDimension",
    }
    tracking = {
        "target_value": "TargetValue",
        "scale_in_cooldown": "ScaleInCooldown",
        "scale_out_cooldown": "ScaleOutCooldown",
    }
    for one in answers.items("application-autoscaling.describe_scaling_policies"):
        values = picked(one, policy)
        config = one.get("TargetTrackingScalingPolicyConfiguration")
        if config:
            metric = config.get("PredefinedMetricSpecification") or {}
            custom = config.get("CustomizedMetricSpecification")
            names = {"predefined_metric_type": "PredefinedMetricType", "resource_label": "ResourceLabel"}
            own: dict[str, Value] = {
                **picked(config, tracking),
                "predefined_metric_specification": [picked(metric, names)] if metric else [],
                "customized_metric_specification": [picked(custom, {"metric_name": "MetricName"})] if custom else [],
            }
            values["target_tracking_scaling_policy_configuration"] = [own]
        yield made("aws_appautoscaling_policy", one["PolicyARN"], values)
    action = {
        "name": "ScheduledActionName",
        "schedule": "Schedule",
        "resource_id": "ResourceId",
        "service_namespace": "ServiceNamespace",
        "scalable_dimension": "ScalableDimension",
        "timezone": "Timezone",
    }
    bounds = {"min_capacity": "MinCapacity", "max_capacity": "MaxCapacity"}
    for one in answers.items("application-autoscaling.describe_scheduled_actions"):
        moved: list[Value] = [picked(one.get("ScalableTargetAction") or {}, bounds)]
        values = {**picked(one, action), "scalable_target_action": moved}
        yield made("aws_appautoscaling_scheduled_action", one["ScheduledActionARN"], values)
