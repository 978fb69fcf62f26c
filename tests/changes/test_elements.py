"""What became of elements, as they are stated."""

from typing import Any

import pytest

from archspec.changes import Change, Field
from archspec.errors import Location
from tests.changes.two import NETWORK, changes, edited


def fields(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(field.path, field.old, field.new) for change in found for field in change.fields]


def what(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.what, change.sort, change.id) for change in found]


def test_a_value_is_told_as_the_spec_writes_it_and_where_it_stands_in_both() -> None:
    old = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n"
    (found,) = changes(old, "\n" + edited(old, ("10.0.0.0/16", "10.1.0.0/16")))
    assert found == Change(
        "changed",
        "vpc",
        "main",
        "",
        (
            Field(
                "cidr",
                "10.0.0.0/16",
                "10.1.0.0/16",
                Location("old.yaml", 4, 25, "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}"),
                Location("new.yaml", 5, 25, "network: {vpcs: {main: {cidr: 10.1.0.0/16}}}"),
            ),
        ),
        Location("old.yaml", 4, 18, "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}"),
        Location("new.yaml", 5, 18, "network: {vpcs: {main: {cidr: 10.1.0.0/16}}}"),
    )


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("30 days", "7 days"), [("backups.retention", "30 days", "7 days")]),
        ((", point_in_time: true", ""), [("backups.point_in_time", "true", "")]),
        (
            (",\n         backups: {every: 1 day, retention: 30 days, point_in_time: true}", ""),
            [("backups", "every 1 day, retention 30 days, point_in_time true", "")],
        ),
        (("subnets: [data-a, data-b]", "subnets: [data-a]"), [("subnets", "data-a, data-b", "data-a")]),
        (("port: 5432}", "port: 5433}"), [("ingress[api-sg].port", "5432", "5433")]),
        (
            ("[{from: api-sg, port: 5432}]", "[{from: api-sg, port: 5432}, {from: internet, port: 22}]"),
            [("ingress", "", "from internet, port 22")],
        ),
        (("[{from: api-sg, port: 5432}]", "[]"), [("ingress", "from api-sg, port 5432", "")]),
        (("desired: 2", "desired: 2, variables: {LEVEL: info}"), [("variables.LEVEL", "", "info")]),
        (("multi_az: true", "multi_az: false"), [("multi_az", "true", "false")]),
    ],
)  # fmt: skip
def test_fields_are_told_by_dotted_path(edit: tuple[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert fields(changes(NETWORK, edited(NETWORK, edit))) == expected


@pytest.mark.parametrize(
    "edit",
    [
        ("30 days", "30d"),
        ("subnets: [data-a, data-b]", "subnets: [data-b, data-a]"),
        ("desired: 2", "desired: 2, launch: fargate"),
        ("api -> db: 5432 PostgreSQL", "{from: api, to: db, port: 5432, protocol: PostgreSQL}"),
        ("alb-sg: {ingress: [{from: internet, port: 443}]}", "alb-sg: {ingress: [{port: '443', from: internet}]}"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_no_change(edit: tuple[str, str]) -> None:
    assert changes(NETWORK, edited(NETWORK, edit)) == ()


def test_an_order_that_means_something_is_a_change() -> None:
    old = """
external: {actors: {ann: {}, bob: {}}}
journeys: [{title: hello, steps: [ann: speaks, bob: listens]}]
"""
    found = changes(old, edited(old, ("[ann: speaks, bob: listens]", "[bob: listens, ann: speaks]")))
    assert what(found) == [("changed", "journey", "hello")]
    assert fields(found) == [("steps", "ann, bob", "bob, ann")]


def test_what_came_and_what_went_is_told_by_kind_and_id() -> None:
    old = "security: {keys: {first: {alias: one}}}\n"
    new = "security: {secrets: {second: {holds: two}}}\n"
    assert what(changes(old, new)) == [("removed", "key", "first"), ("added", "secret", "second")]


def test_an_id_that_is_of_another_kind_now_has_changed() -> None:
    found = changes("security: {keys: {one: {}}}\n", "security: {secrets: {one: {}}}\n")
    assert what(found) == [("changed", "secret", "one")]
    assert fields(found) == [("kind", "key", "secret")]


def test_what_archspec_derives_is_no_change_of_the_spec() -> None:
    old = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n"
    new = edited(old, ("}}}", "}}, subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.0.0/24}}}"))
    assert what(changes(old, new)) == [("added", "subnet", "a")]


def test_an_overlay_changes_the_elements_of_its_environment() -> None:
    old = """
environments: {staging: {}, beta: {security: {keys: {one: {alias: b}}}}}
security: {keys: {one: {alias: a}}}
"""
    found = changes(old, edited(old, ("alias: b", "alias: c")))
    assert [(one.id, fields((one,))) for one in found] == [("beta/one", [("alias", "b", "c")])]


def test_an_overlay_that_is_planned_changes_its_environment() -> None:
    old = """
environments: {later: {status: planned, security: {keys: {one: {alias: b}}}}}
security: {keys: {one: {alias: a}}}
"""
    found = changes(old, edited(old, ("alias: b", "alias: c")))
    assert what(found) == [("changed", "environment", "later")]
    assert fields(found) == [("differences[one].here", "b", "c")]


def test_hostile_text_is_kept_as_it_is_and_printed_by_nobody_here() -> None:
    old: Any = 'external: {actors: {ann: {note: "<b>|`"}}}\n'
    assert fields(changes(old, edited(old, ("<b>|`", "\\u202e")))) == [("note", "<b>|`", "\u202e")]
