"""What is wanted after a loss, what happens by itself, what is kept elsewhere, and the steps of a recovery."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archspec.model.claim import Day
from archspec.model.element import ElementId, Listed, Model, Refers, Status, Switch
from archspec.model.quantity import Duration

Disruption = Literal["application", "infrastructure", "az", "region"]
"""What is lost: data by a bad write or deletion, an instance, an Availability Zone, or the Region."""


class Objectives(Model):
    """How long recovery may take (RTO) and how much may be lost (RPO), by what happens within the Region.

    `region_rto` and `region_rpo` are those for the loss of the Region itself.
    """

    rto: Duration | None = None
    rpo: Duration | None = None
    region_rto: Duration | None = None
    region_rpo: Duration | None = None


class Target(Listed):
    """The objectives of one component, where they differ from those of the whole.

    `disruptions` are the losses that it is about; left out, it is about those within the Region. `not_required` is the
    reason why there is no objective.
    """

    home: ClassVar[str] = "recovery.targets"

    component: str
    covers: tuple[ElementId, ...] = ()
    disruptions: tuple[Disruption, ...] = ()
    rto: Duration | None = None
    rpo: Duration | None = None
    not_required: str = ""
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

    A step without a group is one of its own. One with `after` waits for the steps or groups that it names, and for no
    others. `automatic` says whether a machine does it; else `owner` does, by the `runbook`. `alarm` is what a step of
    detection waits for, `runs_in` the Region or AZ of what carries the step out, `ttl` how long clients keep the DNS
    record that it changes.
    """

    home: ClassVar[str] = "recovery.steps"

    does: str
    name: str = ""
    takes: Duration | None = None
    group: str = ""
    after: tuple[str, ...] = ()
    automatic: Switch | None = None
    owner: str = ""
    runbook: str = ""
    alarm: Annotated[str, Refers(("alarm",))] = ""
    runs_in: str = ""
    ttl: Duration | None = None
    covers: tuple[ElementId, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the step."""
        return f"step {self.name or self.does}"


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
    """A recovery that is rehearsed: how often, and what is done.

    `last` is the day of the latest, `evidence` where its record is kept, `within` how old it may become. A drill that
    names nothing in `covers` is about the whole.
    """

    home: ClassVar[str] = "recovery.drills"

    every: str
    title: str = ""
    does: tuple[str, ...] = ()
    covers: tuple[ElementId, ...] = ()
    last: Day | None = None
    within: Duration | None = None
    evidence: str = ""


class RecoveryArea(Model):
    """The `recovery:` section. `region` is where a recovery goes when the Region is lost.

    `retention` is how long every database has to be restorable to, `noticed_within` how long a bad write may stay
    unseen, `paging` how long a person who is called takes to begin.
    """

    objectives: Objectives = Field(default_factory=Objectives)
    targets: tuple[Target, ...] = ()
    failover: tuple[Failover, ...] = ()
    strategy: str = ""
    region: str = ""
    region_holds: tuple[Standby, ...] = ()
    steps: tuple[RecoveryStep, ...] = ()
    total: Duration | None = None
    paging: Duration | None = None
    retention: Duration | None = None
    noticed_within: Duration | None = None
    copies: tuple[Copy, ...] = ()
    drills: tuple[Drill, ...] = ()
