from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from archspec.model.quantity import (
    Count,
    Duration,
    Measure,
    Money,
    Percent,
    Quantity,
    Size,
    UnitPrice,
    spell_duration,
    spell_money,
)

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("kind", "text", "parsed"),
    [
        (Money, "$150", Money("$150", Decimal(150), Decimal(150))),
        (Money, "~$150", Money("~$150", Decimal(150), Decimal(150), approximate=True)),
        (Money, "$75-95", Money("$75-95", Decimal(75), Decimal(95))),
        (Money, "$75–$95", Money("$75–$95", Decimal(75), Decimal(95))),
        (Money, "< $1,234.50/month", Money("< $1,234.50/month", Decimal("1234.50"), Decimal("1234.50"), "<")),
        (Duration, "< 5 minutes", Duration("< 5 minutes", Decimal(300), Decimal(300), "<")),
        (Duration, "30d", Duration("30d", Decimal(2592000), Decimal(2592000))),
        (Duration, "1 day", Duration("1 day", Decimal(86400), Decimal(86400))),
        (Duration, "15-30 min", Duration("15-30 min", Decimal(900), Decimal(1800))),
        (Duration, "0.5 h", Duration("0.5 h", Decimal(1800), Decimal(1800))),
        (Count, "~10", Count("~10", Decimal(10), Decimal(10), approximate=True)),
        (Count, "0.045", Count("0.045", Decimal("0.045"), Decimal("0.045"))),
    ],
)
def test_a_quantity_keeps_its_value_and_its_spelling(kind: type[Quantity], text: str, parsed: Quantity) -> None:
    assert (kind.parse(text), str(kind.parse(text))) == (parsed, text)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Money, "150", "an amount in dollars such as ~$150 or $75-95"),
        (Money, "€150", "an amount in dollars such as ~$150 or $75-95"),
        (Money, "", "an amount in dollars such as ~$150 or $75-95"),
        (Money, "$", "an amount in dollars such as ~$150 or $75-95"),
        (Money, "$95-75", "a range that grows, not $95-75"),
        (Duration, "5", "a duration such as 5 minutes, < 1 hour or 30 days"),
        (Duration, "-5 minutes", "a duration such as 5 minutes, < 1 hour or 30 days"),
        (Duration, "5 parsecs", "a duration such as 5 minutes, < 1 hour or 30 days"),
        (Duration, "soon", "a duration such as 5 minutes, < 1 hour or 30 days"),
        (Count, "many", "a number such as 2, ~10, 5M or 730 hrs × 2 tasks"),
        (Count, "$5", "a number such as 2, ~10, 5M or 730 hrs × 2 tasks"),
    ],
)
def test_what_is_no_quantity_says_what_is(kind: type[Quantity], text: str, expected: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the message is compared below
        kind.parse(text)
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (UnitPrice, "$1/0"), (UnitPrice, "$1/0.0K"), (UnitPrice, "$1/"),
        (Money, "$1,5"), (Money, "$1,,000"), (Money, "$-1"), (Money, "$nan"), (Money, "$1e9"), (Money, "$\u0661"),
        (Count, "\uff11"), (Count, "inf"), (Count, "1e9999"), (Count, "9" * 101), (Count, "×"), (Count, "1\x00"),
        (Measure, "5-3%"), (Duration, [1]), (Duration, None), (Size, {"1 GB": 1}),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_refused(kind: type[Quantity], text: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


@pytest.mark.parametrize("kind", [Quantity, Duration, Money, UnitPrice, Count, Percent, Size, Measure])
@pytest.mark.parametrize(
    "text", [" " * 100_000, f"1{' ' * 100_000}!", f"<{' ' * 100_000}1!", "1 " * 50_000 + "!", "1×" * 50_000]
)
def test_a_text_without_end_is_refused_at_once(kind: type[Quantity], text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


def test_spaces_and_breaks_within_a_quantity_count_as_one_space() -> None:
    assert str(TypeAdapter(Count).validate_python(" 730 hrs\n  × 2  tasks ")) == "730 hrs × 2 tasks"


@given(st.integers(0, 10**9))
@STEADY
def test_a_duration_that_was_spelt_is_read_back(seconds: int) -> None:
    parts = (
        spell_duration(seconds)
        .replace("days", "day")
        .replace("hours", "hour")
        .replace("minutes", "minute")
        .replace("seconds", "second")
    )
    words = parts.split()

    assert (
        sum(Duration.parse(f"{number} {unit}").low for number, unit in zip(words[::2], words[1::2], strict=True))
        == seconds
    )


@given(st.decimals(0, 10**9, places=2))
@STEADY
def test_an_amount_that_was_spelt_is_read_back(amount: Decimal) -> None:
    assert Money.parse(spell_money(amount)).low == amount


@given(st.text("0123456789~$<>≤-–., +/mhdinutes", max_size=12))
@STEADY
def test_any_text_is_a_quantity_or_a_mistake_in_words(text: str) -> None:
    for kind in (Money, Duration, Count):
        answer: Quantity | str
        try:
            answer = kind.parse(text)
        except ValueError as error:
            answer = str(error)
        assert str(answer) in {text.strip(), kind.expected, f"a range that grows, not {text}"}
