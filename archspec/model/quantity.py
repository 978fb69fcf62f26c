"""Quantities that keep their spelling: `~$150`, `< 5 minutes`, `30 days`, `$75-95`.

Each parses to a low and a high value in one unit (seconds, dollars) and prints as it was written. Money and seconds
are exact decimals, never binary fractions.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

# Digits as keyboards have them, and commas only between thousands: `1,5` is no fifteen.
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
# What is longer is no quantity, and the patterns below would take minutes to say so.
_LONGEST = 100
_SHAPE = re.compile(
    rf"\s*(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<approximate>~)?\s*(?P<prefix>\$)?(?P<low>{_NUMBER})"
    rf"(?:\s*[-–]\s*\$?(?P<high>{_NUMBER}))?(?P<plus>\+)?\s*(?P<unit>[A-Za-z/% ]*)\s*"
)
_SCALES = {"": 1, "k": 1000, "m": 1_000_000, "b": 1_000_000_000}
_LOT = re.compile(rf"(?P<number>{_NUMBER})(?P<scale>[kmbKMB]?)(?![A-Za-z])")
_COUNTED = re.compile(
    rf"\s*(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<approximate>~)?\s*(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?"
    rf"(?P<scale>[kmbKMB]?)\+?(?![\w.])\s*(?:[A-Za-z][A-Za-z/ .-]*)?\s*"
)
_MEASURED = re.compile(
    rf"\s*(?P<comparator><=|>=|<|>|=|≤|≥)?\s*(?P<approximate>~)?\s*\$?(?P<low>{_NUMBER})"
    rf"(?:\s*[-–]\s*\$?(?P<high>{_NUMBER}))?\s*(?:[A-Za-z/%][^\n]*)?"
)


def _refuse_shrinking(low: Decimal, high: Decimal, text: str) -> None:
    if high < low:
        message = f"a range that grows, not {text}"
        raise ValueError(message)


def _nameless(pattern: str) -> str:
    """Write a pattern of Python's as JavaScript has it, for the whole of a text."""
    return f"^{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern)}$"


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in word)


def _scaled(number: str, scale: str) -> Decimal:
    return Decimal(number.replace(",", "")) * _SCALES[scale.lower()]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value or a range as written. `low` and `high` are equal unless a range was written."""

    text: str
    low: Decimal
    high: Decimal
    comparator: str = ""
    approximate: bool = False

    units: ClassVar[dict[str, int]] = {"": 1}
    """Unit, in lower case and singular, → how many base units it holds."""
    expected: ClassVar[str] = "a number"
    symbol: ClassVar[str] = ""

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `text`; raises `ValueError` with what was expected."""
        shape = _SHAPE.fullmatch(text)
        unit = shape["unit"].strip().lower() if shape else ""
        scale = cls.units.get(unit, cls.units.get(_singular(unit)))
        if shape is None or scale is None or (shape["prefix"] or "") != cls.symbol:
            raise ValueError(cls.expected)
        low = Decimal(shape["low"].replace(",", "")) * scale
        high = Decimal((shape["high"] or shape["low"]).replace(",", "")) * scale
        _refuse_shrinking(low, high, text)
        return cls(text.strip(), low, high, shape["comparator"] or "", bool(shape["approximate"]))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(partial(_validated, cls))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"title": cls.__name__, "description": cls.expected, "pattern": cls.pattern()}

    @classmethod
    def pattern(cls) -> str:
        """Return the grammar as JSON Schema takes it (ECMA-262); it does not say that a range has to grow."""
        units = "|".join(_in_any_case(unit) + ("s?" if len(unit) > 1 else "") for unit in cls.units if unit)
        unit = rf"(?:{units}){'?' if '' in cls.units else ''}" if units else ""
        shape = _SHAPE.pattern.replace(r"(?P<prefix>\$)?", r"\$" if cls.symbol else "")
        return _nameless(shape.replace("(?P<unit>[A-Za-z/% ]*)", unit))


def _validated(kind: type[Quantity], value: object) -> Quantity:
    if isinstance(value, kind):
        return value
    try:
        text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
        return _parsed(kind.parse, text if len(text) <= _LONGEST else "")
    except ValueError as error:
        raise PydanticCustomError("quantity", "expected {expected}", {"expected": str(error)}) from None


def _singular(unit: str) -> str:
    """Drop the s of a plural: of words, because `ms` are not minutes."""
    return unit.removesuffix("s") if len(unit) > 2 else unit


@lru_cache(maxsize=4096)
def _parsed(parse: Callable[[str], Quantity], text: str) -> Quantity:
    return parse(text)


