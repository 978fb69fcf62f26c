"""What guards the system: web ACLs, network ACLs, images, health checks, and guards of the account."""

from archspec.api import parse
from archspec.views import security
from archspec.views.view import Edge, Group, View
from tests.sample import HEADER

PLACE = "cluster: ecs, subnets: [a], security_groups: [sg], load_balancer: alb, port: 80"
PARTS = f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{title: Public, az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
  nacls:
    outer: {{subnets: [a], ingress: [{{port: 443, protocol: tcp}}, {{allow: false}}], egress: [{{peer: 10.0.0.0/8}}]}}
    other: {{subnets: [a]}}
  load_balancers: {{alb: {{subnets: [a], security_groups: [sg], listeners: [{{port: 80, protocol: HTTP}}]}}}}
  target_groups: {{web-tg: {{target: web, port: 80, health_check: /ok}}}}
compute:
  clusters: {{ecs: {{title: ECS}}}}
  services:
    web: {{registry: images, {PLACE}, deployment: {{circuit_breaker: true, rollback: true, minimum_healthy: 100%}}}}
    api: {{registry: images, public_ip: true, {PLACE}}}
delivery: {{registries: {{images: {{scan_on_push: true, immutable_tags: false}}}}}}
edge: {{web_acls: {{waf: {{protects: [alb], rules: [{{name: Bots}}]}}}}}}
security:
  detectors: {{trail: {{service: cloudtrail, note: all calls}}, duty: {{service: guardduty}}}}
"""
[VIEW] = security.project(parse(HEADER + PARTS).graph)


def drawn(text: str) -> View:
    [view] = security.project(parse(HEADER + text).graph)
    return view


def test_cards_tell_how_each_guards() -> None:
    assert {node.id: node.detail for node in VIEW.nodes} == {
        "alb": ("80 HTTP", "in 1 subnet"),
        "images": ("scanned on push", "mutable tags"),
        "waf": ("Bots",),
        "outer": ("Public", "in: tcp 443 from internet", "in: no all from internet", "out: all to 10.0.0.0/8"),
        "other": ("Public",),
        "trail": ("all calls",),
        "duty": (),
        "web": ("no public IP", "rolling deployment", "circuit breaker, rollback", "at least 100% healthy"),
        "api": ("public IP",),
    }


def test_edges_lead_along_what_is_guarded() -> None:
    assert VIEW.edges == (
        Edge("waf", "alb", "filters"),
        Edge("alb", "web", "health check HTTP /ok"),
        Edge("images", "ecs", "image"),
        Edge("alb", "api", "health check HTTP /"),
    )


def test_guards_of_the_account_and_network_acls_stand_in_frames() -> None:
    assert VIEW.groups == (
        Group("@account", "Guards of the account", "account"),
        Group("@subnets", "Network ACLs around subnets", "nacls"),
        Group("ecs", "ECS", "cluster"),
    )


def test_without_guards_there_is_nothing_to_show() -> None:
    assert drawn("network: {vpcs: {main: {cidr: 10.0.0.0/16}}}").nodes == ()
