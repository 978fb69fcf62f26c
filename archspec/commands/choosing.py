"""Which of several specs is meant: the one that knows what is asked for."""

from collections.abc import Sequence
from pathlib import Path

from archspec import api
from archspec.errors import UsageError
from archspec.queries import no_element


def system_with(paths: Sequence[Path], wanted: Sequence[str]) -> api.System:
    """Load the one spec that knows all the ids. Raises `UsageError` where none or several do."""
    systems = [api.load(path) for path in paths]
    known = [system for system in systems if {*wanted} <= set(system.architecture.elements)]
    if len(known) == 1:
        return known[0]
    words = " and ".join(wanted)
    if known:
        files = ", ".join(system.source.files[0] for system in known)
        whose = f"{words} {'are' if len(wanted) > 1 else 'is'} in several specs: " if wanted else "several specs: "
        raise UsageError(f"{whose}{files}; choose one with --spec")
    ids = sorted({id_ for system in systems for id_ in system.architecture.elements})
    missing = next((name for name in wanted if name not in ids), "")
    if not missing:
        raise UsageError(f"no spec knows both {words}")
    raise no_element(missing, ids)
