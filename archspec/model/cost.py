"""What it costs a month: lines and what they add up to, by environment, over time, and what could be saved."""

from typing import ClassVar

from archspec.errors import KeyPath
from archspec.model.element import ElementId, Listed, Model
from archspec.model.quantity import Count, Money, Percent, UnitPrice


class CostLine(Listed):
    """One line of a cost table. `quantity` × `unit_price` × `hours` is checked against `amount` where stated."""

    home: ClassVar[str] = "cost.lines"

    resource: str
    group: str = ""
    covers: tuple[ElementId, ...] = ()
    configuration: str = ""
    amount: Money
    daily: Money | None = None
    quantity: Count | None = None
    unit_price: UnitPrice | None = None
    hours: Count | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the line."""
        return f"cost line {self.resource}"


class CostGroup(Listed):
    """A group of lines: what they are said to add up to, and their share of the total."""

    home: ClassVar[str] = "cost.groups"

    name: str
    title: str = ""
    subtotal: Money | None = None
    share: Percent | None = None

    @property
    def id(self) -> str:
        """How findings and waivers call the group."""
        return f"cost group {self.name}"


class EstimateLine(Model):
    """A line of an estimate."""

    resource: str
    amount: Money
    configuration: str = ""


class EnvironmentCost(Listed):
    """What one environment costs, in lines of its own."""

    home: ClassVar[str] = "cost.environments"

    environment: str
    lines: tuple[EstimateLine, ...] = ()
    total: Money | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the estimate."""
        return f"cost of {self.environment}"


class Saving(Listed):
    """What costs less now, or could: from which amount to which, when, and whether it is done."""

    home: ClassVar[str] = "cost.savings"

    does: str
    horizon: str = ""
    before: Money | None = None
    after: Money | None = None
    saves: Money | None = None
    share: Percent | None = None
    status: str = ""
    covers: tuple[ElementId, ...] = ()

    @property
    def id(self) -> str:
        """How findings and waivers call the saving."""
        return f"saving {self.does}"


class SavingTotal(Listed):
    """What the savings of a horizon add up to, a month and a year."""

    home: ClassVar[str] = "cost.saving_totals"

    horizon: str
    monthly: Money | None = None
    yearly: Money | None = None

    @property
    def id(self) -> str:
        """How findings and waivers call the sum."""
        return f"savings {self.horizon}"


class Period(Listed):
    """What a month, or another period, cost or is expected to cost."""

    home: ClassVar[str] = "cost.periods"

    period: str
    amount: Money
    scenario: str = ""
    note: str = ""


class CostArea(Model):
    """The `cost:` section. `rounding` is the difference that arithmetic may show, in dollars."""

    lines: tuple[CostLine, ...] = ()
    groups: tuple[CostGroup, ...] = ()
    total: Money | None = None
    daily: Money | None = None
    rounding: Money | None = None
    environments: tuple[EnvironmentCost, ...] = ()
    savings: tuple[Saving, ...] = ()
    saving_totals: tuple[SavingTotal, ...] = ()
    periods: tuple[Period, ...] = ()

    @property
    def id(self) -> str:
        """How findings and waivers call the total."""
        return "cost total"

    @property
    def path(self) -> KeyPath:
        """Where the total stands in its spec."""
        return ("cost", "total")
