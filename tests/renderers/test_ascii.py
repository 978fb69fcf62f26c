"""The drawing of `text`, in ASCII alone."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import UsageError
from archspec.renderers import ascii as ascii_text
from archspec.renderers import text
from archspec.views.view import Edge, Group, Node, View
from tests.layout.strategies import flows, placements
from tests.renderers.hostile import HOSTILE, hostile


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("words", HOSTILE)
def test_any_text_becomes_printable_ascii(words: str, layout: str) -> None:
    assert {byte for byte in ascii_text.render(hostile(words, layout)) if not 32 <= byte < 127} == {10}


@given(st.one_of(placements(), flows()), st.integers(text.LEAST, text.MOST))
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_line_is_longer_than_asked(view: View, width: int) -> None:
    if view.nodes or view.groups:
        drawn = ascii_text.render(view, width).decode("ascii")
        assert [line for line in drawn.splitlines() if len(line) > width] == []


def test_it_is_the_drawing_of_text_sign_by_sign(all_views: Callable[[], dict[str, View]]) -> None:
    for view in all_views().values():
        plain, drawn = ascii_text.render(view).decode("ascii"), text.render(view).decode()
        if drawn.translate(str.maketrans("┌┐└┘─│╌╎═►◄•", " " * 12)).isascii():
            assert len(plain) == len(drawn)
            assert [
                (one, other) for one, other in zip(plain, drawn, strict=True) if other.isascii() and one != other
            ] == []


def test_frames_and_arrows() -> None:
    nodes = (Node("a", "a", "API", "service", "g"), Node("b", "b", "DB", "postgres", status="planned"))
    view = View("v", "V", "", "placement", (Group("g", "Beta", "vpc"),), nodes, (Edge("a", "b", "5432", "planned"),))
    assert ascii_text.render(view, 40).decode("ascii").splitlines() == [
        "V",
        "",
        "                 +....+",
        "                 : DB :",
        "                 +....+",
        "+- Beta -------------------------------+",
        "|               +-----+                |",
        "|               | API |                |",
        "|               +-----+                |",
        "+--------------------------------------+",
        "",
        "API ..5432..> DB",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Zürich – Łódź", "Zurich - Lodz"),
        ("a → b × 2 ≥ 1", "a -> b x 2 >= 1"),
        ("½ Straße", "? Strasse"),
        ("数据库 قاعدة 한", "??? ????? ?"),
        ("e\u0301 \u202eevil \x1b[31m", "e evil [31m"),
        ("…", "..."),
    ],
)
def test_what_ascii_cannot_write_is_spelled_or_a_question_mark(written: str, shown: str) -> None:
    assert ascii_text.spelled(written) == shown


def test_a_width_that_no_drawing_has_is_refused() -> None:
    with pytest.raises(UsageError, match="40 to 240 characters wide; 300 is not"):
        ascii_text.render(hostile("web"), 300)
