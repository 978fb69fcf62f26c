"""Load balancers, listeners, target groups and the services behind them."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from archspec import source
from archspec.importers.draft import draft
from archspec.resources.resource import Unread
from tests.importers.draft.made import SHOP, drafted, inventory

WEB = "aws_lb_target_group.web"


def shop(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the shop with attributes of its resources changed, `lb__this` for `aws_lb.this`."""
    resources = copy.deepcopy(SHOP)
    for name, values in changes.items():
        type_, _, label = name.partition("__")
        resources.setdefault(f"aws_{type_}.{label}", {}).update(values)
    return resources


def data(resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = source.parse(drafted(resources).text).data
    return found


def balancer(resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = data(resources)["network"]["load_balancers"]["alb"]
    return found


HTTPS = {"port": "443", "protocol": "HTTPS", "certificate": "cert"}
HTTP = {"port": "80", "protocol": "HTTP", "redirect": "443"}


def test_a_load_balancer_says_what_does_not_follow() -> None:
    assert balancer(SHOP) == {
        "name": "shop-prod",
        "subnets": ["public-a", "public-b"],
        "security_groups": ["alb-sg"],
        "listeners": [HTTPS, HTTP],
    }


@pytest.mark.parametrize(("internal", "scheme"), [(True, "internal"), (False, None)])
def test_a_scheme_that_does_not_follow_from_the_subnets_is_written(internal: bool, scheme: str | None) -> None:
    assert balancer(shop(lb__this={"internal": internal})).get("scheme") == scheme


def _in(subnets: list[str], internal: bool | None) -> dict[str, dict[str, Any]]:
    resources = shop(lb__this={"subnets": subnets})
    del resources["aws_lb.this"]["internal"]
    return resources if internal is None else shop(lb__this={"subnets": subnets, "internal": internal})


@pytest.mark.parametrize(
    ("subnets", "internal", "scheme"),
    [
        (["@aws_subnet.private[0]"], None, "internet-facing"),
        (["@aws_subnet.private[0]"], True, None),
        (["@aws_subnet.public[0]", "@aws_subnet.private[0]"], None, "internet-facing"),
        (["@aws_subnet.public[0]"], None, None),
        (["subnet-0123"], None, "internet-facing"),
        (["subnet-0123"], True, "internal"),
    ],
)
def test_what_is_not_said_to_be_internal_faces_the_internet(
    subnets: list[str], internal: bool | None, scheme: str | None
) -> None:
    assert balancer(_in(subnets, internal)).get("scheme") == scheme


def test_a_scheme_that_is_known_only_later_is_a_guess() -> None:
    made = inventory(_in(["@aws_subnet.private[0]"], None))
    open_ = tuple(one._replace(unknown=frozenset({"internal"})) if one.type == "aws_lb" else one
                  for one in made.resources)  # fmt: skip
    written = draft(replace(made, resources=open_)).text
    assert "scheme" not in source.parse(written).data["network"]["load_balancers"]["alb"]
    assert "# The source does not say whether it faces the internet; its subnets are taken to tell." in written


def test_where_a_load_balancer_of_unknown_subnets_stands_is_said() -> None:
    assert "# The source does not say in which subnets it stands." in drafted(_in(["subnet-0123"], None)).text


RULE = {"listener_arn": "@aws_lb_listener.https", "priority": 5, "condition": [
    {"path_pattern": [{"values": ["/api/*", "/v1/*"]}]}],
    "action": [{"type": "forward", "target_group_arn": f"@{WEB}"}]}  # fmt: skip


def test_every_path_of_a_rule_is_a_rule() -> None:
    listeners = balancer(shop(lb_listener_rule__api=RULE))["listeners"]
    assert listeners == [
        {**HTTPS, "forward": "web",
         "rules": [{"path": "/api/*", "forward": "web"}, {"path": "/v1/*", "forward": "web"}]},
        HTTP,
    ]  # fmt: skip


def test_a_rule_that_looks_at_the_host_is_left_out_and_said() -> None:
    rule = {**RULE, "condition": [{"host_header": [{"values": ["a.example"]}]}]}
    text = drafted(shop(lb_listener_rule__api=rule)).text
    assert "# Port 443: a rule is left out: it looks at more than the path." in text


def test_a_forward_block_is_read_as_well() -> None:
    action = [{"type": "forward", "forward": [{"target_group": [{"arn": f"@{WEB}", "weight": 1}]}]}]
    assert balancer(shop(lb_listener__https={"default_action": action}))["listeners"] == [HTTPS, HTTP]


def test_a_certificate_that_is_elsewhere_becomes_one_of_the_spec() -> None:
    made = drafted(shop(lb_listener__https={"certificate_arn": "arn:aws:acm:us-east-1:1:certificate/x"}))
    assert "# The certificate of port 443 of alb is not among the resources." in made.text
    found = data(shop(lb_listener__https={"certificate_arn": "arn:aws:acm:us-east-1:1:certificate/x"}))
    assert found["security"]["certificates"]["alb-cert"] == {}


def test_a_certificate_that_is_elsewhere_takes_an_id_that_is_free_whatever_else_is_there() -> None:
    there = ("alb-cert", "alb-listener-cert", "alb-port-cert")
    others = {f"sqs_queue__q{i}": {"name": id_} for i, id_ in enumerate(there)}
    found = data(shop(lb_listener__https={"certificate_arn": "arn:aws:acm:us-east-1:1:certificate/x"}, **others))
    assert "alb-cert-2" in found["security"]["certificates"]


def test_a_target_group_that_says_more_than_its_service_is_written() -> None:
    found = data(shop(lb_target_group__web={"deregistration_delay": 30}))["network"]["target_groups"]
    assert found == {
        "web-tg": {
            "name": "shop-prod-web", "target": "web", "port": "8080", "health_check": "/healthz",
            "deregistration_delay": "30 seconds",
        }
    }  # fmt: skip


def test_a_target_group_without_a_service_is_left() -> None:
    made = drafted(shop(lb_target_group__old={"name": "old", "port": 80}))
    assert made.left == (
        Unread("aws_lb_target_group", "no ECS service is behind it, and archspec knows no other targets", 1),
    )


def test_stickiness_of_a_target_group_is_its_load_balancers() -> None:
    found = balancer(shop(lb_target_group__web={"stickiness": [{"enabled": True, "cookie_duration": 86400}]}))
    assert (found["sticky"], found["stickiness"]) == ("true", "1 day")


def two_services(**web: dict[str, Any]) -> dict[str, dict[str, Any]]:
    behind = [{"target_group_arn": "@aws_lb_target_group.admin", "container_port": 9000}]
    return shop(
        lb_target_group__admin={"port": 9000, "protocol": "HTTP"},
        ecs_service__admin={**SHOP["aws_ecs_service.web"], "name": "admin", "load_balancer": behind},
        lb_listener_rule__admin={
            "listener_arn": "@aws_lb_listener.https", "priority": 1,
            "condition": [{"path_pattern": [{"values": ["/admin/*"]}]}],
            "action": [{"type": "forward", "target_group_arn": "@aws_lb_target_group.admin"}],
        },
        **web,
    )  # fmt: skip


def test_rules_that_archspec_would_add_are_not_written() -> None:
    made = data(two_services())
    assert made["network"]["load_balancers"]["alb"]["listeners"] == [HTTPS, HTTP]
    assert [*made["compute"]["services"]] == ["web", "admin"]  # in this order, they are added just so
