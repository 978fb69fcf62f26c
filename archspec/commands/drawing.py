"""The pictures of several systems, drawn beside each other: a PNG is mostly pixels, and those take a core of their own.

In processes, because what makes the pixels lets no other thread run (docs/decisions/0010). They draw what would be
drawn here, and nothing else; where none can be started, it is drawn here.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from archspec import api, outputs
from archspec.project import Project

_WORKERS = 2
File = tuple[Path, bytes]


def pictures(systems: Sequence[api.System], settings: Project) -> list[list[File]]:
    """Return the pictures of each system, in order. Raises what drawing them raises."""
    if len(systems) > 1 and (os.cpu_count() or 1) > 1:
        # The largest first, so that none of the others waits for it in the end.
        order = sorted(range(len(systems)), key=lambda i: -len(systems[i].architecture.elements))
        files = [systems[i].source.files[0] for i in order]
        try:
            with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
                drawn = dict(zip(order, pool.map(_drawn, files, repeat(settings)), strict=True))
        except (BrokenProcessPool, OSError):  # no process, or none any more: a small container, a machine out of memory
            return [list(outputs.pictures(system, settings)) for system in systems]
        return [drawn[i] for i in range(len(systems))]
    return [list(outputs.pictures(system, settings)) for system in systems]


def _drawn(file: str, settings: Project) -> list[File]:
    return list(outputs.pictures(api.load(Path(file)), settings))
