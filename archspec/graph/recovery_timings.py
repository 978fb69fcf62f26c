"""How long AWS says that its own mechanisms take: figures that no spec states, each with its page and a day.

They are typical figures and no promises, so whoever uses one says that it is assumed.
"""

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from archspec.graph.dated_facts import dated

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


class Timing(NamedTuple):
    """A figure of AWS's: seconds, in the worst of the typical cases; what it says, and where."""

    seconds: Decimal
    says: str
    source: str


def timing(name: TimingName) -> Timing:
    """Return one of AWS's figures."""
    return _timings()[name]


def looked_up() -> str:
    """Return the day on which the figures were looked up: 2026-11-20."""
    return str(dated("engine_timings")["as_of"])


@cache
def _timings() -> dict[str, Timing]:
    found = dated("engine_timings")["timings"]
    return {name: Timing(Decimal(one["seconds"]), one["says"], one["source"]) for name, one in found.items()}
