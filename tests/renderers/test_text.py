"""Drawings in characters: of a width that is given, closed, complete, and without what drives a terminal."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import UsageError
from archspec.findings import Severity
from archspec.layout.cells import cells
from archspec.renderers import text
from archspec.views.view import Badge, Edge, Group, Node, View
from tests.layout.strategies import flows, placements
from tests.renderers.hostile import HOSTILE, hostile

UNWANTED = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def lines(view: View, width: int = text.WIDTH) -> list[str]:
    return text.render(view, width).decode().splitlines()


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_drives_the_terminal_or_leaves_the_box(words: str, layout: str) -> None:
    drawn = lines(hostile(words, layout))
    assert re.findall(UNWANTED, "".join(drawn)) == []
    assert [line for line in drawn if cells(line) > 100] == []


@pytest.mark.no_cover
@given(st.one_of(placements(), flows()), st.integers(text.LEAST, text.MOST))
@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_boxes_are_closed_and_no_line_is_wider_than_asked(view: View, width: int) -> None:
    if not (view.nodes or view.groups):
        return
    drawn = lines(view, width)
    assert [line for line in drawn if cells(line) > width] == []
    for opened, closed in (("┌", "└"), ("┐", "┘")):
        assert sum(line.count(opened) for line in drawn) == sum(line.count(closed) for line in drawn)


@pytest.mark.parametrize("width", [text.LEAST, text.MOST])
def test_no_line_of_any_system_is_wider_than_asked(width: int, all_views: Callable[[], dict[str, View]]) -> None:
    for view in all_views().values():
        assert [line for line in lines(view, width) if cells(line) > width] == []


def test_every_name_that_fits_into_a_box_is_found(all_views: Callable[[], dict[str, View]]) -> None:
    for view in all_views().values():
        drawn = "\n".join(lines(view, text.MOST))
        assert [node.title for node in view.nodes if len(node.title) < 36 and node.title not in drawn] == []


@pytest.mark.parametrize("width", [0, 39, 241, -1])
def test_a_width_that_no_drawing_has_is_refused(width: int) -> None:
    with pytest.raises(UsageError, match=f"a drawing in characters is 40 to 240 characters wide; {width} is not"):
        text.render(hostile("web"), width)


def test_frames_in_frames_become_lists_where_there_is_no_room() -> None:
    groups = tuple(Group(f"g{i}", f"group {i}", "cluster", f"g{i - 1}" if i else "") for i in range(12))
    drawn = lines(View("v", "V", "", "placement", groups, (Node("n", "n", "API", "service", "g11"),)), 40)
    assert [line for line in drawn if cells(line) > 40] == []
    assert any("• API" in line for line in drawn)
    assert all(any(f"group {i}" in line for line in drawn) for i in range(12))


def test_findings_and_changes_stand_at_names_and_on_arrows() -> None:
    found = (Badge(Severity.ERROR, 2), Badge(Severity.WARNING, 1))
    nodes = (
        Node("a", "a", "API", "service", badges=found),
        Node("b", "b", "DB", "postgres", detail=("16.3",), change="added"),
        Node("c", "c", "Queue", "queue", change="removed"),
    )
    edges = (Edge("a", "b", "5432", severity=Severity.ERROR), Edge("a", "c", "443", change="removed"))
    assert lines(View("v", "Flows", "", "flow", (), nodes, edges)) == [
        "Flows",
        "",
        "API ══! 5432══► DB",
        "API ╌╌- 443╌╌► Queue",
        "",
        "API [!2,^1]",
        "+ DB: 16.3",
        "- Queue",
        "",
        "Open findings, in brackets: ! errors, ^ warnings, i infos. Findings are about the ways drawn as ══.",
        "Between the two versions: + added, - removed.",
    ]


def test_a_flow_shows_its_frames_and_what_no_flow_reaches() -> None:
    nodes = (Node("a", "a", "API", "service", "g"), Node("b", "b", "DB", "postgres", "g"), Node("c", "c", "Spare", "x"))
    view = View("v", "Flows", "", "flow", (Group("g", "Beta", "cluster"),), nodes, (Edge("a", "b", "5432", both=True),))
    assert lines(view, 40) == [
        "Flows",
        "",
        "API ◄──5432──► DB",
        "",
        "┌─ Beta ───────────────────────────────┐",
        "│           ┌─────┐  ┌────┐            │",
        "│           │ API │  │ DB │            │",
        "│           └─────┘  └────┘            │",
        "└──────────────────────────────────────┘",
        "",
        "Spare",
    ]


def test_a_chain_that_is_too_long_goes_on_in_the_next_line() -> None:
    names = ("Application Load Balancer", "Notification Service", "Simple Queue Service")
    nodes = tuple(Node(name, name, name, "service") for name in names)
    edges = (Edge(names[0], names[1], "8085 HTTP"), Edge(names[1], names[2], "443 HTTPS (publish)", "planned"))
    assert lines(View("v", "V", "", "flow", (), nodes, edges), 44) == [
        "V",
        "",
        "Application Load Balancer",
        "    ──8085 HTTP──► Notification Service",
        "    ╌╌443 HTTPS (publish)╌╌►",
        "    Simple Queue Service",
    ]
