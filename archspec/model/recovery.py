"""What is wanted after a loss, and what happens by itself."""

from typing import ClassVar

from pydantic import Field

from archspec.model.element import ElementId, Listed, Model, Status, Switch
from archspec.model.quantity import Duration


class Objectives(Model):
    """How long recovery may take (RTO) and how much may be lost (RPO)."""

    rto: Duration | None = None
    rpo: Duration | None = None


class Failover(Listed):
    """What an element does when a part of it fails. `duration` is how long that takes."""

    home: ClassVar[str] = "recovery.failover"

    subject: ElementId
    does: str
    automatic: Switch = False
    duration: Duration | None = None
    status: Status = "current"


class RecoveryArea(Model):
    """The `recovery:` section."""

    objectives: Objectives = Field(default_factory=Objectives)
    failover: tuple[Failover, ...] = ()
