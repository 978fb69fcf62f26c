"""Named request flows: numbered arrows in the order of the steps, and what elements do themselves on their cards."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.api import parse
from archspec.model.journey import Journey
from archspec.views import journeys, project
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

PARTS = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  clusters: {ecs: {title: ECS}}
  services:
    web: {cluster: ecs, port: 443, subnets: [a], security_groups: [sg]}
    job: {cluster: ecs, status: planned, subnets: [a], security_groups: [sg]}
    old: {status: removed, subnets: [a], security_groups: [sg]}
messaging: {queues: {jobs: {}}}
edge: {web_acls: {waf: {protects: []}}}
external: {actors: {user: {title: User}}}
"""


def drawn(steps: str, more: str = "") -> tuple[View, ...]:
    return tuple(
        journeys.project(parse(f"{HEADER}{PARTS}\njourneys:\n  - {{title: Sign up, steps: {steps}{more}}}").graph)
    )


def test_steps_are_numbered_arrows_between_the_elements_that_take_part() -> None:
    checks = "{web: checks, details: [the name, the password]}"
    steps = f"[user -> web: asks, {checks}, {{web -> jobs: enqueues, details: [once]}}]"
    assert drawn(steps) == (
        View(
            name="journey-sign-up",
            title="sample: request flow: Sign up",
            description="sample, request flow: Sign up: 3 steps.",
            layout="flow",
            nodes=(
                Node("user", "user", "User", "actor"),
                Node("web", "web", "web", "service", detail=("2 checks", "the name", "the password")),
                Node("jobs", "jobs", "jobs", "queue", detail=("once",)),
            ),
            edges=(Edge("user", "web", "1 asks"), Edge("web", "jobs", "3 enqueues")),
        ),
    )


def test_an_element_that_is_visited_twice_is_one_node_and_its_details_say_of_which_step() -> None:
    [view] = drawn(
        "[{user -> web: asks, details: [by TLS]}, web -> user: answers, {user -> web: asks again, details: [at once]}]"
    )
    assert [(node.id, node.detail) for node in view.nodes] == [("user", ()), ("web", ("1 by TLS", "3 at once"))]
    assert [edge.label for edge in view.edges] == ["1 asks", "2 answers", "3 asks again"]


def test_a_step_without_words_is_its_number() -> None:
    [view] = drawn("[user -> web]")
    assert view.edges == (Edge("user", "web", "1"),)


def test_a_step_to_itself_is_what_the_element_does() -> None:
    [view] = drawn("[user -> web: asks, web -> web: retries]")
    assert (view.nodes[1].detail, len(view.edges)) == (("2 retries",), 1)


def test_words_without_room_on_an_arrow_stand_on_the_card_that_it_leads_to() -> None:
    long = "asks for everything that is known about the account, and for all of its orders"
    [view] = drawn(f'[user -> web: "{long}"]')
    assert (view.edges[0].label, view.nodes[1].detail) == ("1", (f"1 {long}",))


def test_a_step_that_names_no_element_is_told_below_the_picture() -> None:
    [view] = drawn("[user -> web: asks, {does: the response flows back., details: [in time]}]")
    assert view.hidden == ("Step 2 names no element: the response flows back.; in time.",)


def test_a_step_past_something_removed_is_told_and_not_drawn() -> None:
    [view] = drawn("[user -> web: asks, web -> old: asked, {old: answered}]")
    assert [node.id for node in view.nodes] == ["user", "web"]
    assert view.hidden == (
        "Step 2 is not drawn, as old is not there: asked.",
        "Step 3 is not drawn, as old is not there: answered.",
    )


def test_an_arrow_to_something_planned_is_planned() -> None:
    [view] = drawn("[user -> web: asks, web -> job: starts]")
    assert [edge.status for edge in view.edges] == ["current", "planned"]
    assert view.nodes[2] == Node("job", "job", "job", "service", detail=("(planned)",), status="planned")


