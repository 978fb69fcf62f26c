"""What the Terraform exporter makes of clusters and services: tasks, scaling, names under which they are found."""

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.exporters.terraform import compute, scaling, schedules, service_discovery
from archspec.exporters.terraform.hcl import Block, Json, Reference, Repeated, Template

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
  load_balancers: {lb: {subnets: [a, b], listeners: [{port: 80, protocol: HTTP, forward: web}]}}
  namespaces: {local: {domain: sample.local, vpc: main}}
security:
  secret_stores: {vault: {}, settings: {service: parameter-store}}
  secrets: {db-password: {store: vault}, flags: {store: settings}}
  roles: {starts: {trusts: ecs}, works: {trusts: ecs}, exact: {may: ["s3:GetObject"]}}
observability: {log_groups: {logs: {}}}
delivery: {registries: {images: {}}}
"""
PLACE = "subnets: [a], security_groups: [sg]"
POLICY = "aws_iam_role_policy.web__execution"
TASK, SERVICE, TARGET = "aws_ecs_task_definition.web", "aws_ecs_service.web", "aws_appautoscaling_target.web"


class Made(Protocol):
    """What an area makes."""

    resources: dict[str, Any]
    variables: dict[str, Any]
    omissions: list[tuple[str, str]]


Parts = Callable[..., Made]


@pytest.fixture
def web(parts: Parts) -> Parts:
    """Return what an area makes of one service, of which something more is stated."""

    def made(stated: str = "", area: ModuleType = compute, clusters: str = "{}") -> Made:
        more = f", {stated}" if stated else ""
        service = f"compute: {{clusters: {clusters}, services: {{web: {{{PLACE}{more}}}}}}}"
        return parts(area.resources, NETWORK + service)

    return made


def container(made: Made) -> dict[str, Any]:
    """Return the container of a service."""
    definitions = made.resources[TASK].body["container_definitions"]
    assert isinstance(definitions, Json)
    found: Any = definitions.value
    (only,) = found
    return dict(only)


def actions(made: Made, address: str = POLICY) -> list[Any]:
    """Return what the statements of a policy allow."""
    return [action for one in made.resources[address].body["policy"].value["Statement"] for action in one["Action"]]


@pytest.mark.parametrize(
    ("stated", "key", "value"),
    [
        ("", "readonlyRootFilesystem", True),
        ("read_only_root: false", "readonlyRootFilesystem", False),
        ("", "user", None),
        ("user: nobody", "user", "nobody"),
        ("", "privileged", None),
        ("privileged: false", "privileged", False),
        ("privileged: true", "privileged", None),
        ("privileged: true, launch: ec2", "privileged", True),
        ("health_command: curl localhost/", "healthCheck", {"command": ["CMD-SHELL", "curl localhost/"]}),
        (
            'variables: {B: "${x}", A: "1"}',
            "environment",
            [{"name": "A", "value": "1"}, {"name": "B", "value": "${x}"}],
        ),
        ("port: 53, transport: udp", "portMappings", [{"containerPort": 53, "hostPort": 53, "protocol": "udp"}]),
        ("image: 'web:1'", "image", "web:1"),
    ],
)
def test_a_container_says_what_the_service_states(web: Parts, stated: str, key: str, value: object) -> None:
    assert container(web(stated)).get(key) == value


def test_an_image_that_is_not_stated_is_in_the_repository(web: Parts) -> None:
    made = web()
    repository = Reference("aws_ecr_repository.web.repository_url")
    assert container(made)["image"] == Template((repository, ":", Reference("var.image_tag_web")))
    assert sorted(made.variables) == ["image_tag_web"]


def test_an_image_without_any_registry_is_a_variable(parts: Parts) -> None:
    text = NETWORK.replace("delivery: {registries: {images: {}}}", "") + f"compute: {{services: {{web: {{{PLACE}}}}}}}"
    made = parts(compute.resources, text)
    assert container(made)["image"] == Reference("var.image_web")
    assert sorted(made.variables) == ["image_web"]


def test_secrets_are_environment_variables_and_a_store_is_all_that_is_in_it(web: Parts) -> None:
    assert container(web("secrets: [vault, flags]"))["secrets"] == [
        {"name": "DB_PASSWORD", "valueFrom": Reference("aws_secretsmanager_secret.db_password.arn")},
        {"name": "FLAGS", "valueFrom": Reference("aws_ssm_parameter.flags.arn")},
    ]


def test_the_role_that_starts_tasks_may_read_their_secrets_and_no_others(web: Parts) -> None:
    statements = web("secrets: [flags]").resources[POLICY].body["policy"].value["Statement"]
    assert [(one["Action"], one["Resource"]) for one in statements] == [
        (["ssm:GetParameters"], [Reference("aws_ssm_parameter.flags.arn")]),
        (["kms:Decrypt"], [Reference("aws_kms_key.derived__key__secrets.arn")]),
    ]


def test_a_service_without_secrets_needs_no_policy_of_its_own(web: Parts) -> None:
    made = web()
    assert POLICY not in made.resources
    assert made.resources[SERVICE].body["depends_on"] == [Reference("aws_iam_role_policy_attachment.web__execution")]


def test_stated_roles_are_taken_and_get_what_they_need(web: Parts) -> None:
    made = web("execution_role: starts, task_role: works")
    assert made.resources[TASK].body["execution_role_arn"] == Reference("aws_iam_role.starts.arn")
    assert made.resources[TASK].body["task_role_arn"] == Reference("aws_iam_role.works.arn")
    assert [address for address in made.resources if address.startswith("aws_iam_role.")] == []
    assert made.resources[POLICY].body["role"] == Reference("aws_iam_role.starts.id")
    assert {"logs:PutLogEvents", "ecr:BatchGetImage"} <= {*actions(made)}


def test_a_role_that_spells_out_what_it_may_do_gets_no_more(web: Parts) -> None:
    made = web("execution_role: exact")
    assert POLICY not in made.resources
    assert made.resources[SERVICE].body["depends_on"] is None


def test_logs_go_to_the_stated_group(web: Parts) -> None:
    group = container(web("log_group: logs"))["logConfiguration"]["options"]["awslogs-group"]
    assert group == Reference("aws_cloudwatch_log_group.logs.name")


@pytest.mark.parametrize(
    ("stated", "argument", "value"),
    [
        ("", "platform_version", None),
        ("platform: 1.4.0", "platform_version", "1.4.0"),
        ("platform: 1.4.0+", "platform_version", "LATEST"),
        ("", "deployment_maximum_percent", None),
        ("deployment: {maximum: 150%}", "deployment_maximum_percent", 150),
        ("deployment: {minimum_healthy: 50%}", "deployment_minimum_healthy_percent", 50),
        ("deployment: {minimum_healthy: 0%}", "deployment_minimum_healthy_percent", 0),
        ("singleton: it locks", "deployment_maximum_percent", 100),
        ("singleton: it locks", "deployment_minimum_healthy_percent", 0),
        ("singleton: it locks, deployment: {maximum: 200%}", "deployment_maximum_percent", 200),
        ("", "deployment_circuit_breaker", Block({"enable": True, "rollback": True})),
        (
            "deployment: {circuit_breaker: false}",
            "deployment_circuit_breaker",
            Block({"enable": False, "rollback": False}),
        ),
        ("deployment: {rollback: false}", "deployment_circuit_breaker", Block({"enable": True, "rollback": False})),
        ("port: 80, load_balancer: lb", "health_check_grace_period_seconds", 60),
        (
            "port: 80, load_balancer: lb, deployment: {grace_period: 2 minutes}",
            "health_check_grace_period_seconds",
            120,
        ),
        ("desired: 3", "desired_count", 3),
        ("", "lifecycle", None),
        ("scaling: {min: 1, max: 2}", "lifecycle", Block({"ignore_changes": [Reference("desired_count")]})),
        ("", "service_registries", None),
        (
            "namespace: local",
            "service_registries",
            Block({"registry_arn": Reference("aws_service_discovery_service.web.arn")}),
        ),
    ],
)
def test_an_ecs_service_says_what_is_stated(web: Parts, stated: str, argument: str, value: object) -> None:
    assert web(stated).resources[SERVICE].body[argument] == value


@pytest.mark.parametrize(
    ("stated", "place", "reason"),
    [
        ("launch: ec2", "launch", "the EC2 instances that it runs on are not stated"),
        ("load_balancer: lb", "load_balancer", "a load balancer needs the service's port"),
        ("health_check: /up", "health_check", "no load balancer asks for it"),
        ("platform: newest", "platform", "is no platform version of Fargate"),
        ("privileged: true", "privileged", "Fargate runs no privileged containers"),
        (
            "deployment: {type: canary}",
            "deployment.type",
            "a canary deployment needs CodeDeploy, which archspec does not export; ECS rolls",
        ),
    ],
)
def test_what_ecs_cannot_do_is_said(web: Parts, stated: str, place: str, reason: str) -> None:
    assert web(stated).omissions == [(f"compute.services.web.{place}", reason)]


def test_container_insights_are_on_unless_a_cluster_says_otherwise(web: Parts) -> None:
    made = web(clusters="{quiet: {container_insights: false}, silent: {}}")
    settings = [made.resources[f"aws_ecs_cluster.{name}"].body["setting"].body["value"] for name in ("quiet", "silent")]
    assert settings == ["disabled", "enabled"]


def test_capacity_providers_of_fargate_are_exported_and_others_are_not(web: Parts) -> None:
    made = web(clusters="{c: {capacity_providers: [FARGATE_SPOT, machines]}}")
    assert made.resources["aws_ecs_cluster_capacity_providers.c"].body["capacity_providers"] == ["FARGATE_SPOT"]
    reason = "the group of EC2 instances behind it is not stated"
    assert made.omissions == [("compute.clusters.c.capacity_providers.1", reason)]


def test_a_container_is_called_by_its_id_without_the_environment(parts: Parts) -> None:
    service = f"{{compute: {{services: {{web: {{{PLACE}}}}}}}}}"
    subnets = "subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}"
    network = f"network: {{vpcs: {{main: {{cidr: 10.0.0.0/16}}}}, {subnets}, security_groups: {{sg: {{}}}}}}"
    made = parts(compute.resources, f"shared: {{{network}}}\nenvironments: {{beta: {service}}}\n")
    (only,) = made.resources["aws_ecs_task_definition.beta__web"].body["container_definitions"].value
    assert only["name"] == "web"


def test_a_service_is_found_by_the_first_part_of_its_domain(web: Parts) -> None:
    made = web("namespace: local, domain: www.sample.local", service_discovery)
    entry = made.resources["aws_service_discovery_service.web"].body
    assert entry["name"] == "www"
    assert entry["dns_config"].body["dns_records"] == Block({"ttl": 60, "type": "A"})


def test_a_domain_outside_of_the_namespace_is_said(web: Parts) -> None:
    made = web("namespace: local, domain: www.example.com", service_discovery)
    assert made.resources["aws_service_discovery_service.web"].body["name"] == "web"
    reason = "is no name in sample.local, so it is found as web"
    assert made.omissions == [("compute.services.web.domain", reason)]


def test_a_target_has_the_bounds(web: Parts) -> None:
    body = web("scaling: {min: 2, max: 9}", scaling).resources[TARGET].body
    assert (body["min_capacity"], body["max_capacity"]) == (2, 9)
    cluster, name = Reference("aws_ecs_cluster.services__cluster.name"), Reference("aws_ecs_service.web.name")
    assert body["resource_id"] == Template(("service/", cluster, "/", name))


@pytest.mark.parametrize(
    ("metric", "name", "aws"),
    [
        ("CPU Utilization", "cpu", "ECSServiceAverageCPUUtilization"),
        ("ECSServiceAverageMemoryUtilization", "memory", "ECSServiceAverageMemoryUtilization"),
        ("ALB Request Count", "requests", "ALBRequestCountPerTarget"),
    ],
)
def test_a_policy_tracks_what_its_words_mean(web: Parts, metric: str, name: str, aws: str) -> None:
    policy = f"{{metric: {metric}, target: 62.5%, out_cooldown: 1 minute, in_cooldown: 0 seconds}}"
    made = web(f"port: 80, load_balancer: lb, scaling: {{min: 1, max: 2, policies: [{policy}]}}", scaling)
    tracking = (
        made.resources[f"aws_appautoscaling_policy.web__{name}"]
        .body["target_tracking_scaling_policy_configuration"]
        .body
    )
    assert tracking["predefined_metric_specification"].body["predefined_metric_type"] == aws
    values = [tracking[name] for name in ("target_value", "scale_in_cooldown", "scale_out_cooldown")]
    assert values == ["62.5", 0, 60]


@pytest.mark.parametrize(
    ("policies", "index", "reason"),
    [
        ("{metric: depth, target: 5}", 0, "ECS cannot track 'depth' by itself, and where it is measured is not stated"),
        ("{metric: requests, target: 5}", 0, "no application load balancer sends it requests"),
        ("{metric: cpu}", 0, "states no target"),
        ("{metric: cpu, target: 5%}, {metric: CPU load, target: 7%}", 1, "another policy tracks this already"),
    ],
)
def test_a_policy_that_cannot_be_is_said(web: Parts, policies: str, index: int, reason: str) -> None:
    made = web(f"scaling: {{min: 1, max: 2, policies: [{policies}]}}", scaling)
    assert made.omissions == [(f"compute.services.web.scaling.policies.{index}", reason)]


def test_a_schedule_sets_new_bounds(web: Parts) -> None:
    schedule = "{at: 6:30 PM Mon-Fri, min: 0}"
    made = web(f"scaling: {{min: 1, max: 2, schedules: [{schedule}, {{at: soon, max: 1}}, {{at: '9:00'}}]}}", scaling)
    body = made.resources["aws_appautoscaling_scheduled_action.web__18_30_mon_fri"].body
    assert body["schedule"] == "cron(30 18 ? * MON-FRI *)"
    assert body["scalable_target_action"] == Block({"min_capacity": 0, "max_capacity": None})
    assert [reason for _, reason in made.omissions] == ["'soon' is no time such as 8 AM Mon-Fri", "states no bounds"]


@pytest.mark.parametrize(
    ("text", "expression", "timezone"),
    [
        ("8 AM Mon-Fri", "cron(0 8 ? * MON-FRI *)", None),
        ("12 AM", "cron(0 0 * * ? *)", None),
        ("12 pm Sat, Sun", "cron(0 12 ? * SAT,SUN *)", None),
        ("daily at 22:30 UTC", "cron(30 22 * * ? *)", "UTC"),
        ("9:00 weekdays Europe/Berlin", "cron(0 9 ? * MON-FRI *)", "Europe/Berlin"),
        ("every Monday 9 AM", "cron(0 9 ? * MON *)", None),
        ("cron(0 8 * * ? *)", "cron(0 8 * * ? *)", None),
    ],
)
def test_times_are_read(text: str, expression: str, timezone: str | None) -> None:
    found = schedules.parse(text)
    assert found is not None
    assert (found.expression, found.timezone) == (expression, timezone)


@pytest.mark.parametrize("text", ["", "8", "25:00", "13 PM", "8 AM EST", "8 AM month", "8 AM Mon-Fri-Sat", "8 AM 9 PM"])
def test_times_that_may_mean_anything_are_not_read(text: str) -> None:
    assert schedules.parse(text) is None


@given(st.text(alphabet="0123456789: AMPampMonFriSatdailyUTC-,/é${}()", max_size=120))
def test_whatever_is_read_is_an_expression_and_a_plain_name(text: str) -> None:
    found = schedules.parse(text)
    if found is not None:
        assert re.fullmatch(r"cron\([0-9A-Za-z *?,/#-]+\)|rate\([0-9A-Za-z *?,/#-]+\)", found.expression)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.name)


def test_a_service_behind_two_target_groups_is_behind_both(parts: Parts) -> None:
    balancer = "lb: {subnets: [a, b], listeners: [{port: 80, protocol: HTTP, forward: web}]}"
    second = (
        f"{balancer}, nlb: {{type: network, subnets: [a, b], listeners: [{{port: 81, protocol: TCP, forward: tg}}]}}"
    )
    groups = "\n  target_groups: {tg: {target: web, port: 81}, tg2: {target: web, port: 80}}"
    text = NETWORK.replace(f"{{{balancer}}}", f"{{{second}}}{groups}").replace("forward: web", "forward: tg2")
    made = parts(compute.resources, f"{text}compute: {{services: {{web: {{{PLACE}, port: 80}}}}}}")
    behind = made.resources[SERVICE].body["load_balancer"]
    assert isinstance(behind, Repeated)
    assert [one.body["container_port"] for one in behind.blocks] == [81, 80]
