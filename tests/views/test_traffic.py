"""The picture of traffic: what talks to what, as declared."""

import datetime

from archspec.defaults import complete
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.views import traffic
from archspec.views.view import Edge

TEXT = """
archspec: 1
name: sample
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  clusters: {ecs: {title: ECS}}
  services:
    web: {cluster: ecs, port: 443, subnets: [a], security_groups: [sg]}
    job: {port: 90, subnets: [a], security_groups: [sg]}
flows:
  - internet -> ecs: 443 HTTPS
  - internet -> ecs: 80 HTTP (redirect)
  - {from: web, to: job, port: 90, transport: udp, status: planned}
  - {from: web, to: internet, port: 25, status: removed}
"""
[VIEW] = traffic.project(Graph(complete(spec.parse(TEXT).architecture), datetime.date(2026, 11, 20)))


def test_ends_of_flows_are_nodes_and_a_cluster_says_what_is_in_it() -> None:
    assert [(node.title, node.detail) for node in VIEW.nodes] == [
        ("Internet", ()),
        ("ECS", ("web",)),
        ("web", ("port 443",)),
        ("job", ("port 90",)),
    ]


def test_flows_between_two_are_one_edge_and_planned_ones_say_so() -> None:
    assert VIEW.edges == (
        Edge("internet", "ecs", "443 HTTPS, 80 HTTP (redirect)"),
        Edge("web", "job", "90 udp (planned)", "planned"),
    )


def test_the_description_counts_what_is_drawn() -> None:
    assert VIEW.description == "Traffic of sample: 3 declared flows between 4 elements."


def test_the_internet_stands_on_both_sides_where_it_calls_and_is_called() -> None:
    text = TEXT.replace(", status: removed", "")
    [view] = traffic.project(Graph(complete(spec.parse(text).architecture), datetime.date(2026, 11, 20)))
    assert [(node.id, node.title) for node in view.nodes if node.element == "internet"] == [
        ("internet", "Internet"),
        ("internet@out", "Internet"),
    ]
    assert view.edges[-1] == Edge("web", "internet@out", "25")


def test_a_flow_of_something_removed_is_not_drawn() -> None:
    text = TEXT.replace("job: {port: 90,", "job: {port: 90, status: removed,")
    [view] = traffic.project(Graph(complete(spec.parse(text).architecture), datetime.date(2026, 11, 20)))
    assert [node.id for node in view.nodes] == ["internet", "ecs"]
