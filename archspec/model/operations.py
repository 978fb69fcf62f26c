"""What operating the system needs to know: AWS's limits, maintenance windows, decisions and their reasons."""

from typing import ClassVar

from archspec.model.element import ElementId, Listed, Model, Status
from archspec.model.quantity import Count


class Limit(Listed):
    """A limit of AWS's, how much of it is used, and from which use on somebody should act."""

    home: ClassVar[str] = "operations.limits"

    resource: str
    limit: Count
    used: Count | None = None
    act_at: Count | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the limit."""
        return f"limit {self.resource}"


class Window(Listed):
    """When an element may be changed by AWS or by its owners."""

    home: ClassVar[str] = "operations.windows"

    subject: ElementId
    at: str
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the window."""
        return f"window {self.subject}"


class Decision(Listed):
    """What was decided, why, and about what."""

    home: ClassVar[str] = "operations.decisions"

    decides: str
    because: tuple[str, ...] = ()
    about: tuple[ElementId, ...] = ()
    status: Status = "current"

    @property
    def id(self) -> str:
        """How findings and waivers call the decision."""
        return f"decision {self.decides}"


class OperationsArea(Model):
    """The `operations:` section."""

    limits: tuple[Limit, ...] = ()
    windows: tuple[Window, ...] = ()
    decisions: tuple[Decision, ...] = ()