class Duration(Quantity):
    """A length of time, in seconds: `< 5 minutes`, `1 day`, `30d`."""

    units = {
        "s": 1, "sec": 1, "second": 1,
        "m": 60, "min": 60, "minute": 60,
        "h": 3600, "hr": 3600, "hour": 3600,
        "d": 86400, "day": 86400,
        "w": 604800, "week": 604800,
        "month": 2592000,
        "year": 31536000,
    }  # fmt: skip
    expected = "a duration such as 5 minutes, < 1 hour or 30 days"


class Money(Quantity):
    """An amount in US dollars, a month unless the unit says otherwise: `~$150`, `$75-95`, `~$425/month`."""

    units = {"": 1, "/month": 1, "per month": 1, "/mo": 1, "a month": 1, "usd": 1}
    expected = "an amount in dollars such as ~$150 or $75-95"
    symbol = "$"


class UnitPrice(Money):
    """A price for something: `$0.045/GB`, `$0.05/10K`. The amount is for one of what the unit names."""

    expected = "a price such as $0.045/GB or $0.05/10K"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the amount and what it is for; raises `ValueError` with what was expected."""
        amount, slash, unit = text.partition("/")
        if slash and not unit.strip():
            raise ValueError(cls.expected)
        found = super().parse(amount)
        lot = _LOT.match(unit.strip())
        size = _scaled(lot["number"], lot["scale"]) if lot else Decimal(1)
        if not size:
            raise ValueError(cls.expected)
        return cls(text.strip(), found.low / size, found.high / size, found.comparator, found.approximate)

    @classmethod
    def pattern(cls) -> str:
        """Return the grammar as `Quantity.pattern` does."""
        return rf"{super().pattern().removesuffix('$')}(?:/\s*\S.*)?$"


class Count(Quantity):
    """A number of things, with what they are: `2`, `~10`, `730 hrs × 2 tasks`, `100 GB`, `5M`."""

    expected = "a number such as 2, ~10, 5M or 730 hrs × 2 tasks"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a number or a product of numbers, each with a word behind it or not."""
        low = high = Decimal(1)
        found = [_COUNTED.fullmatch(part) for part in re.split(r"[×*]", text)]
        for part in found:
            if part is None:
                raise ValueError(cls.expected)
            low *= _scaled(part["low"], part["scale"])
            high *= _scaled(part["high"] or part["low"], part["scale"])
        _refuse_shrinking(low, high, text)
        first = found[0]
        comparator, approximate = (first["comparator"], first["approximate"]) if first else ("", "")
        return cls(text.strip(), low, high, comparator or "", bool(approximate))

    @classmethod
    def pattern(cls) -> str:
        """Return the grammar as `Quantity.pattern` does."""
        return _nameless(f"{_COUNTED.pattern}(?:[×*]{_COUNTED.pattern})*")


class Percent(Quantity):
    """A share of a hundred: `70%`, `> 85%`."""

    units = {"%": 1}
    expected = "a share such as 70% or > 85%"


class Size(Quantity):
    """An amount of data, in GiB as AWS counts it: `20 GB`, `2 TiB`."""

    units = {"gb": 1, "gib": 1, "tb": 1024, "tib": 1024}
    expected = "a size such as 20 GB"


class Measure(Quantity):
    """A figure in whatever unit a metric has: `> 85%`, `> $50/day`, `1000 requests/target`."""

    expected = "a figure such as > 85%, > 500 ms or 1000 requests/target"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the figure; the unit is kept as written."""
        found = _MEASURED.fullmatch(text)
        if found is None:
            raise ValueError(cls.expected)
        low = Decimal(found["low"].replace(",", ""))
        high = Decimal((found["high"] or found["low"]).replace(",", ""))
        _refuse_shrinking(low, high, text)
        return cls(text.strip(), low, high, found["comparator"] or "", bool(found["approximate"]))

    @classmethod
    def pattern(cls) -> str:
        """Return the grammar as `Quantity.pattern` does."""
        return _nameless(_MEASURED.pattern)


def spell_duration(seconds: Decimal | int) -> str:
    """Write seconds as people do: `5 minutes`, `1 day`, `1 hour 30 minutes`."""
    rest, parts = int(seconds), []
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        number, rest = divmod(rest, size)
        if number:
            parts.append(f"{number} {name}{'' if number == 1 else 's'}")
    return " ".join(parts) or "0 seconds"


def spell_money(amount: Decimal) -> str:
    """Write dollars with cents only where there are some: `$425`, `$65.70`."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
