"""The steps of the whole recovery as one subject: how long they take, and what is wanted of them."""

from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Graph
from archspec.graph.recovery_steps import CriticalPath, Timed, critical_path, plan, schedule
from archspec.model.quantity import Duration
from archspec.model.recovery import RecoveryStep


class Plan(NamedTuple):
    """The steps of the recovery of the whole, with the objective that they have to keep."""

    steps: tuple[RecoveryStep, ...]
    rto: Duration | None

    @property
    def id(self) -> str:
        """How findings and waivers call the steps together."""
        return "recovery steps"

    @property
    def path(self) -> KeyPath:
        """Where the steps stand in the spec."""
        return ("recovery", "steps")

    @property
    def takes(self) -> CriticalPath:
        """How long they take together."""
        return critical_path(self.steps)

    @property
    def critical(self) -> list[Timed]:
        """The steps on the longest way, in the order in which they start; those of no length decide nothing."""
        found = [one for one in schedule(self.steps) if not one.slack and one.end > one.start]
        return sorted(found, key=lambda one: (one.start, one.step.index))


@lru_cache(maxsize=1)
def plan_of(graph: Graph) -> Plan | None:
    """Return the steps of the whole, if there are any. The objective for the loss of the Region comes first."""
    steps, wanted = plan(graph.architecture), graph.architecture.recovery.objectives
    return Plan(steps, wanted.region_rto or wanted.rto) if steps else None
