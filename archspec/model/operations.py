"""What operating the system needs to know: AWS's limits, maintenance windows, decisions and their reasons."""

from typing import ClassVar

from archspec.model.element import ElementId, Listed, Model, Status
from archspec.model.quantity import Count


class Limit(Listed):
    """A limit of AWS's, how much of it is used, and from which use on somebody should act."""

    home: ClassVar[str] = "operations.limits"

    resource: str
    """What is limited: `ECS tasks in a service`."""
    limit: Count
    """The limit."""
    used: Count | None = None
    """How much of it is used."""
    act_at: Count | None = None
    """From which use on somebody should act."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the limit."""
        return f"limit {self.resource}"


class Window(Listed):
    """When an element may be changed by AWS or by its owners."""

    home: ClassVar[str] = "operations.windows"

    subject: ElementId
    """The element that may be changed."""
    at: str
    """When: `Sun 05:00-06:00 UTC`."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the window."""
        return f"window {self.subject}"


class Decision(Listed):
    """What was decided, why, and about what."""

    home: ClassVar[str] = "operations.decisions"

    decides: str
    """What was decided."""
    because: tuple[str, ...] = ()
    """Why, one reason each."""
    about: tuple[ElementId, ...] = ()
    """The elements that it is about."""
    status: Status = "current"
    """Whether it holds today, or is planned, disabled, removed or only recommended."""

    @property
    def id(self) -> str:
        """How findings and waivers call the decision."""
        return f"decision {self.decides}"


class OperationsArea(Model):
    """The `operations:` section."""

    limits: tuple[Limit, ...] = ()
    """Limits of AWS's, and how much of them is used."""
    windows: tuple[Window, ...] = ()
    """When elements may be changed."""
    decisions: tuple[Decision, ...] = ()
    """What was decided, and why."""
