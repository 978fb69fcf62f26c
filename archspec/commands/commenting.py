"""What a comment tells of each spec: versions compared, findings of both judged by the settings of today's project."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archspec import api, baseline, comments, project, revisions
from archspec.changes import Difference, compare, side_by_side, version
from archspec.changes.costs import cost_change
from archspec.commands.comparing import Pair, Sides, unchanged
from archspec.commands.linting import Asked
from archspec.comments import Compared, Places
from archspec.defaults import complete
from archspec.errors import Problem
from archspec.findings import Finding, Severity
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.project import Project
from archspec.revisions import Revision
from archspec.waiving import waive


class Terms(NamedTuple):
    """What both sides are judged by, and what they are: the base, and the commit of the other side.

    `pictures` is the address of committed pictures, or nothing where they are not wanted.
    """

    settings: Project
    asked: Asked
    known: baseline.Baseline
    base: Revision
    head: Revision
    places: Places
    pictures: str = ""


def compared(found: Sides, terms: Terms) -> Iterator[Compared]:
    """Yield what there is to tell of each spec that is not as it was: of one that does not load, why."""
    path = terms.places.path
    wrong_old = {path(label): problems for label, problems in found.old.items()}
    wrong_new = {path(label): problems for label, problems in found.new.items()}
    names = {path(pair.labels[0]): pair.old.architecture.name for pair in found.pairs if pair.old}
    for pair in found.pairs:
        old, new = map(path, pair.labels)
        if pair.new is None and old in wrong_new:
            continue  # told below: it is not gone, it cannot be read
        if pair.new and not pair.old and new in wrong_old:
            yield _unread_before(pair.new, wrong_old[new], terms)
        elif old != new or not unchanged(pair):
            yield _compared(pair, terms)
    for label, problems in found.new.items():
        where = path(label)
        if _same(wrong_old.get(where, ()), problems):
            continue
        old = label if where in names else ""
        name = names.get(where, Path(where).stem)
        yield Compared(name, old, label, Difference(name, old, label), wrong_new=problems)


def _same(old: Sequence[Problem], new: Sequence[Problem]) -> bool:
    """Whether a spec cannot be read for the reasons that there were before: the branch has nothing to do with it."""
    return [(one.message, one.location.line) for one in old] == [(one.message, one.location.line) for one in new]


def _unread_before(new: spec.Loaded, wrong: tuple[Problem, ...], terms: Terms) -> Compared:
    label, name = new.source.files[0], new.architecture.name
    standing = comments.stand((), _judge(new, terms), {})
    return Compared(
        name, "", label, Difference(name, "", label), _environments(Pair(None, new)), standing, wrong_old=wrong
    )


def _environments(pair: Pair) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in (pair.new, pair.old) if one for name in one.architecture.environments))


def _compared(pair: Pair, terms: Terms) -> Compared:
    # Without rules: findings are told by what became of each, and not once more as risks.
    old, new = (version(one) if one else None for one in (pair.old, pair.new))
    versions = side_by_side(old, new)
    difference = compare(versions, pair.labels)
    told = Compared(difference.name, *pair.labels, difference, _environments(pair))
    if pair.new:
        before = _judge(pair.old, terms, revisions.day(terms.base)) if pair.old else []
        told = told._replace(standing=comments.stand(before, _judge(pair.new, terms), versions.names))
    if told.is_empty:
        return told
    errors = [one.subject for _, one in told.standing.open if one.severity is Severity.ERROR]
    return told._replace(
        cost=cost_change(versions),
        drawing=comments.draw(versions, difference, errors),
        pictures=_pictures(difference.name, terms),
    )


def _judge(loaded: spec.Loaded, terms: Terms, since: datetime.date | None = None) -> list[Finding]:
    """Return the findings of a version today. With a day, what a waiver accepted then counts as accepted."""
    settings, asked = terms.settings, terms.asked
    today, longest = datetime.date.fromisoformat(asked.today), project.days(asked.longest_waiver)
    architecture = complete(loaded.architecture)
    system = api.System(loaded.source, architecture, Graph(architecture, today, longest))
    packs = [project.shown(Path(pack)) for pack in asked.packs]
    found = api.check(system, asked.stage, select=asked.select, ignore=asked.ignore, packs=packs).findings
    if since and architecture.waivers:
        found = tuple(waive(found, Graph(architecture, min(since, today))))
    file = Path(terms.places.top, terms.places.path(loaded.source.files[0]))
    return baseline.apply(found, terms.known.get(baseline.name(file, settings), {}))


def _pictures(name: str, terms: Terms) -> tuple[comments.Pictured, ...]:
    if not terms.pictures:
        return ()
    folder = project.shown(terms.settings.root / terms.settings.diagrams / name)
    old, new = (revisions.contents(one, folder) for one in (terms.base, terms.head))
    return comments.changed_pictures(old, new, (terms.base.commit, terms.head.commit), terms.pictures)
