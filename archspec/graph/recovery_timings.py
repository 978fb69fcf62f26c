"""How long AWS says that its own mechanisms take: figures that no spec states, each with its page and a day.

They are typical figures and no promises, so whoever uses one says that it is assumed.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

TimingName = Literal[
    "rds-multi-az-instance",
    "rds-multi-az-cluster",
    "aurora-failover",
    "aurora-recreate",
    "documentdb-failover",
    "documentdb-recreate",
    "fargate-task-start",
    "target-unhealthy",
    "target-healthy",
    "load-balancer-dns",
    "nat-redundancy",
]

_FILE = Path(__file__).parent.parent / "data" / "engine_timings.json"


class Timing(NamedTuple):
    """A figure of AWS's: seconds, in the worst of the typical cases; what it says, and where."""

    seconds: Decimal
    says: str
    source: str


def timing(name: TimingName) -> Timing:
    """Return one of AWS's figures."""
    return _timings()[name]


@cache
def looked_up() -> str:
    """Return the day on which the figures were looked up: 2026-11-20."""
    return str(_read()["looked_up"])


@cache
def _timings() -> dict[str, Timing]:
    return {
        name: Timing(Decimal(one["seconds"]), one["says"], one["source"]) for name, one in _read()["timings"].items()
    }


def _read() -> dict[str, dict[str, dict[str, str]]]:
    import json

    found: dict[str, dict[str, dict[str, str]]] = json.loads(_FILE.read_text("utf-8"))
    return found
