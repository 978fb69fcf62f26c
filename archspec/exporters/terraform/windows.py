"""Hours as people write them → the windows that RDS, DocumentDB and ElastiCache take, in UTC."""

import re
from typing import NamedTuple

_DAY = 24 * 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"([0-9]{1,2})(?::([0-9]{2}))?\s*(am|pm)?"
_HOURS = re.compile(rf"(?:daily,?\s+)?(?:at\s+)?{_CLOCK}(?:\s*(?:-|–|to)\s*{_CLOCK})?\s*(?:utc|gmt|z)?")
_WEEKLY = re.compile(rf"({'|'.join(_DAYS)})[a-z]*[,:]?\s*(.+)")
_NAMED_TWICE = re.compile(rf"-\s*({'|'.join(_DAYS)})[a-z]*[,:]?\s*")


class Window(NamedTuple):
    """From a minute of the day to another one, which may be past midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{clock(self.start)}-{clock(self.end)}"


def daily(text: str, shortest: int) -> Window | None:
    """Read `07:00-09:00 UTC` or `3 AM UTC`; a window without an end lasts `shortest` minutes. None if it is neither.

    A window of another time zone is none: AWS takes UTC, and which it is moves with daylight saving time.
    """
    found = _HOURS.fullmatch(text.strip().lower())
    start = _minutes(*found.group(1, 2, 3)) if found else None
    if found is None or start is None:
        return None
    if found[4] is None:
        return Window(start, start + shortest)
    end = _minutes(*found.group(4, 5, 6))
    return None if end is None or end == start else Window(start, end if end > start else end + _DAY)


def weekly(text: str, shortest: int) -> str:
    """Read `Sunday 05:00-06:00 UTC` or `sun:05:00-sun:06:00` as AWS writes it: the latter. Empty if it is neither."""
    found = _WEEKLY.fullmatch(text.strip().lower())
    window = daily(_NAMED_TWICE.sub("-", found[2]), shortest) if found else None
    if found is None or window is None:
        return ""
    last = _DAYS[(_DAYS.index(found[1]) + window.end // _DAY) % len(_DAYS)]
    named = _NAMED_TWICE.search(found[2])
    is_as_named = named is None or named[1] == last
    return f"{found[1]}:{clock(window.start)}-{last}:{clock(window.end)}" if is_as_named else ""


def clock(minutes: int) -> str:
    """Write a minute of the day as AWS does: `05:00`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    if half is None and minute is None:
        return None  # `3` alone says no hour
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    return hours * 60 + minutes if hours * 60 + minutes < _DAY and minutes < 60 else None
