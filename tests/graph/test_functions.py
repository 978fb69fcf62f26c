"""The functions over the graph that expressions call."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.expressions import ExpressionError, Missing, compile_expression, evaluate
from archspec.expressions.functions import OVER_THE_GRAPH, Purse
from archspec.graph.functions import Asked, Functions, functions

System = Callable[[str], api.System]

TEXT = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  internet_gateways: {igw: {vpc: main}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: 443}], egress: [{to: api-sg, port: 8080}]}
    api-sg: {ingress: [{from: alb-sg, port: 8080}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
    lone-sg: {ingress: [{from: api-sg, port: 9000}]}
  load_balancers:
    alb: {scheme: internet-facing, subnets: [public-a, public-b], security_groups: [alb-sg],
          listeners: [{port: 443, protocol: HTTPS}, {port: 80, protocol: HTTP}]}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, port: 8080, subnets: [private-a], security_groups: [api-sg]}
    twin: {cluster: ecs, port: 8080, subnets: [private-a], security_groups: [api-sg]}
    silent: {subnets: [private-a], security_groups: [lone-sg]}
    later: {port: 80, status: planned, subnets: [private-a], security_groups: [lone-sg]}
data:
  databases:
    orders: {engine: postgres, subnets: [private-a], security_groups: [db-sg]}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> ecs: 8080 HTTP
  - api -> orders: 5432 PostgreSQL
"""


def answer(system: System, text: str) -> bool | Missing:
    asked = functions(system(TEXT).graph).asked_by(text)
    return evaluate(compile_expression(text, ()), {}, asked)


@pytest.mark.parametrize(
    "text",
    [
        "reaches('internet', 'alb')",
        "reaches('internet', 'alb', 443)",
        "!reaches('internet', 'alb', 80)",
        "!reaches('internet', 'alb', 8443)",
        "reaches('alb', 'api')",
        "reaches('alb', 'ecs', 8080)",
        "!reaches('alb', 'orders')",
        "reaches('ecs', 'orders', 5432)",
        "!reaches('orders', 'api')",
        "exposed('alb') && !exposed('orders') && !exposed('ecs')",
        "gets_to('internet', 'orders') && !gets_to('orders', 'internet')",
        "path_length('internet', 'orders') == 3",
        "path_length('alb', 'orders') == 2",
        "path_length('orders', 'alb') == 1 && path_length('alb', 'internet') == -1",
        "path_length('api', 'api') == -1 || path_length('api', 'twin') == 0",
        "azs('alb') == ['us-east-1a', 'us-east-1b'] && azs('ecs') == ['us-east-1a']",
        "members('ecs').map(s, s.id) == ['api', 'twin']",
        "named_by('api-sg').map(e, e.id) == ['alb-sg', 'db-sg', 'lone-sg', 'api', 'twin']",
        "size(named_by('orders')) == 0",
        "flows_to('twin').map(f, f.id) == ['alb -> ecs 8080']",
        "flows_from('api').map(f, f.to) == ['orders']",
        "element('orders').engine == 'postgres'",
    ],
)
def test_a_question_is_answered(system: System, text: str) -> None:
    assert answer(system, text) is True


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("reaches('api', 'silent')", "silent.port"),
        ("reaches('api', 'silent', 9000)", "silent.port"),
        ("reaches('api', 'later')", "later is planned"),
        ("exposed('nothing')", "no element is called 'nothing'"),
        ("reaches('main', 'api')", "no packets go from main to api"),
        ("size(members('api')) == 0", "api is a service and no cluster"),
        ("element('orders').class == 'x'", "class"),
    ],
)
def test_what_cannot_be_told_says_what_is_missing(system: System, text: str, fact: str) -> None:
    assert answer(system, text) == Missing(fact)


def test_what_is_not_permitted_is_so_whatever_is_not_stated(system: System) -> None:
    assert answer(system, "reaches('internet', 'silent')") is False


def test_an_id_without_its_environment_is_told_with_those_that_there_are(system: System) -> None:
    built = system("environments: {staging: {}, production: {}}\ndelivery: {registries: {images: {}}}\n")
    text = "element('images').id == ''"

    assert evaluate(compile_expression(text, ()), {}, functions(built.graph).asked_by(text)) == Missing(
        "no element is called 'images'; did you mean staging/images or production/images?"
    )


def test_a_port_that_there_is_none_is_refused(system: System) -> None:
    with pytest.raises(ExpressionError, match="a port is a number from 0 to 65535, not 70000"):
        answer(system, "reaches('internet', 'alb', 70000)")


def test_every_function_is_answered() -> None:
    assert [name for name in OVER_THE_GRAPH if not callable(getattr(Functions, name, None))] == []


def test_a_graph_s_answers_are_remembered(system: System) -> None:
    graph = system(TEXT).graph

    assert functions(graph) is functions(graph)


def test_what_hands_out_too_many_elements_is_stopped(system: System) -> None:
    asked = Asked(functions(system(TEXT).graph), Purse(3))
    text = compile_expression("size(members('ecs')) == 2", ())
    first = evaluate(text, {}, asked)

    with pytest.raises(ExpressionError, match="it looks at too many elements for each that it judges"):
        evaluate(text, {}, asked)
    assert first is True


def test_without_an_architecture_there_is_nothing_to_ask() -> None:
    with pytest.raises(ExpressionError, match="reaches is asked where there is no architecture"):
        evaluate(compile_expression("reaches('a', 'b')", ()), {})
