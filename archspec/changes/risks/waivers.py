"""Findings that are accepted from now on, for longer, or more of them than before."""

from collections.abc import Iterator, Mapping

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.graph.graph import Graph
from archspec.model.claim import Waiver

_Waivers = Mapping[tuple[str, str], Waiver]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield waivers that were added, that accept more or last longer, and those that are gone."""
    before, now = versions.both(_waivers)
    for key, waiver in now.items():
        if key not in before:
            until = f" until {waiver.expires}" if waiver.expires else ""
            because = f": {waiver.reason}" if waiver.reason else ", and no reason is given"
            text = f"{waiver.rule} is accepted for {waiver.subject}{until}{because}"
            yield Risk(Grade.MEDIUM, waiver.subject, text, waiver.path)
        else:
            yield from _wider(before[key], waiver)
    for key, waiver in before.items():
        if key not in now:
            text = f"{waiver.rule} is not accepted for {waiver.subject} any more"
            yield Risk(Grade.NONE, waiver.subject, text, waiver.path, side="old")


def _waivers(graph: Graph) -> _Waivers:
    return {(one.rule, one.subject): one for one in graph.architecture.waivers}


def _wider(old: Waiver, new: Waiver) -> Iterator[Risk]:
    accepted = f"{new.rule} is accepted for {new.subject}"
    if (new.count or 1) > (old.count or 1):
        text = f"{accepted} {new.count} times, not {old.count or 1}"
        yield Risk(Grade.MEDIUM, new.subject, text, (*new.path, "count"))
    if old.expires and (new.expires is None or new.expires > old.expires):
        text = f"{accepted} until {new.expires or 'no stated day'}, not {old.expires}"
        yield Risk(Grade.LOW, new.subject, text, (*new.path, "expires"))
