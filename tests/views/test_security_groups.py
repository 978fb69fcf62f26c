"""The picture of security groups: who is in each, and whom its rules let in."""

import datetime

from archspec.api import parse
from archspec.defaults import complete
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.views import security_groups
from archspec.views.view import Edge, View

TEXT = """
archspec: 1
name: sample
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups:
    web-sg: {title: Web, ingress: [{from: internet, port: 443}, {from: internet, port: 80, note: redirect}]}
    db-sg:
      ingress:
        - {from: web-sg, port: 5432}
        - {from: 10.0.0.0/8, port: all}
        - {from: db-sg, protocol: all}
        - {from: web-sg, port: 53, protocol: udp}
compute:
  services:
    web: {port: 443, subnets: [a], security_groups: [web-sg]}
    api: {port: 443, subnets: [a], security_groups: [web-sg]}
"""
[VIEW] = security_groups.project(Graph(complete(spec.parse(TEXT).architecture), datetime.date(2026, 11, 20)))


def test_groups_and_other_peers_are_nodes_with_who_is_in_them() -> None:
    assert [(node.id, node.title, node.kind, node.detail) for node in VIEW.nodes] == [
        ("internet", "Internet", "internet", ()),
        ("10.0.0.0/8", "10.0.0.0/8", "external", ()),
        ("web-sg", "Web", "security_group", ("web", "api")),
        ("db-sg", "db-sg", "security_group", ("nothing is in it",)),
    ]


def test_rules_between_two_are_one_edge_with_all_their_ports() -> None:
    assert VIEW.edges == (
        Edge("internet", "web-sg", "443, 80 (redirect)"),
        Edge("web-sg", "db-sg", "5432, 53 udp"),
        Edge("10.0.0.0/8", "db-sg", "all ports"),
        Edge("db-sg", "db-sg", "all traffic"),
    )


def drawn(rules: str) -> View:
    [view] = security_groups.project(
        parse(TEXT.replace("db-sg:\n      ingress:", f"db-sg:\n      {rules}\n      ingress:")).graph
    )
    return view


def test_what_may_leave_is_drawn_where_no_ingress_rule_says_it_already() -> None:
    open_ = drawn("egress: [{to: internet, port: 443}, {to: web-sg, port: 80}, {to: db-sg, protocol: all}]")

    assert open_.edges[-2:] == (Edge("db-sg", "internet@out", "443"), Edge("db-sg", "web-sg", "out: 80"))
    assert [node.element for node in open_.nodes if node.id == "internet@out"] == ["internet"]


def test_a_group_that_lets_nothing_out_says_so() -> None:
    assert drawn("egress: []").nodes[-1].detail == ("nothing is in it", "no way out")


def test_groups_without_egress_rules_are_named_below() -> None:
    assert VIEW.hidden == ("Without egress rules everything may leave, which is not drawn: Web and db-sg.",)


def test_a_peer_that_is_removed_is_not_drawn() -> None:
    text = TEXT.replace("    db-sg:", "    old-sg: {status: removed}\n    db-sg:").replace(
        "from: db-sg", "from: old-sg"
    )
    [view] = security_groups.project(parse(text).graph)

    assert "old-sg" not in {node.id for node in view.nodes}
    assert "old-sg" not in {edge.source for edge in view.edges}
