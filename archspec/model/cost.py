"""What it costs a month: lines and what they add up to."""

from typing import ClassVar

from archspec.errors import KeyPath
from archspec.model.element import ElementId, Listed, Model
from archspec.model.quantity import Count, Money


class CostLine(Listed):
    """One line of a cost table. `quantity` × `unit_price` × `hours` is checked against `amount` where stated."""

    home: ClassVar[str] = "cost.lines"

    resource: str
    covers: tuple[ElementId, ...] = ()
    configuration: str = ""
    amount: Money
    quantity: Count | None = None
    unit_price: Money | None = None
    hours: Count | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the line."""
        return f"cost line {self.resource}"


class CostArea(Model):
    """The `cost:` section. `rounding` is the difference that arithmetic may show, in dollars."""

    lines: tuple[CostLine, ...] = ()
    total: Money | None = None
    rounding: Money | None = None

    @property
    def id(self) -> str:
        """How findings and waivers call the total."""
        return "cost total"

    @property
    def path(self) -> KeyPath:
        """Where the total stands in its spec."""
        return ("cost", "total")
