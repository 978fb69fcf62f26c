"""Quantities of a spec as Terraform takes them."""

from decimal import Decimal

from archspec.model.quantity import Duration


def number(amount: Decimal) -> int | str:
    """Return an amount as a whole number, or as text where it has a fraction: Terraform reads both as a number."""
    return int(amount) if amount == amount.to_integral_value() else f"{amount.normalize():f}"


def seconds(duration: Duration | None) -> int | None:
    """Return the upper end of a duration in whole seconds."""
    return None if duration is None else int(duration.high)
