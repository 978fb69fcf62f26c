"""Colours and words that every format shares."""

from archspec.findings import Severity
from archspec.renderers import palette
from archspec.views.view import Badge, Edge, Group, Node


def test_what_is_out_of_the_ordinary_stands_with_the_most_telling_last() -> None:
    found = (Badge(Severity.ERROR, 1), Badge(Severity.INFO, 2))
    node = Node("a", "a", "a", "service", status="planned", badges=found, change="changed")
    assert palette.classes(node) == ("planned", "error", "changed")
    assert palette.classes(Edge("a", "b", severity=Severity.INFO)) == ("info",)
    assert palette.classes(Group("g", "g", "vpc", badges=found)) == ()


def test_findings_are_told_in_words() -> None:
    found = (Badge(Severity.ERROR, 2), Badge(Severity.WARNING, 1), Badge(Severity.INFO, 3))
    assert palette.told(found) == "■ 2 errors, ▲ 1 warning, ● 3 infos"


def test_a_change_stands_before_the_words() -> None:
    assert [palette.signed("db", change) for change in ("added", "removed", "changed", "")] == [
        "+ db",
        "- db",
        "~ db",
        "db",
    ]
