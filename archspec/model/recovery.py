"""What is wanted after a loss, what happens by itself, what is kept elsewhere, and the steps of a recovery."""

from typing import ClassVar

from pydantic import Field

from archspec.model.element import ElementId, Listed, Model, Status, Switch
from archspec.model.quantity import Duration


class Objectives(Model):
    """How long recovery may take (RTO) and how much may be lost (RPO)."""

    rto: Duration | None = None
    rpo: Duration | None = None


class Target(Listed):
    """The objectives of one component, where they differ from those of the whole."""

    home: ClassVar[str] = "recovery.targets"

    component: str
    covers: tuple[ElementId, ...] = ()
    rto: Duration | None = None
    rpo: Duration | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the target."""
        return f"target {self.component}"


class Failover(Listed):
    """What an element does when a part of it fails. `duration` is how long that takes."""

    home: ClassVar[str] = "recovery.failover"

    subject: ElementId
    does: str
    automatic: Switch = False
    duration: Duration | None = None
    status: Status = "current"


class RecoveryStep(Listed):
    """A step of the recovery of the whole. Steps of the same `group` run beside each other, groups in their order.

    A step without a group is one of its own.
    """

    home: ClassVar[str] = "recovery.steps"

    does: str
    takes: Duration | None = None
    group: str = ""
    covers: tuple[ElementId, ...] = ()
    note: str = ""


class Copy(Listed):
    """What is kept beside the backups of the stores: images, code, configuration."""

    home: ClassVar[str] = "recovery.copies"

    what: str
    covers: tuple[ElementId, ...] = ()
    method: str = ""
    every: str = ""
    retention: str = ""
    status: Status = "current"


class Standby(Listed):
    """What stands, or lies ready, in the Region that a recovery goes to."""

    home: ClassVar[str] = "recovery.region_holds"

    what: str
    holds: tuple[str, ...] = ()
    covers: tuple[ElementId, ...] = ()


class Drill(Listed):
    """A recovery that is rehearsed: how often, and what is done."""

    home: ClassVar[str] = "recovery.drills"

    every: str
    title: str = ""
    does: tuple[str, ...] = ()


class RecoveryArea(Model):
    """The `recovery:` section. `region` is where a recovery goes when the Region is lost."""

    objectives: Objectives = Field(default_factory=Objectives)
    targets: tuple[Target, ...] = ()
    failover: tuple[Failover, ...] = ()
    strategy: str = ""
    region: str = ""
    region_holds: tuple[Standby, ...] = ()
    steps: tuple[RecoveryStep, ...] = ()
    total: Duration | None = None
    copies: tuple[Copy, ...] = ()
    drills: tuple[Drill, ...] = ()
