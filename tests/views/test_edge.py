"""The way in from outside: names, CDN, web ACLs, load balancers and certificates."""

from archspec.api import parse
from archspec.views import edge
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

PARTS = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
  load_balancers:
    alb:
      title: ALB
      subnets: [a]
      security_groups: [sg]
      stickiness: 24h
      access_logs: logs
      listeners: [{port: 443, protocol: HTTPS, certificate: cert}, {port: 80, protocol: HTTP, redirect: 443}]
data: {buckets: {logs: {}, files: {}}}
edge:
  distributions: {cdn: {title: CDN, aliases: [cdn.shop.example], origins: [files]}}
  zones: {dns: {title: DNS, domain: shop.example, records: [{name: www.shop.example, target: alb}]}}
  web_acls: {waf: {title: WAF, protects: [alb], rules: [{name: Limit, limit: 100, per: 5 minutes},
                    {name: Bots, note: none}]}}
security: {certificates: {cert: {domain: www.shop.example}}}
flows:
  - internet -> alb: 443 HTTPS
  - internet -> cdn: 443 HTTPS
"""
PEOPLE = """
external: {actors: {buyers: {title: Buyers}}}
journeys: [{title: An order, steps: [buyers -> dns: ask for the name, dns -> alb: answers]}]
"""


def drawn(text: str) -> View:
    [view] = edge.project(parse(HEADER + text).graph)
    return view


def test_cards_tell_what_listens_filters_and_is_served() -> None:
    assert {node.id: node.detail for node in drawn(PARTS).nodes} == {
        "internet": (),
        "dns": ("shop.example",),
        "alb": ("443 HTTPS, ends TLS", "80 HTTP, redirects to 443", "in 1 subnet", "sticky sessions, 24h"),
        "waf": ("Limit", "100 per 5 minutes", "Bots", "none"),
        "cdn": ("cdn.shop.example",),
        "files": (),
        "cert": ("www.shop.example",),
        "logs": (),
    }


def test_what_the_internet_calls_is_reached_through_the_web_acl_before_it() -> None:
    assert drawn(PARTS).edges == (
        Edge("internet", "dns", "DNS"),
        Edge("dns", "alb", "www.shop.example"),
        Edge("internet", "waf", "HTTPS"),
        Edge("waf", "alb", "filters"),
        Edge("internet", "cdn", "HTTPS"),
        Edge("cdn", "files", "origin"),
        Edge("cert", "alb", "TLS on 443"),
        Edge("alb", "logs", "access logs"),
    )


def test_a_web_acl_that_is_not_there_yet_leaves_the_way_as_it_is() -> None:
    planned = drawn(PARTS.replace("protects: [alb]", "protects: [alb], status: planned"))

    assert {
        Edge("internet", "alb", "HTTPS"),
        Edge("internet", "waf", "HTTPS", "planned"),
        Edge("waf", "alb", "filters", "planned"),
    } < set(planned.edges)


def test_people_stand_in_the_internet_and_begin_as_their_journeys_do() -> None:
    view = drawn(PARTS + PEOPLE)

    assert view.groups == (Group("@internet", "Internet", "internet"),)
    assert [node for node in view.nodes if node.parent] == [
        Node("internet", "internet", "Internet", "internet", "@internet"),
        Node("buyers", "buyers", "Buyers", "actor", "@internet"),
    ]
    assert [edge_ for edge_ in view.edges if edge_.target == "dns"] == [Edge("buyers", "dns", "ask for the name")]


def test_without_anything_before_the_system_there_is_nothing_to_show() -> None:
    assert drawn("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}").nodes == ()
