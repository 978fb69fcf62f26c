"""Stated figures beside computed ones."""

from decimal import Decimal

import pytest

from archspec.documents.amounts import beside, difference, share_beside
from archspec.graph.cost_shares import share, spell_share
from archspec.graph.spending import Sum
from archspec.model.quantity import Money, Percent


def exact(amount: str) -> Sum:
    return Sum(Decimal(amount), Decimal(amount))


@pytest.mark.parametrize(
    ("stated", "found", "rounding", "told"),
    [
        ("$5", "5", None, "$5"),
        ("$5", "6", None, "$5 ($6†)"),
        ("$5", "6", "$1", "$5"),
        ("$4-6", "5", None, "$4-6"),
        (None, "5.5", None, "$5.50†"),
        ("$5", None, None, "$5"),
        (None, None, None, ""),
    ],
)
def test_a_computed_amount_stands_beside_a_stated_one_that_it_contradicts(
    stated: str | None, found: str | None, rounding: str | None, told: str
) -> None:
    amounts = [Money.parse(text) if text else None for text in (stated, rounding)]
    assert beside(amounts[0], exact(found) if found else None, amounts[1]) == told


@pytest.mark.parametrize(
    ("stated", "found", "told"),
    [
        ("5.3%", "5.274", "5.3%"),
        ("5%", "5.4", "5%"),
        ("5%", "5.5", "5% (5.5%†)"),
        (None, "40", "40%†"),
        (None, None, ""),
    ],
)
def test_a_share_is_compared_in_the_digits_that_are_stated(stated: str | None, found: str | None, told: str) -> None:
    assert share_beside(Percent.parse(stated) if stated else None, Decimal(found) if found else None) == told


def test_a_difference_of_ranges_is_the_least_and_the_most() -> None:
    assert difference(Money.parse("$100-110"), Money.parse("$70-80")) == Sum(Decimal(20), Decimal(40))


def test_nothing_has_no_parts() -> None:
    assert spell_share(share(Decimal(5), Decimal(0))) == "0%"
