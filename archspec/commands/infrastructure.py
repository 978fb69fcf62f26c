"""Linting what is no spec: a plan or a state of Terraform, a template. Findings stand at its resources."""

import datetime
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path

from archspec import api
from archspec.errors import Location
from archspec.findings import Finding
from archspec.importers import sources
from archspec.importers.draft import Draft, draft
from archspec.reporters.plain import plain
from archspec.source import Source

Check = Callable[[api.System], tuple[Finding, ...]]


def lint(path: Path, today: datetime.date, check: Check) -> tuple[Finding, ...]:
    """Return the findings of an infrastructure file, each at the resource that it is about.

    Says on standard error how much of it was not understood. Raises `UsageError` and `SpecError` as `sources.read`.
    """
    inventory = sources.read(path)
    made = draft(inventory)
    system = api.parse(made.text, path.as_posix(), today)
    if made.left:
        number = sum(one.number for one in made.left)
        things = "1 thing was" if number == 1 else f"{number} things were"
        told = f"{path.as_posix()}: {things} not understood; `archspec import` lists them"
        sys.stderr.write(plain(told) + "\n")
    find = _finder(system.source, made, path.as_posix())
    return tuple(sorted(_placed(one, find) for one in check(system)))


def _placed(finding: Finding, find: Callable[[Location], Location]) -> Finding:
    witness = tuple(hop._replace(location=hop.location and find(hop.location)) for hop in finding.witness)
    # An edit is one of a spec, and there is none.
    return finding._replace(location=find(finding.location), witness=witness, edits=())


def _finder(source: Source, made: Draft, file: str) -> Callable[[Location], Location]:
    """Return what leads from a place in the draft to the resource that stands there.

    What stands in no element, such as something that archspec derives, leads to the start of the file.
    """
    starts = sorted((source.locate(path)[1:3], path) for path in made.addresses)
    ends = sorted(_beginnings(source))

    def find(at: Location) -> Location:
        position = bisect_right(starts, (at.line, at.column), key=lambda one: one[0])
        place = made.place(starts[position - 1][1]) if position else None
        if place is None or _is_apart(ends, starts[position - 1][0], (at.line, at.column)):
            return Location(file, 1, 1)
        return (place.location or Location(file, 1, 1))._replace(text=place.address)

    return find


def _beginnings(source: Source) -> Iterator[tuple[int, int]]:
    """Yield where each section, kind and element of a spec begins."""
    for section, held in source.data.items():
        yield source.locate((section,))[1:3]
        for key, items in held.items() if isinstance(held, dict) else ():
            yield source.locate((section, key))[1:3]
            yield from (source.locate((section, key, id_))[1:3] for id_ in (items if isinstance(items, dict) else ()))


def _is_apart(ends: list[tuple[int, int]], start: tuple[int, int], at: tuple[int, int]) -> bool:
    """Whether something else begins between two places."""
    return bisect_right(ends, at) != bisect_right(ends, start)
