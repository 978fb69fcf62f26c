"""Ports as a spec writes them (`443`, `4000-4003`, `80, 443`, `all`), and what they are ports of."""

from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from archspec.model.element import WholeNumber

MAX_PORT = 65535

Transport = Literal["tcp", "udp"]
"""What carries a flow, and what a service answers to."""

Protocol = Literal["tcp", "udp", "icmp", "all"]
"""What a rule of a security group lets through."""

Port = Annotated[WholeNumber, Field(ge=0, le=MAX_PORT)]


class PortRange(NamedTuple):
    """A closed interval of port numbers, 0 to 65535."""

    low: int
    high: int

    def __str__(self) -> str:
        if self == ALL_PORTS:
            return "all"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


ALL_PORTS = PortRange(0, MAX_PORT)


def spell_ports(ranges: tuple[PortRange, ...]) -> str:
    """Write port ranges as a spec does: `80, 4000-4003`."""
    return ", ".join(str(part) for part in ranges) or "none"


def parse_ports(text: str) -> tuple[PortRange, ...]:
    """Parse ports, sorted and joined where they touch. Raises `ValueError` with what is wrong."""
    ranges = sorted(_parse_range(part.strip()) for part in text.split(","))
    joined = ranges[:1]
    for part in ranges[1:]:
        if part.low <= joined[-1].high + 1:
            joined[-1] = PortRange(joined[-1].low, max(part.high, joined[-1].high))
        else:
            joined.append(part)
    return tuple(joined)


def _parse_range(text: str) -> PortRange:
    if text == "all":
        return ALL_PORTS
    low, dash, high = (part.strip() for part in text.partition("-"))
    if not _is_number(low) or (dash and not _is_number(high)):
        message = f"a port such as 443, a range such as 4000-4003, or all, not '{text}'"
        raise ValueError(message)
    first, last = int(low), int(high or low)
    if last > MAX_PORT:
        message = f"ports from 0 to {MAX_PORT}, not {last}"
        raise ValueError(message)
    if first > last:
        message = f"a range that grows: {last}-{first}, not {text}"
        raise ValueError(message)
    return PortRange(first, last)


def _is_number(text: str) -> bool:
    """Whether the text is a number that may be read: Python refuses very long ones."""
    return text.isascii() and text.isdigit() and len(text) < 10


# Not on `_validated`: a list or a mapping, which is a mistake, cannot be looked up.
_parsed = lru_cache(maxsize=4096)(parse_ports)


def _validated(value: object) -> tuple[PortRange, ...]:
    if isinstance(value, tuple):
        return value
    try:
        return _parsed(str(value))
    except ValueError as error:
        raise PydanticCustomError("ports", "expected {expected}", {"expected": str(error)}) from None


Ports = Annotated[
    tuple[PortRange, ...],
    BeforeValidator(_validated),
    WithJsonSchema({"title": "Ports", "description": "a port such as 443, a range such as 4000-4003, several, or all"}),
]
