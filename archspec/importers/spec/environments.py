"""Environments → one spec: what they share, once for each environment, with what each says itself laid over it."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from archspec.errors import UsageError
from archspec.importers.spec.expansion import Expanded, Expansion, inner
from archspec.source import Source


def expand(read: Source, also: Sequence[str] = ()) -> Expanded:
    """Lay the environments that are there today over what they share, and `also` some that are only planned.

    Where none is there today, the spec itself is what is deployed; the one in `also` is then laid over it, and ids stay
    as they are. Raises `SpecError` for an element that stands both under `shared` and in an environment, and for one
    that is left out and was not there; `UsageError` where `also` names no environment.
    """
    overlays = inner(read.data, "environments")
    for name in also:
        _refuse_unknown(name, read, overlays)
    if not overlays and not inner(read.data, "shared"):
        return Expanded(read)
    names = [id_ for id_, one in overlays.items() if _is_current(one)]
    if not names:
        instead = "".join(also)
        return Expansion(read, overlays).run([(instead, "")])._replace(instead=instead)
    names += [name for name in also if name not in names]
    return Expansion(read, overlays).run([(name, name) for name in names])._replace(names=tuple(names))


def _refuse_unknown(name: str, read: Source, overlays: Mapping[str, Any]) -> None:
    if name not in overlays:
        close = get_close_matches(name, list(overlays), n=1)
        meant = f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(overlays) or 'none'}"
        raise UsageError(f"no environment of {read.files[0]} is called '{name}'; {meant}")


def planned(read: Source) -> list[list[str]]:
    """Return the environments that are not there today, those together that `expand` takes together."""
    overlays = inner(read.data, "environments")
    names = [id_ for id_, one in overlays.items() if not _is_current(one)]
    return [[name] for name in names] if len(names) == len(overlays) else [names] if names else []


def _is_current(environment: object) -> bool:
    return not isinstance(environment, dict) or environment.get("status", "current") == "current"
