"""Named ways through the system: who calls whom, in which order, to serve one request."""

import re
from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from archspec.model.element import ElementId, Listed, Model, Status
from archspec.model.quantity import Percent

_ARROW = re.compile(r"(?P<source>\S+)\s*->\s*(?P<target>\S+)")


class Step(Model):
    """One step: from one element to another, or something that one element does. Several lines are its details.

    In a spec it is written short, `- web -> queue: enqueue`, or `- web: renders the page`, or with its keys.
    """

    source: ElementId = ""
    """The element that does it."""
    target: ElementId = ""
    """The element that it is done with."""
    does: str = ""
    """What happens."""
    details: tuple[str, ...] = ()
    """More lines about it."""

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _ends(value) or {"does": value}
        if not isinstance(value, dict):
            return value
        if not value.keys() - {"details"}:
            raise PydanticCustomError("step", "a step says who does what, as in `- web -> db: reads`")
        if value.keys() <= cls.model_fields.keys():
            return value
        short = next(key for key in value if key not in cls.model_fields)
        written = {**(_ends(short) or {"source": short}), "does": value[short]}
        rest = {key: item for key, item in value.items() if key != short}
        twice = next((key for key in rest if key in written), None)
        if twice:
            message = "'{key}' is said in the short form and beside it; keep one of the two"
            raise PydanticCustomError("step", message, {"key": twice})
        return {**written, **rest}


def _ends(text: str) -> dict[str, str] | None:
    """Return who calls whom; nothing where the text is no arrow between two ids. Refuses a chain of arrows."""
    parts = text.split("->")
    if len(parts) > 2 and all(len(part.split()) == 1 for part in parts):
        raise PydanticCustomError("step", "several arrows stand in one step; write a step for each")
    found = _ARROW.fullmatch(text.strip()) if len(parts) == 2 else None
    return {"source": found["source"], "target": found["target"]} if found else None


class Journey(Listed):
    """A request's way, step by step, in the order in which it happens."""

    home: ClassVar[str] = "journeys"

    title: str
    """What the request is for: `Sign in`."""
    note: str = ""
    slo: Percent | None = None
    """The share of the time in which it is meant to succeed: `99.9%`."""
    status: Status = "current"
    steps: tuple[Step, ...]
    """Who does what, in the order in which it happens: `- web -> queue: enqueues`."""

    @property
    def id(self) -> str:
        """How findings and waivers call the journey."""
        return f"journey {self.title}"
