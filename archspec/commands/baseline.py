"""`archspec baseline` — record the findings of today, so that lint fails for new ones."""

import os
import sys
from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path

from archspec import baseline, project
from archspec.baseline import Baseline
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.linting import asked, lint_cached
from archspec.errors import Problem, SpecError, UsageError
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.writing import write


def run(arguments: Sequence[str]) -> int:
    """Write a first baseline, or take out of it what is found no more.

    It never grows: 1 where findings are left that it does not know, 2 for a spec or a baseline that cannot be used,
    and where CI would write a first one, because then nobody would have looked at it.
    """
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    if not settings.baseline:
        raise UsageError("the setting `baseline` is empty, and a baseline needs a file; name one")
    file = settings.root / settings.baseline
    is_first = not lexists(file)
    if is_first and _is_ci():
        raise UsageError(f"CI writes no first {settings.baseline}: write it where somebody looks at it, and commit it")
    known = {} if is_first else baseline.read(file)
    found = _found(settings, given.paths)
    return _create(file, found) if is_first else _shrink(file, known, found, settings)


def _is_ci() -> bool:
    """Whether a machine runs this: every CI service sets `CI`.

    https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    https://docs.gitlab.com/ci/variables/predefined_variables/
    """
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _found(settings: Project, paths: Sequence[str]) -> Baseline:
    """Return what is open in specs. Raises `SpecError` with every problem: what cannot be read is never known."""
    found: dict[str, Mapping[baseline.Known, int]] = {}
    problems: list[Problem] = []
    today = asked(settings)
    for path in project.specs(settings, tuple(paths)):
        try:
            found[baseline.name(path, settings)] = baseline.record(lint_cached(path, today))
        except SpecError as error:
            problems += [one for one in error.problems if one not in problems]
    if problems:
        raise SpecError(tuple(problems))
    return found


def _create(file: Path, found: Baseline) -> int:
    count = _count(found)
    if not count:
        _say("nothing is found that could be known; no baseline is needed")
        return 0
    write(file, baseline.write_text(found))
    _say(f"wrote {project.shown(file).as_posix()}: {count} known; lint fails for what is new")
    return 0


def _shrink(file: Path, known: Baseline, found: Baseline, settings: Project) -> int:
    gone = baseline.stale(known, found, settings)
    kept = {
        spec: baseline.shrunk(entries, found[spec]) if spec in found else entries for spec, entries in known.items()
    }
    kept = {spec: entries for spec, entries in kept.items() if spec in found or lexists(settings.root / spec)}
    write(file, baseline.write_text(kept))
    new = _count(found) - sum(_count({spec: kept[spec]}) for spec in found if spec in kept)
    called = project.shown(file).as_posix()
    _say(f"{called}: {gone} gone, {_count(kept)} known")
    if new:
        _say(f"{new} new, and it only shrinks: mend or waive them; or delete {called} and run this again, for a review")
    return int(new > 0)


def _count(baseline: Baseline) -> int:
    return sum(sum(entries.values()) for entries in baseline.values())


def _say(text: str) -> None:
    sys.stdout.write(plain(text) + "\n")


def _parser() -> Parser:
    made = parser(
        "baseline",
        "Record what lint finds today, so that it fails for what is new; or take out what is found no more.",
        "  archspec baseline",
    )
    add_paths(made)
    return made
