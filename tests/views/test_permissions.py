"""Who acts in which role, what the role may do, and on what."""

from archspec.api import parse
from archspec.views import permissions
from archspec.views.view import Edge, Group, View
from tests.sample import HEADER

PLACE = "cluster: ecs, subnets: [a], security_groups: [sg], execution_role: starter, task_role: worker"
PARTS = f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
compute:
  clusters: {{ecs: {{title: ECS}}}}
  services:
    web: {{title: Web, registry: images, cpu: 512, memory: 1 GB, port: 80, health_check: /ok, {PLACE}}}
    api: {{title: API, {PLACE}}}
delivery: {{registries: {{images: {{title: Images}}}}}}
messaging: {{queues: {{one: {{}}, two: {{}}, three: {{}}}}}}
security:
  roles:
    starter: {{title: Starter, may: [{{does: pull images, on: [images]}}]}}
    worker: {{title: Worker, note: least privilege, may: [call others, {{does: poll, on: [one, two, three]}}]}}
"""


def drawn(text: str) -> View:
    [view] = permissions.project(parse(HEADER + text).graph)
    return view


def test_roles_tell_what_they_may_do_beyond_the_arrows() -> None:
    assert {node.id: node.detail for node in drawn(PARTS).nodes if node.kind in ("role", "service")} == {
        "web": ("image from Images", "512 CPU units (0.5 vCPU)", "1024 MiB", "port 80", "health check /ok"),
        "api": (),
        "starter": (),
        "worker": ("least privilege", "call others"),
    }


def test_what_all_services_of_a_cluster_do_and_what_one_permission_is_on_is_drawn_once() -> None:
    view = drawn(PARTS)

    assert view.groups == (Group("ecs", "ECS", "cluster"), Group("@worker 1", "3 queues", "alike"))
    assert view.edges == (
        Edge("ecs", "starter", "starts with"),
        Edge("ecs", "worker", "runs as"),
        Edge("starter", "images", "pull images"),
        Edge("worker", "@worker 1", "poll"),
    )


def test_a_service_with_another_role_speaks_for_itself() -> None:
    other = PARTS.replace("{title: API, cluster: ecs, ", "{title: API, cluster: ecs, status: planned, ")

    assert drawn(other).edges[:2] == (Edge("web", "starter", "starts with"), Edge("web", "worker", "runs as"))


def test_without_roles_there_is_nothing_to_show() -> None:
    assert drawn("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}").nodes == ()


def test_a_frame_around_things_of_several_kinds_says_how_many_there_are_of_each() -> None:
    held = "data: {databases: {db: {engine: postgres, subnets: [a], security_groups: [sg]}}}\n"
    mixed = PARTS.replace("on: [one, two, three]", "on: [one, two, db]") + held

    assert Group("@worker 1", "2 queues and 1 database", "alike") in drawn(mixed).groups


def test_services_stay_in_the_frame_of_their_cluster() -> None:
    others = "".join(f"\n    s{number}: {{cluster: ecs, subnets: [a], security_groups: [sg]}}" for number in range(6))
    text = PARTS.replace(f"\n    api: {{title: API, {PLACE}}}", others).replace("[one, two, three]", "[s1, s2, s3]")
    more = text.replace("may: [call others", "may: [{does: stop, on: [s4, s5, s0]}, call others")

    assert [group.id for group in drawn(more).groups] == ["ecs"]
    assert {node.parent for node in drawn(more).nodes if node.kind == "service"} == {"ecs"}


def test_what_a_second_permission_is_on_as_well_stands_beside_the_frame() -> None:
    queues = PARTS.replace("three: {}", "three: {}, four: {}")
    view = drawn(queues.replace("on: [one, two, three]}", "on: [one, two, three, four]}, {does: purge, on: [four]}"))

    assert [(edge.target, edge.label) for edge in view.edges if edge.source == "worker"] == [
        ("@worker 1", "poll"),
        ("four", "poll, purge"),
    ]
