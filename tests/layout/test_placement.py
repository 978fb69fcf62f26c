"""A placement is a drawing that can be read, of any nesting, of the real systems, and of thousands of elements."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from archspec import api
from archspec.errors import UsageError
from archspec.layout import place
from archspec.layout.measure import icon_of
from archspec.layout.placed import Placed
from archspec.layout.placement.shelves import HEAD
from archspec.views.view import Edge, Group, Node, View
from tests.layout import generated, readable
from tests.layout.generated import Size
from tests.layout.strategies import placements

ROOT = Path(__file__).parents[2]
SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
drawings = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(view: View) -> Placed:
    placed = place(view)
    for holds in readable.PROPERTIES:
        holds(view, placed)
    return placed


@pytest.mark.no_cover
@given(placements())
@settings(drawings, max_examples=300)
def test_every_placement_can_be_read(view: View) -> None:
    if view.nodes or view.groups:
        check(view)


@given(placements(30))
@settings(drawings, max_examples=100)
def test_every_placement_with_many_edges_can_be_read(view: View) -> None:
    if view.nodes or view.groups:
        check(view)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_the_placements_of_a_real_system_can_be_read(spec: Path) -> None:
    views = [view for view in api.views(api.load(spec)) if view.layout == "placement"]
    assert views
    for view in views:
        check(view)


def large(name: str) -> float:
    """Draw a large view in a process of its own, which nothing slows down, and return its CPU seconds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.layout.large", name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def test_300_elements_are_laid_out_and_drawn_in_less_than_a_second() -> None:
    assert large("300") < 1


@pytest.mark.slow
def test_2000_elements_in_one_view_are_a_picture_that_can_be_read() -> None:
    assert large("2000") < 20


def test_a_view_too_large_for_a_picture_is_refused_at_once_and_says_what_to_do() -> None:
    view = generated.view(Size(vpcs=16, azs=3, services=60, stores=40, managed=192), flows=1300)
    with pytest.raises(UsageError, match=r"^the view network is too large for one picture: .*--around.* as text$"):
        place(view)


def spanning(azs: int) -> View:
    """Return a VPC with a load balancer and an empty subnet in each of so many AZs."""
    groups = [Group("v", "VPC", "vpc")]
    for az in range(azs):
        groups += [Group(f"az{az}", f"AZ {az}", "az", "v"), Group(f"full{az}", "Public", "public", f"az{az}", row=0)]
        groups.append(Group(f"empty{az}", "Data", "data", f"az{az}", "10.0.0.0/24", row=2))
    gateway = Node("gw", "gw", "Internet Gateway", "internet_gateway", "v", border=True)
    balancer = Node("lb", "lb", "ALB", "load_balancer", "v", row=0)
    services = [Node(f"s{az}", "s", "Web", "service", f"full{az}") for az in range(azs)]
    edges = [Edge("gw", "lb"), *(Edge("lb", f"s{az}", "80 HTTP") for az in range(azs))]
    return View("v", "", "", "placement", tuple(groups), (gateway, balancer, *services), tuple(edges))


@pytest.mark.parametrize(("azs", "left"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_what_spans_azs_stands_between_the_middle_ones_and_the_gateway_above_on_the_border(azs: int, left: int) -> None:
    boxes = check(spanning(azs)).boxes
    assert [az for az in range(azs) if boxes[f"az{az}"].right <= boxes["lb"].x] == list(range(left))
    assert [az for az in range(azs) if boxes[f"az{az}"].x >= boxes["lb"].right] == list(range(left, azs))
    assert icon_of(boxes["gw"]).middle == (boxes["lb"].middle[0], boxes["v"].y)


def test_azs_are_aligned_columns_and_tiers_are_aligned_rows() -> None:
    boxes = check(spanning(3)).boxes
    rows = [[(boxes[f"{tier}{az}"].y, boxes[f"{tier}{az}"].bottom) for az in range(3)] for tier in ("full", "empty")]
    assert [len(set(row)) for row in rows] == [1, 1]
    assert len({(boxes[f"az{az}"].y, boxes[f"az{az}"].bottom) for az in range(3)}) == 1


def test_an_empty_subnet_takes_the_room_of_its_title() -> None:
    assert [check(spanning(2)).boxes[f"empty{az}"].height for az in range(2)] == [HEAD, HEAD]


def test_a_view_that_shows_nothing_is_refused_with_its_name() -> None:
    with pytest.raises(UsageError, match="the view network shows nothing"):
        place(View("network", "Network", "", "placement"))


def test_edges_that_say_the_same_share_a_trunk_and_one_label() -> None:
    groups = (Group("v", "VPC", "vpc"), Group("a", "AZ a", "az", "v"), Group("b", "AZ b", "az", "v"))
    nodes = (Node("lb", "lb", "lb", "lb", "v", row=0), Node("x", "x", "x", "x", "a"), Node("y", "y", "y", "y", "b"))
    edges = (Edge("lb", "x", "80 HTTP"), Edge("lb", "y", "80 HTTP"))
    first, second = place(View("v", "", "", "placement", groups, nodes, edges)).routes
    assert (first.label is None, second.label is None, first.points[0]) == (False, True, second.points[0])
