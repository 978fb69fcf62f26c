"""Hours as people write them, and as AWS takes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.exporters.terraform.windows import daily, weekly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07:00-09:00 UTC", "07:00-09:00"),
        ("07:00 - 09:00", "07:00-09:00"),
        ("daily, 7:00 to 9:30 GMT", "07:00-09:30"),
        ("3 AM UTC", "03:00-03:30"),
        ("12 AM", "00:00-00:30"),
        ("12:15 pm - 1 pm", "12:15-13:00"),
        ("23:45", "23:45-00:15"),
        ("23:00-01:00", "23:00-01:00"),
    ],
)
def test_a_daily_window_is_read_as_people_write_it(text: str, expected: str) -> None:
    assert str(daily(text, 30)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "at night",
        "3",
        "25:00",
        "03:60",
        "13 PM",
        "0 AM",
        "05:00-05:00",
        "03:00 CET",
        "Sunday 03:00",
        "\u0663:\u0660\u0660",
    ],
)
def test_what_is_no_daily_window_is_none(text: str) -> None:
    assert daily(text, 30) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sunday 05:00-06:00 UTC", "sun:05:00-sun:06:00"),
        ("sun:05:00-sun:06:00", "sun:05:00-sun:06:00"),
        ("Sundays, 4 AM", "sun:04:00-sun:05:00"),
        ("Sunday 23:30-00:30", "sun:23:30-mon:00:30"),
        ("sat:23:00-sun:01:00", "sat:23:00-sun:01:00"),
        ("sun:23:30", "sun:23:30-mon:00:30"),
    ],
)
def test_a_weekly_window_is_written_as_aws_does(text: str, expected: str) -> None:
    assert weekly(text, 60) == expected


@pytest.mark.parametrize("text", ["", "05:00-06:00", "Sunday", "someday 05:00-06:00", "mon 5", "mon:05:00-wed:06:00"])
def test_what_is_no_weekly_window_is_nothing(text: str) -> None:
    assert weekly(text, 60) == ""


@given(st.text(alphabet="0123456789:-apmutcsn ", max_size=30))
def test_whatever_is_written_is_a_window_or_nothing(text: str) -> None:
    window = daily(text, 30)
    assert window is None or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", str(window))