@pytest.mark.parametrize("status", ["planned", "disabled", "recommended"])
def test_a_journey_that_is_not_there_today_says_so(status: str) -> None:
    [view] = drawn("[user -> web: asks]", f", status: {status}")
    assert view.title == f"sample: request flow: Sign up ({status})"
    assert view.edges[0].status == status


def test_a_removed_journey_has_no_picture() -> None:
    assert drawn("[user -> web: asks]", ", status: removed") == ()


def test_a_journey_of_words_alone_has_no_picture() -> None:
    assert drawn("[they ask, they wait]") == ()


def test_a_cluster_is_a_frame_where_its_services_take_part_too() -> None:
    [view] = drawn("[user -> ecs: asks, {web: answers}, {ecs: starts a task}]")
    assert view.groups == (Group("ecs", "ECS", "cluster"),)
    assert [(node.id, node.parent, node.detail) for node in view.nodes] == [
        ("user", "", ()),
        ("ecs@itself", "ecs", ("3 starts a task",)),
        ("web", "ecs", ("2 answers",)),
    ]


def test_a_web_acl_that_no_arrow_passes_stands_before_what_it_protects() -> None:
    text = HEADER + PARTS.replace("protects: []", "protects: [alb]").replace(
        "security_groups: {sg: {}}", "security_groups: {sg: {}}\n  load_balancers: {alb: {subnets: [a]}}"
    )
    [view] = journeys.project(
        parse(f"{text}\njourneys: [{{title: Ask, steps: [{{waf: filters}}, user -> alb: asks]}}]").graph
    )
    assert view.edges == (Edge("user", "alb", "2 asks"), Edge("waf", "alb", "protects"))


def test_the_description_has_the_note_and_the_objective() -> None:
    [view] = drawn("[user -> web: asks]", ", note: Once a day., slo: 99.9%")
    assert view.description == "sample, request flow: Sign up: 1 step. Once a day. It is meant to succeed in 99.9%."


def test_titles_alike_have_names_of_their_own() -> None:
    titles = ["Sign up", "sign UP!", "Sign up 2", "注册", "تسجيل", "../../etc", "x" * 300, "Web request flow"]
    listed = "".join(f'  - {{title: "{title}", steps: [user -> web]}}\n' for title in titles)
    views = [*journeys.project(parse(f"{HEADER}{PARTS}\njourneys:\n{listed}").graph)]
    assert [view.name for view in views] == [
        "journey-sign-up",
        "journey-sign-up-2",
        "journey-sign-up-2-2",
        "journey-unnamed",
        "journey-unnamed-2",
        "journey-etc",
        f"journey-{'x' * 60}",
        "journey-web-request-flow",
    ]
    assert views[-1].title == "sample: Web request flow"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1), min_size=1, max_size=5))
def test_names_are_those_of_files_and_no_two_are_alike(titles: list[str]) -> None:
    names = journeys.names(tuple(_journey(title) for title in titles))
    assert len({*names}) == len(titles)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def _journey(title: str) -> Journey:
    return Journey.model_construct(title=title, steps=())


ENVIRONMENTS = """
environments: {beta: {}, live: {}}
shared: {external: {actors: {user: {title: User}}}}
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute: {services: {web: {subnets: [a], security_groups: [sg]}}}
journeys:
  - {title: Ask, steps: [user -> beta/web: asks, user: waits]}
  - {title: Wait, steps: [beta/web -> beta/web: waits]}
"""


def test_an_environment_has_the_steps_whose_elements_are_there() -> None:
    views = {view.name: view for view in project(parse(HEADER + ENVIRONMENTS).graph) if "journey" in view.name}
    assert [*views] == ["journey-ask-beta", "journey-wait-beta", "journey-ask-live"]
    assert [node.id for node in views["journey-ask-beta"].nodes] == ["user", "beta/web"]
    assert views["journey-ask-live"].nodes == (Node("user", "user", "User", "actor", detail=("2 waits",)),)
    assert views["journey-ask-live"].hidden == ("Step 1 is not drawn, as beta/web is not there: asks.",)
