"""Times as people write them (`8 AM Mon-Fri`) → schedules of Application Auto Scaling."""

import re
from typing import NamedTuple

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {
    "daily": "*",
    "day": "*",
    "days": "*",
    "everyday": "*",
    "weekdays": "mon-fri",
    "weekday": "mon-fri",
    "weekends": "sat-sun",
    "weekend": "sat-sun",
}
_FILLERS = frozenset({"at", "on", "every", "each", "and", ""})
_TIME = re.compile(r"\b([0-9]{1,2})(?::([0-9]{2}))?(?:\s*(am|pm)\b)?", re.IGNORECASE)
_ZONE = re.compile(r"\b([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|UTC|GMT)\b")
_ZONES = {"GMT": "UTC"}
_CRON = re.compile(r"(?:cron|rate)\([A-Za-z0-9 *?,/#-]+\)")
_LONGEST = 100
_NOON = 12
_HOUR = 60


class Schedule(NamedTuple):
    """An expression, the time zone that it is in (none is UTC), and a name for it made of words and hyphens."""

    expression: str
    timezone: str | None
    name: str


def parse(text: str) -> Schedule | None:
    """Return the schedule that a text says, or nothing where a word of it is not understood.

    https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if _CRON.fullmatch(text):
        return Schedule(text, None, "-".join(re.findall(r"[a-z0-9]+", text.lower())))
    zone = _ZONE.search(text)
    rest = text.replace(zone[0], " ", 1) if zone else text
    times = [*_TIME.finditer(rest)]
    time = _clock(times[0]) if len(times) == 1 else None
    days = _days(_TIME.sub(" ", rest).lower())
    if time is None or days is None:
        return None
    hour, minute = time
    fields = "* * ?" if days == "*" else f"? * {days.upper()}"
    expression = f"cron({minute} {hour} {fields} *)"
    name = f"{hour}-{minute:02}-{'daily' if days == '*' else days.replace(',', '-')}"
    return Schedule(expression, _ZONES.get(zone[1], zone[1]) if zone else None, name)


def _clock(found: re.Match[str]) -> tuple[int, int] | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    elif found[2] is None:
        return None  # `8` alone may be anything
    return (hour, minute) if hour < 2 * _NOON and minute < _HOUR else None


def _days(text: str) -> str | None:
    """Return days as cron does: `*`, `mon-fri`, `mon,wed`. None stated is every day."""
    found = []
    for word in re.split(r"[\s,]+", text):
        if word in _WORDS:
            found.append(_WORDS[word])
        elif word not in _FILLERS:
            ends = [_day(part) for part in re.split("[-–]", word)]
            if "" in ends or word.count("-") + word.count("–") > 1:
                return None
            found.append("-".join(ends))
    if not found or found == ["*"]:
        return "*"
    return None if "*" in found else ",".join(found)


def _day(word: str) -> str:
    """Return a day's three letters, from those, from its name or from more than one of it; nothing for other words."""
    return next((name[:3] for name in _NAMES if word in {name, f"{name}s", name[:3]}), "")
