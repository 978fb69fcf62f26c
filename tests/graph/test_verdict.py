"""May one element reach another, and by which detour."""

from collections.abc import Callable

from archspec import api
from archspec.graph.verdict import answers, detour

System = Callable[[str], api.System]

TEXT = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.2.0/24}
  security_groups:
    jump-sg: {ingress: [{from: internet, port: 22}]}
    web-sg: {ingress: [{from: internet, port: 443}, {from: jump-sg, port: 8080}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
compute:
  clusters: {ecs: {}}
  services:
    jump: {port: 22, public_ip: true, subnets: [public-a], security_groups: [jump-sg]}
    web: {cluster: ecs, port: 443, public_ip: true, subnets: [public-a], security_groups: [web-sg]}
    inner: {cluster: ecs, port: 443, subnets: [public-a], security_groups: [web-sg]}
    admin: {cluster: ecs, port: 8080, subnets: [public-a], security_groups: [web-sg]}
    twin: {cluster: ecs, port: 8080, subnets: [public-a], security_groups: [web-sg]}
    gone: {cluster: ecs, port: 443, status: removed, subnets: [public-a], security_groups: [web-sg]}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [db-sg]}}
"""


def short(system: api.System, source: str, target: str, port: int | None) -> list[tuple[str, str, bool]]:
    wanted = None if port is None else ((port, port),)
    return [(one.source, one.target, one.is_open) for one in answers(system.graph, source, target, wanted)]


def test_a_cluster_is_answered_for_each_kind_of_service_in_it(system: System) -> None:
    assert short(system(TEXT), "internet", "ecs", None) == [
        ("internet", "web", True),
        ("internet", "inner", False),
        ("internet", "admin", False),
    ]


def test_without_a_port_what_the_target_listens_on_is_asked(system: System) -> None:
    found = answers(system(TEXT).graph, "web", "db", None)

    assert [(one.source, one.target, one.wanted, one.is_open) for one in found] == [
        ("web", "db", ((5432, 5432),), True)
    ]


def test_nothing_is_asked_of_an_element_about_itself(system: System) -> None:
    assert answers(system(TEXT).graph, "web", "web", None) == ()


def test_nothing_is_asked_of_what_sends_no_packets(system: System) -> None:
    assert answers(system(TEXT).graph, "public-a", "db", None) == ()


def test_a_detour_leads_through_others(system: System) -> None:
    found = [(step.source, step.target, step.traffic) for step in detour(system(TEXT).graph, "jump", "db")]

    assert found == [("jump", "inner", ((443, 443), (8080, 8080))), ("inner", "db", ((5432, 5432),))]


def test_there_is_no_detour_where_no_steps_lead(system: System) -> None:
    assert detour(system(TEXT).graph, "db", "jump") == ()


def test_there_is_no_detour_from_what_is_no_single_element(system: System) -> None:
    assert detour(system(TEXT).graph, "ecs", "db") == ()
