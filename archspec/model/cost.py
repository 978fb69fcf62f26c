"""What it costs a month: lines and what they add up to, by environment, over time, and what could be saved."""

from typing import ClassVar

from archspec.errors import KeyPath
from archspec.model.element import ElementId, Listed, Model
from archspec.model.quantity import Count, Money, Percent, UnitPrice


class CostLine(Listed):
    """One line of a cost table. `quantity` × `unit_price` × `hours` is checked against `amount` where stated."""

    home: ClassVar[str] = "cost.lines"

    resource: str
    """What is paid for."""
    group: str = ""
    """The name of the group of lines that it belongs to."""
    covers: tuple[ElementId, ...] = ()
    """The elements that the line pays for."""
    configuration: str = ""
    """Of which size or kind: `db.t4g.medium, Multi-AZ`."""
    amount: Money
    """What it costs a month."""
    daily: Money | None = None
    """What it costs a day."""
    quantity: Count | None = None
    """How many of it: `2`, `730 hrs × 2 tasks`."""
    unit_price: UnitPrice | None = None
    """What one costs: `$0.045/GB`."""
    hours: Count | None = None
    """The hours a month, where the price is by the hour."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the line."""
        return f"cost line {self.resource}"


class CostGroup(Listed):
    """A group of lines: what they are said to add up to, and their share of the total."""

    home: ClassVar[str] = "cost.groups"

    name: str
    """The name by which lines belong to it."""
    title: str = ""
    """The heading of the group; left out, its name."""
    subtotal: Money | None = None
    """What its lines are said to add up to, a month."""
    share: Percent | None = None
    """The share of the total that it is said to be."""

    @property
    def id(self) -> str:
        """How findings and waivers call the group."""
        return f"cost group {self.name}"


class EstimateLine(Model):
    """A line of an estimate."""

    resource: str
    """What is paid for."""
    amount: Money
    """What it costs a month."""
    configuration: str = ""
    """Of which size or kind."""


class EnvironmentCost(Listed):
    """What one environment costs, in lines of its own."""

    home: ClassVar[str] = "cost.environments"

    environment: str
    """Which environment it is about."""
    lines: tuple[EstimateLine, ...] = ()
    """What it costs, line by line."""
    total: Money | None = None
    """What the lines are said to add up to, a month."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the estimate."""
        return f"cost of {self.environment}"


class Saving(Listed):
    """What costs less now, or could: from which amount to which, when, and whether it is done."""

    home: ClassVar[str] = "cost.savings"

    does: str
    """What is done: `Reserved Instances for the database`."""
    horizon: str = ""
    """When: the word by which savings are added up, such as `short term`."""
    before: Money | None = None
    """What it costs a month without it."""
    after: Money | None = None
    """What it costs a month with it."""
    saves: Money | None = None
    """What it saves a month."""
    share: Percent | None = None
    """The share of the cost that it saves."""
    status: str = ""
    """Whether it is done, in words."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it is about."""

    @property
    def id(self) -> str:
        """How findings and waivers call the saving."""
        return f"saving {self.does}"


class SavingTotal(Listed):
    """What the savings of a horizon add up to, a month and a year."""

    home: ClassVar[str] = "cost.saving_totals"

    horizon: str
    """The horizon of the savings that are added up."""
    monthly: Money | None = None
    """What they save a month."""
    yearly: Money | None = None
    """What they save a year."""

    @property
    def id(self) -> str:
        """How findings and waivers call the sum."""
        return f"savings {self.horizon}"


class Period(Listed):
    """What a month, or another period, cost or is expected to cost."""

    home: ClassVar[str] = "cost.periods"

    period: str
    """Which month, or other period: `month 1-3`, `2027-01`."""
    amount: Money
    """What it costs."""
    scenario: str = ""
    """The case that a forecast is about: `expected growth`."""
    note: str = ""


class CostArea(Model):
    """The `cost:` section."""

    lines: tuple[CostLine, ...] = ()
    """What is paid for, one line each."""
    groups: tuple[CostGroup, ...] = ()
    """Groups of lines, with what they add up to."""
    total: Money | None = None
    """What everything is said to cost a month."""
    daily: Money | None = None
    """What everything is said to cost a day."""
    rounding: Money | None = None
    """The difference that arithmetic may show, in dollars."""
    environments: tuple[EnvironmentCost, ...] = ()
    """What single environments cost, in lines of their own."""
    savings: tuple[Saving, ...] = ()
    """What costs less now, or could."""
    saving_totals: tuple[SavingTotal, ...] = ()
    """What the savings of a horizon add up to."""
    periods: tuple[Period, ...] = ()
    """What months, or other periods, cost or are expected to cost."""

    @property
    def id(self) -> str:
        """How findings and waivers call the total."""
        return "cost total"

    @property
    def path(self) -> KeyPath:
        """Where the total stands in its spec."""
        return ("cost", "total")
