"""Clusters and services, with their task definitions and their scaling."""

import copy
from typing import Any

import pytest

from archspec import source
from tests.importers.draft.made import SHOP, drafted


def changed(address: str, **values: object) -> dict[str, dict[str, Any]]:
    resources = copy.deepcopy(SHOP)
    resources[address] = {**resources.get(address, {}), **values}
    return resources


def service(resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = source.parse(drafted(resources).text).data["compute"]["services"]["web"]
    return found


def container(**values: object) -> dict[str, dict[str, Any]]:
    return changed("aws_ecs_task_definition.web", container_definitions=[{"name": "web", **values}])


def test_a_service_is_what_its_task_definition_and_its_target_group_say() -> None:
    assert service(SHOP) == {
        "cluster": "ecs", "image": "nginx:1.27", "port": "8080", "cpu": "512", "memory": "1024", "desired": "2",
        "health_check": "/healthz", "subnets": ["private-a", "private-b"], "security_groups": ["web-sg"],
        "load_balancer": "alb", "variables": {"LOG_LEVEL": "info", "API_TOKEN": "not copied"},
        "scaling": {"min": "2", "max": "8", "policies": [
            {"metric": "CPU utilization", "target": "70%", "in_cooldown": "5 minutes"}]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("DB_PASSWORD", "hunter2", "not copied"),
        ("DB_PASSWORD_ARN", "arn:aws:x", "arn:aws:x"),
        ("TOKEN_TTL", "900", "900"),
        ("DATABASE_URL", "postgres://u:p4ss@db/x", "postgres://u:not-copied@db/x"),
        ("LICENSE", "ghp_0123456789abcdef0123456789abcdef", "ghp_xxxxxxxxxxxxxxxxxxxx"),
        ("LOG_LEVEL", "debug", "debug"),
    ],
)
def test_a_secret_in_a_variable_is_not_copied(name: str, value: str, written: str) -> None:
    found = service(container(environment=[{"name": name, "value": value}]))
    assert found["variables"] == {name: written}


def test_the_container_that_the_load_balancer_reaches_is_the_services() -> None:
    containers = [{"name": "agent", "image": "agent:1"}, {"name": "web", "image": "web:2"}]
    found = service(changed("aws_ecs_task_definition.web", container_definitions=containers))
    assert found["image"] == "web:2"


@pytest.mark.parametrize(
    ("values", "launch"),
    [
        ({"launch_type": "EC2"}, "ec2"),
        ({"launch_type": "FARGATE"}, None),
        ({"launch_type": "", "capacity_provider_strategy": [{"capacity_provider": "FARGATE_SPOT"}]}, None),
        ({"launch_type": "", "capacity_provider_strategy": [{"capacity_provider": "own"}]}, "ec2"),
    ],
)
def test_a_service_is_launched_as_the_source_says(values: dict[str, Any], launch: str | None) -> None:
    assert service(changed("aws_ecs_service.web", **values)).get("launch") == launch


def test_a_command_for_health_checks_loses_how_it_is_run() -> None:
    found = service(container(healthCheck={"command": ["CMD-SHELL", "curl -f localhost/"]}))
    assert found["health_command"] == "curl -f localhost/"


def test_what_a_plan_does_not_know_of_containers_still_tells_what_they_refer_to() -> None:
    resources = changed("aws_ecs_task_definition.web", container_definitions=[
        "@aws_cloudwatch_log_group.web", "@aws_ecr_repository.shop"])  # fmt: skip
    resources |= {"aws_cloudwatch_log_group.web": {"name": "/ecs/web"}, "aws_ecr_repository.shop": {"name": "shop/web"}}
    found = service(resources)
    assert (found["log_group"], found["registry"]) == ("web-logs", "web-registry")


def test_an_image_leads_to_its_registry() -> None:
    resources = container(image="123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4")
    found = service({**resources, "aws_ecr_repository.shop": {"name": "shop/web"}})
    assert found["registry"] == "web-registry"


def test_a_service_without_a_network_of_its_own_says_so() -> None:
    text = drafted(changed("aws_ecs_service.web", network_configuration=[])).text
    assert "# The source gives it no subnets and no security groups of its own." in text


@pytest.mark.parametrize(
    ("schedule", "zone", "at"),
    [
        ("cron(0 8 ? * MON-FRI *)", "", "8 AM Mon-Fri"),
        ("cron(30 18 * * ? *)", "Europe/Vienna", "18:30 daily Europe/Vienna"),
        ("rate(1 hour)", "", "rate(1 hour)"),
        ("cron(0 99 * * ? *)", "", "cron(0 99 * * ? *)"),
    ],
)
def test_a_schedule_is_written_as_people_do(schedule: str, zone: str, at: str) -> None:
    action = {
        "resource_id": "@aws_appautoscaling_target.web", "schedule": schedule, "timezone": zone,
        "scalable_target_action": [{"min_capacity": 1, "max_capacity": 4}],
    }  # fmt: skip
    found = service(changed("aws_appautoscaling_scheduled_action.s", **action))
    assert found["scaling"]["schedules"] == [{"at": at, "min": "1", "max": "4"}]


def test_a_service_is_found_under_its_name_in_its_namespace() -> None:
    resources = changed(
        "aws_ecs_service.web", service_registries=[{"registry_arn": "@aws_service_discovery_service.w"}]
    )
    resources |= {
        "aws_service_discovery_private_dns_namespace.n": {"name": "shop.local", "vpc": "@aws_vpc.main"},
        "aws_service_discovery_service.w": {"name": "web", "dns_config": [
            {"namespace_id": "@aws_service_discovery_private_dns_namespace.n", "dns_records": [{"ttl": 10}]}]},
    }  # fmt: skip
    made = source.parse(drafted(resources).text).data
    found = made["compute"]["services"]["web"]
    assert (made["network"]["namespaces"][found["namespace"]], found["domain"]) == (
        {"domain": "shop.local", "ttl": "10 seconds"},
        "web.shop.local",
    )


def test_a_cluster_says_what_it_runs_on() -> None:
    resources = changed("aws_ecs_cluster.this", setting=[{"name": "containerInsights", "value": "disabled"}])
    resources["aws_ecs_cluster_capacity_providers.p"] = {
        "cluster_name": "@aws_ecs_cluster.this", "capacity_providers": ["FARGATE", "FARGATE_SPOT"]}  # fmt: skip
    assert source.parse(drafted(resources).text).data["compute"]["clusters"] == {
        "ecs": {"name": "shop-prod", "capacity_providers": ["FARGATE", "FARGATE_SPOT"], "container_insights": "false"}
    }


def test_a_service_of_which_the_subnets_are_not_known_says_so() -> None:
    network = [{"subnets": ["subnet-0123"], "security_groups": ["@aws_security_group.web"]}]
    made = drafted(changed("aws_ecs_service.web", network_configuration=network))
    assert "# The source does not say in which subnets it stands." in made.text
