"""What is wanted after a loss, what happens by itself, what is kept elsewhere, and the steps of a recovery."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archspec.model.claim import Day
from archspec.model.element import ElementId, Listed, Model, Refers, Status, Switch
from archspec.model.quantity import Duration

Disruption = Literal["application", "infrastructure", "az", "region"]
"""What is lost: data by a bad write or deletion, an instance, an Availability Zone, or the Region."""


class Objectives(Model):
    """How long recovery may take (RTO) and how much may be lost (RPO), by what happens."""

    rto: Duration | None = None
    """How long recovery may take (RTO) within the Region."""
    rpo: Duration | None = None
    """How much may be lost (RPO) within the Region, as a time."""
    region_rto: Duration | None = None
    """How long recovery may take when the Region is lost."""
    region_rpo: Duration | None = None
    """How much may be lost with the Region, as a time."""


class Target(Listed):
    """The objectives of one component, where they differ from those of the whole."""

    home: ClassVar[str] = "recovery.targets"

    component: str
    """What it is about: `database`."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it is about."""
    disruptions: tuple[Disruption, ...] = ()
    """The losses that it is about; left out, those within the Region."""
    rto: Duration | None = None
    """How long its recovery may take (RTO)."""
    rpo: Duration | None = None
    """How much of it may be lost (RPO), as a time."""
    not_required: str = ""
    """The reason why there is no objective."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the target."""
        return f"target {self.component}"


class Failover(Listed):
    """What an element does when a part of it fails."""

    home: ClassVar[str] = "recovery.failover"

    subject: ElementId
    """The element, a part of which fails."""
    does: str
    """What it does then."""
    automatic: Switch = False
    """Whether that happens by itself."""
    duration: Duration | None = None
    """How long that takes."""
    status: Status = "current"
    """Whether it is so today, or planned, disabled, removed or only recommended."""


class RecoveryStep(Listed):
    """A step of the recovery of the whole: who or what does it, how long it takes, and what it waits for."""

    home: ClassVar[str] = "recovery.steps"

    does: str
    """What is done."""
    name: str = ""
    """The name by which others wait for it."""
    takes: Duration | None = None
    """How long it takes."""
    group: str = ""
    """Steps of the same group run beside each other, groups in their order; a step without one is a group of its
    own.
    """
    after: tuple[str, ...] = ()
    """The steps or groups that it waits for; it then waits for no others."""
    automatic: Switch | None = None
    """Whether a machine does it."""
    owner: str = ""
    """Who does it, where no machine does."""
    runbook: str = ""
    """Where it says how: a link or a file."""
    alarm: Annotated[str, Refers(("alarm",))] = ""
    """The alarm that a step of detection waits for."""
    runs_in: str = ""
    """The Region or Availability Zone of what carries the step out."""
    ttl: Duration | None = None
    """How long clients keep the DNS record that it changes."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it brings back."""
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the step."""
        return f"step {self.name or self.does}"


class Copy(Listed):
    """What is kept beside the backups of the stores: images, code, configuration."""

    home: ClassVar[str] = "recovery.copies"

    what: str
    """What is kept: `container images`."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it is a copy of."""
    method: str = ""
    """How it is kept."""
    every: str = ""
    """How often it is copied, in words."""
    retention: str = ""
    """How long it is kept, in words."""
    status: Status = "current"


class Standby(Listed):
    """What stands, or lies ready, in the Region that a recovery goes to."""

    home: ClassVar[str] = "recovery.region_holds"

    what: str
    """What it is: `network`."""
    holds: tuple[str, ...] = ()
    """What of it stands, or lies ready, there."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it can take the place of."""


class Drill(Listed):
    """A recovery that is rehearsed: how often, and what is done."""

    home: ClassVar[str] = "recovery.drills"

    every: str
    """How often it is rehearsed, in words: `quarter`."""
    title: str = ""
    """What is rehearsed."""
    does: tuple[str, ...] = ()
    """What is done, step by step."""
    covers: tuple[ElementId, ...] = ()
    """The elements that it is about; left out, the whole."""
    last: Day | None = None
    """The day of the latest: 2027-03-31."""
    within: Duration | None = None
    """How old the latest may become."""
    evidence: str = ""
    """Where its record is kept."""


class RecoveryArea(Model):
    """The `recovery:` section."""

    objectives: Objectives = Field(default_factory=Objectives)
    """How long recovery may take, and how much may be lost, for the whole."""
    targets: tuple[Target, ...] = ()
    """The objectives of single components, where they differ."""
    failover: tuple[Failover, ...] = ()
    """What happens by itself when a part of an element fails."""
    strategy: str = ""
    """How the loss of the Region is met, in words: `pilot light`."""
    region: str = ""
    """Where a recovery goes when the Region is lost."""
    region_holds: tuple[Standby, ...] = ()
    """What stands, or lies ready, in that Region."""
    steps: tuple[RecoveryStep, ...] = ()
    """The steps of the recovery of the whole."""
    total: Duration | None = None
    """How long all steps are said to take together."""
    paging: Duration | None = None
    """How long a person who is called takes to begin."""
    retention: Duration | None = None
    """How long every database has to be restorable to."""
    noticed_within: Duration | None = None
    """How long a bad write may stay unseen."""
    copies: tuple[Copy, ...] = ()
    """What is kept beside the backups of the stores."""
    drills: tuple[Drill, ...] = ()
    """Recoveries that are rehearsed."""
