"""The strategy of a recovery and its objectives do not go together.

## Why

AWS gives each strategy a band: backup and restore loses hours and takes up to a day, a pilot light loses minutes and
takes tens of minutes, a warm standby loses seconds and takes minutes, active-active loses and takes next to nothing. An
objective far below the band of the strategy is a hope; a strategy far above what the objectives ask for is money. Steps
whose lengths are stated, and which keep the objective, prove that it can be kept, and then nothing is said.

## Fails

```yaml
recovery:
  objectives: {rto: 15 minutes, rpo: 12 hours}
  strategy: Backup and restore from daily snapshots  # expect: REC011
```

## Passes

```yaml
recovery:
  objectives: {rto: 15 minutes, rpo: 5 minutes}
  strategy: "Pilot light: the database follows in us-west-2"
```
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.recovery_objectives import compare
from archspec.graph.recovery_plan import plan_of
from archspec.model.quantity import Duration
from archspec.model.recovery import RecoveryArea

ID = "REC011"
NAME = "strategy-beyond-targets"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = ("rel_planning_for_recovery_disaster_recovery",)


class Band(NamedTuple):
    """A strategy, how one writes it, and what it is good for: time and loss, in AWS's words and as seconds at least."""

    name: str
    written: str
    rto: int
    time: str
    rpo: int
    loss: str


_MINUTE, _HOUR, _DAY = 60, 3600, 86400
BANDS = (
    Band("backup and restore", r"back-?\s?ups?\s*(?:and|&|/|\+)\s*restor", _HOUR, "hours", _HOUR, "hours"),
    Band("pilot light", r"pilot[\s-]*light", 10 * _MINUTE, "tens of minutes", _MINUTE, "minutes"),
    Band("warm standby", r"warm[\s-]*standby", _MINUTE, "minutes", 1, "seconds"),
    Band("active-active", r"active\s*[-/–]\s*active|multi-?\s?site", 0, "nothing", 0, "nothing"),
)
"""The cheapest first. https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_planning_for_recovery_disaster_recovery.html"""


class Strategy(NamedTuple):
    """The stated strategy as a subject."""

    band: Band
    id: str = "recovery strategy"
    path: KeyPath = ("recovery", "strategy")


def subjects(graph: Graph) -> Iterable[Strategy]:
    """Return the strategy, where it is one of AWS's four and an objective is stated."""
    wanted = graph.architecture.recovery
    named = [band for band in BANDS if re.search(band.written, wanted.strategy, re.IGNORECASE)]
    stated = _rto(wanted) or _rpo(wanted)
    return [Strategy(named[0])] if len(named) == 1 and stated else []


def _rto(wanted: RecoveryArea) -> Duration | None:
    return wanted.objectives.region_rto or wanted.objectives.rto


def _rpo(wanted: RecoveryArea) -> Duration | None:
    return wanted.objectives.region_rpo or wanted.objectives.rpo


def check(graph: Graph, strategy: Strategy) -> Iterator[Violation | Unknown]:
    """Fail objectives that are shorter than the strategy's band, or that a cheaper one keeps by far."""
    wanted, band = graph.architecture.recovery, strategy.band
    rto, rpo = _rto(wanted), _rpo(wanted)
    if rto and rto.high < band.rto and not _is_proven(graph, rto):
        yield _beyond(strategy, f"takes {band.time}, and the recovery time objective is {rto}")
    elif rpo and rpo.high < band.rpo:
        yield _beyond(strategy, f"loses {band.loss}, and the recovery point objective is {rpo}")
    elif rto and rpo and band.rto < _HOUR and rto.low >= _DAY and rpo.low >= _DAY:
        message = f"{band.name} keeps far more than the objectives, {rto} and {rpo}: backup and restore does as well"
        fix = "state the objectives that the strategy is there for, or take the cheaper one"
        yield Violation(strategy.id, strategy.path, message, fix)


def _is_proven(graph: Graph, rto: Duration) -> bool:
    plan = plan_of(graph)
    return plan is not None and not plan.takes.untimed and compare(plan.takes.high, rto) != "missed"


def _beyond(strategy: Strategy, reason: str) -> Violation:
    message = f"{strategy.band.name}, by AWS's bands, {reason}"
    fix = "take a strategy that keeps it, such as a pilot light or a warm standby, or state a longer objective"
    return Violation(strategy.id, strategy.path, message, fix)
