"""Titles of frames stand where no line runs, as far left as that allows."""

from archspec.layout.flow.titling import titled
from archspec.layout.placed import Rect, Route

BOX = {"g": Rect(100, 100, 400, 200)}
TITLE = {"g": Rect(100, 100, 80, 24)}


def test_a_title_that_nothing_crosses_stays_in_its_corner() -> None:
    beside = Route(((300.0, 0.0), (300.0, 200.0)))
    assert titled(BOX, TITLE, [beside]) == TITLE


def test_a_title_makes_room_for_a_line() -> None:
    through = Route(((120.0, 0.0), (120.0, 200.0)))
    assert titled(BOX, TITLE, [through]) == {"g": Rect(140, 100, 80, 24)}


def test_a_title_makes_room_for_a_curve_and_its_label() -> None:
    curve = Route(((90.0, 0.0), (110.0, 50.0), (150.0, 90.0), (160.0, 200.0)), Rect(200, 90, 60, 20), curve=True)
    assert titled(BOX, TITLE, [curve]) == {"g": Rect(300, 100, 80, 24)}


def test_a_title_that_is_crossed_everywhere_is_crossed_by_as_few_lines_as_can_be() -> None:
    box, title = {"g": Rect(0, 0, 100, 100)}, {"g": Rect(0, 0, 90, 24)}
    lines = [Route(((x, -10.0), (x, 50.0))) for x in (1.0, 50.0)]
    assert titled(box, title, lines)["g"].x == 3.75
