"""A view narrowed: what is wanted stays with its frames and the edges among it, and the rest is counted below."""

import pytest

from archspec import api
from archspec.errors import UsageError
from archspec.views.chosen import Selection, chosen
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

SYSTEM = api.parse(
    HEADER
    + """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    web: {port: 80, desired: 1, subnets: [a], security_groups: [sg], tags: [shop]}
    jobs: {desired: 1, subnets: [a], security_groups: [sg], status: planned}
messaging:
  queues: {mail: {}}
"""
)
ELEMENTS = SYSTEM.architecture.elements
GROUPS = (Group("main", "VPC main", "vpc"), Group("a", "a", "private", "main"), Group("b", "b", "private", "main"))
WEB = Node("web@a", "web", "web", "service", "a")
JOBS = Node("jobs@a", "jobs", "jobs", "service", "a", status="planned")
MAIL = Node("mail", "mail", "mail", "queue")
INTERNET = Node("internet", "internet", "Internet", "internet")
TO_WEB, TO_MAIL, FROM_MAIL = Edge("internet", "web@a", "443"), Edge("web@a", "mail"), Edge("mail", "jobs@a")
WHOLE = View("v", "V", "", "placement", GROUPS, (INTERNET, WEB, JOBS, MAIL), (TO_WEB, TO_MAIL, FROM_MAIL), ("Said.",))


def narrowed(**wanted: tuple[str, ...]) -> View:
    return chosen(WHOLE, ELEMENTS, Selection(**wanted))


def test_nothing_wanted_is_everything() -> None:
    assert narrowed() is WHOLE


def test_a_kind_stays_with_its_frames_and_the_rest_is_counted() -> None:
    assert narrowed(kinds=("services",)) == View(
        "v",
        "V",
        "",
        "placement",
        GROUPS[:2],
        (WEB, JOBS),
        (),
        ("Said.", "Left out, as this picture was narrowed: 1 queue and the internet."),
    )


def test_edges_stay_where_both_ends_do() -> None:
    assert narrowed(kinds=("services", "queues")).edges == (TO_MAIL, FROM_MAIL)


def test_tags_and_statuses_narrow_further() -> None:
    assert narrowed(tags=("shop",)).nodes == (WEB,)
    assert narrowed(statuses=("planned",)).nodes == (JOBS,)
    with pytest.raises(UsageError):
        narrowed(tags=("shop",), statuses=("planned",))


def test_around_an_element_stands_what_an_edge_joins_to_it() -> None:
    assert narrowed(around=("web",)).nodes == (INTERNET, WEB, MAIL)


def test_around_a_frame_stands_what_is_in_it_and_joined_to_that() -> None:
    assert narrowed(around=("a",)).nodes == (INTERNET, WEB, JOBS, MAIL)


def test_an_id_may_leave_its_environment_out() -> None:
    view = View("v", "V", "", "flow", nodes=(Node("n", "staging/web", "web", "service"),))
    assert chosen(view, {}, Selection(around=("web",))).nodes == view.nodes


def test_a_selection_that_finds_nothing_says_what_there_is() -> None:
    with pytest.raises(UsageError) as caught:
        narrowed(kinds=("buckets",), tags=("shop", "blog"))
    assert str(caught.value) == (
        "nothing in the view v has kinds buckets, tags shop or blog; "
        "it shows 2 services, 1 queue and the internet, tagged shop"
    )


def test_a_node_that_shows_several_elements_is_wanted_where_one_of_them_is() -> None:
    both = Node("both", "both", "2 services", "service", members=("web", "jobs"))
    view = View("v", "V", "", "flow", nodes=(both, MAIL))
    assert chosen(view, ELEMENTS, Selection(tags=("shop",))).nodes == (both,)
    assert chosen(view, ELEMENTS, Selection(around=("jobs",))).nodes == (both,)
