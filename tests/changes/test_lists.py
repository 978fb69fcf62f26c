"""What became of flows, cost lines, claims and all else that a spec lists, and of what it says of the whole."""

import pytest

from archspec.changes import Change
from archspec.changes.lists import _SORTS
from archspec.model.architecture import LISTS
from tests.changes.two import NETWORK, changes, edited

COST = """
cost:
  total: $90
  lines:
    - {resource: NAT, configuration: two, amount: $65}
    - {resource: ALB, configuration: one, amount: $25}
"""


def told(found: tuple[Change, ...]) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    return [(one.what, one.sort, one.id, [(f.path, f.old, f.new) for f in one.fields]) for one in found]


def test_every_list_has_a_word_for_its_items() -> None:
    assert tuple(_SORTS) == LISTS


def test_a_flow_with_another_port_has_changed() -> None:
    assert told(changes(NETWORK, edited(NETWORK, ("api -> db: 5432 PostgreSQL", "api -> db: 5433 PostgreSQL")))) == [
        ("changed", "flow", "api -> db 5433", [("port", "5432", "5433")])
    ]


def test_a_flow_that_came_and_one_that_went_are_told() -> None:
    new = edited(NETWORK, ("  - api -> db: 5432 PostgreSQL\n", "  - db -> internet: 123/udp NTP\n"))
    assert told(changes(NETWORK, new)) == [
        ("added", "flow", "db -> internet 123/udp", []),
        ("removed", "flow", "api -> db 5432", []),
    ]


def test_flows_in_another_order_are_the_same() -> None:
    first, second = "  - internet -> alb: 443 HTTPS\n", "  - alb -> api: 4000 HTTP\n"
    assert changes(NETWORK, edited(NETWORK, (first + second, second + first))) == ()


def test_one_of_two_equal_flows_that_went_is_told_once() -> None:
    twice = NETWORK + "  - api -> db: 5432 PostgreSQL\n"
    assert told(changes(twice, NETWORK)) == [("removed", "flow", "api -> db 5432", [])]


def test_a_cost_line_is_told_by_its_resource_and_the_total_with_the_whole() -> None:
    assert told(changes(COST, edited(COST, ("$65", "$130"), ("$90", "$155")))) == [
        ("changed", "spec", "sample", [("cost.total", "$90", "$155")]),
        ("changed", "cost line", "NAT", [("amount", "$65", "$130")]),
    ]


def test_a_claim_with_other_words_and_the_same_check_has_changed() -> None:
    old = "claims: [{says: Two run, topic: summary, assert: size(services) == 0}]\n"
    assert told(changes(old, edited(old, ("Two run", "Nothing runs")))) == [
        ("changed", "claim", "Nothing runs", [("says", "Two run", "Nothing runs")])
    ]


def test_steps_of_a_recovery_in_another_order_have_changed() -> None:
    old = "recovery: {steps: [{does: first}, {does: second}]}\n"
    assert told(changes(old, "recovery: {steps: [{does: second}, {does: first}]}\n")) == [
        ("changed", "spec", "sample", [("recovery.steps", "first, second", "second, first")])
    ]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("title: One\n", "title: Two\n", ("title", "One", "Two")),
        ("stage: staging\n", "", ("stage", "staging", "production")),
        ("variables: {env: {value: dev}}\n", "", ("variables.env", "value dev", "")),
        ("recovery: {objectives: {rpo: 5 min}}\n", "recovery: {objectives: {rpo: 1 h}}\n",
         ("recovery.objectives.rpo", "5 min", "1 h")),
        ("document: {sections: [{title: A, text: one}]}\n", "document: {sections: [{title: A, text: two}]}\n",
         ("document.sections[A].text", "one", "two")),
    ],
)  # fmt: skip
def test_what_is_said_of_the_whole_is_one_change(old: str, new: str, field: tuple[str, str, str]) -> None:
    assert told(changes(old, new)) == [("changed", "spec", "sample", [field])]


def test_environments_come_and_go() -> None:
    found = changes("environments: {one: {}}\n", "environments: {one: {title: First}, two: {}}\n")
    assert told(found) == [
        ("changed", "environment", "one", [("title", "", "First")]),
        ("added", "environment", "two", []),
    ]


def test_a_long_list_of_strangers_is_not_compared_each_with_each() -> None:
    def many(word: str) -> str:
        return "claims:\n" + "".join(f"  - {{says: {word} {i}}}\n" for i in range(300))

    assert len(changes(many("old"), many("new"))) == 600
