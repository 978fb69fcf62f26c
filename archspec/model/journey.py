"""Named ways through the system: who calls whom, in which order, to serve one request."""

import re
from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from archspec.model.element import ElementId, Listed, Model, Status

_ARROW = re.compile(r"(?P<source>\S+)\s*->\s*(?P<target>\S+)")


class Step(Model):
    """One step: from one element to another, or something that one element does. Several lines are its details.

    In a spec it is written short, `- web -> queue: enqueue`, or `- web: renders the page`, or with its keys.
    """

    source: ElementId = ""
    target: ElementId = ""
    does: str = ""
    details: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        if isinstance(value, str):
            found = _ARROW.fullmatch(value.strip())
            return {"source": found["source"], "target": found["target"]} if found else {"does": value}
        if not isinstance(value, dict):
            return value
        if not value.keys() - {"details"}:
            raise PydanticCustomError("step", "a step says who does what, as in `- web -> db: reads`")
        if value.keys() <= cls.model_fields.keys():
            return value
        (ends, does), *rest = value.items()
        found = _ARROW.fullmatch(str(ends).strip())
        named = {"source": found["source"], "target": found["target"]} if found else {"source": ends}
        return {**named, "does": does, **dict(rest)}


class Journey(Listed):
    """A request's way, step by step, in the order in which it happens."""

    home: ClassVar[str] = "journeys"

    title: str
    note: str = ""
    status: Status = "current"
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """How findings and waivers call the journey."""
        return f"journey {self.title}"
