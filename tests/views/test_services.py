"""What runs: services in their clusters, and what moves the number of their tasks."""

from archspec.api import parse
from archspec.views import services
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

PLACE = "cluster: ecs, subnets: [a], security_groups: [sg]"
PARTS = f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
compute:
  clusters: {{ecs: {{title: ECS, note: the only one}}}}
  services:
    web: {{title: Web, note: "the shop: pages, prices", cpu: 512, memory: 1 GB, port: 80, {PLACE}, desired: 2, scaling:
          {{min: 2, max: 10, policies:
           [&cpu {{metric: CPU, target: 70%, out_cooldown: 0 seconds, in_cooldown: 1 minute}}],
           schedules: [{{name: Night, at: 8 PM, max: 3}}]}}}}
    api: {{title: API, cpu: 256, {PLACE}, scaling: {{min: 1, max: 4, policies: [*cpu]}}}}
    job: {{title: Job, {PLACE}, desired: 3}}
"""


def drawn(text: str) -> View:
    [view] = services.project(parse(HEADER + text).graph)
    return view


def test_services_stand_in_their_cluster_with_their_size_and_the_number_of_their_tasks() -> None:
    view = drawn(PARTS)

    assert view.groups == (Group("ecs", "ECS", "cluster", subtitle="the only one"),)
    assert [(node.id, node.detail) for node in view.nodes if node.parent == "ecs"] == [
        ("web", ("the shop", "pages, prices", "512 CPU units (0.5 vCPU)", "1024 MiB", "port 80",
                 "minimum 2, desired 2, maximum 10 tasks")),
        ("api", ("256 CPU units (0.25 vCPU)", "minimum 1, desired 1, maximum 4 tasks")),
        ("job", ("3 tasks",)),
    ]  # fmt: skip


def test_a_policy_that_several_have_is_one_card_and_schedules_stand_beside_it() -> None:
    view = drawn(PARTS)

    assert [(node.title, node.detail) for node in view.nodes if node.kind == "alarm"] == [
        ("CPU", ("target 70%", "cooldown 0 seconds out, 1 minute in")),
        ("Night", ("8 PM", "maximum 3 tasks")),
    ]
    assert view.edges[:3] == (Edge("@mover-1", "web"), Edge("@mover-1", "api"), Edge("@mover-2", "web"))


def test_what_all_services_may_become_together_is_added_up() -> None:
    view = drawn(PARTS)

    assert view.nodes[-1] == Node(
        "@total", "", "Maximum capacity", "cluster", detail=("total 6,144 CPU units", "6 vCPU")
    )
    assert view.edges[3:] == (
        Edge("web", "@total", "10 × 512 = 5,120 CPU units"),
        Edge("api", "@total", "4 × 256 = 1,024 CPU units"),
    )


def test_a_long_metric_leaves_the_title_to_the_name_of_the_policy() -> None:
    long = PARTS.replace("metric: CPU", "name: By CPU, metric: ECSServiceAverageCPUUtilization")

    assert drawn(long).nodes[0].detail[0] == "ECSServiceAverageCPUUtilization"


def test_without_services_there_is_nothing_to_show() -> None:
    assert drawn("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}").nodes == ()
