"""How long every rule takes on a generated spec, against loading it: one process, each thing once, nothing kept before.

What rules share (permits, dominators, an index) is paid by the first that asks, so rules run in their order.
"""

import gc
import time
from collections.abc import Callable, Mapping
from functools import partial
from math import log
from pathlib import Path
from typing import NamedTuple, TypeVar

from archspec import api
from archspec.checks import run_rule
from archspec.rulepacks import built_in
from archspec.rules import Rule

T = TypeVar("T")
SHOWN = 12


class Taken(NamedTuple):
    """Seconds for loading a spec, and for every rule by id."""

    loading: float
    rules: dict[str, float]

    @property
    def total(self) -> float:
        """Seconds for all rules together."""
        return sum(self.rules.values())


def measure(path: Path, rounds: int) -> Taken:
    """Load a spec and run every rule on it, so many times; the fastest counts, as all else is noise."""
    rules = built_in()
    gc.disable()
    taken = []
    for _ in range(rounds):
        loading, system = _timed(lambda: api.load(path))
        taken.append(Taken(loading, _each(rules, system)))
        del system
        gc.collect()
    gc.enable()
    return Taken(min(one.loading for one in taken), {id_: min(one.rules[id_] for one in taken) for id_ in rules})


def _each(rules: Mapping[str, Rule], system: api.System) -> dict[str, float]:
    return {id_: _timed(partial(run_rule, rule, system.graph))[0] for id_, rule in rules.items()}


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def table(sizes: tuple[int, ...], taken: list[Taken]) -> list[str]:
    """Return the table: all rules against loading, then the slowest, in shares of loading."""
    large = taken[-1]
    exponent = log(large.total / taken[-2].total) / log(sizes[-1] / sizes[-2])
    slowest = sorted(large.rules, key=lambda id_: (-large.rules[id_], id_))[:SHOWN]
    others = [id_ for id_ in large.rules if id_ not in slowest]
    rows = [(f"all {len(large.rules)} rules", *(one.total / one.loading for one in taken))]
    rows += [(id_, *(one.rules[id_] / one.loading for one in taken)) for id_ in slowest]
    rows.append((f"the other {len(others)}", *(sum(one.rules[i] for i in others) / one.loading for one in taken)))
    return [
        "Rules, in shares of loading the same spec; the slowest first:",
        "",
        f"| rule | {' | '.join(f'{size:,} elements' for size in sizes)} |",
        f"|---|{'--:|' * len(sizes)}",
        *(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} |" for name, *shares in rows),
        "",
        f"From {sizes[-2]:,} to {sizes[-1]:,} elements the rules together grow with n^{exponent:.2f}.",
    ]
