"""`archspec lint` — check specs and show what is wrong."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from archspec import project
from archspec.commands.arguments import Parser, add_paths, add_touched, names, parser
from archspec.commands.linting import Asked, asked, baseline_of, is_infrastructure, lint, lint_cached
from archspec.commands.reporting import add_reports, files, of, tell
from archspec.errors import Problem, SpecError, UsageError
from archspec.findings import Finding, Severity, Stage
from archspec.importers.sources import is_account
from archspec.reporters.plain import plain

if TYPE_CHECKING:
    from archspec.baseline import Baseline

_STAGES: tuple[Stage, ...] = ("production", "staging", "development")


def run(arguments: Sequence[str]) -> int:
    """Lint and print the report. 0 clean, 1 findings at or above `--fail-on`, 2 a spec that cannot be used.

    `--diff` prints what `--fix` would change, and nothing else: 1 where that is anything.
    """
    settings = project.find(Path.cwd())
    given = _parser(settings).parse_args(arguments)
    paths = _touched(settings, given.paths) if given.touched else _paths(settings, given.paths)
    if given.touched and not paths and given.format == "text" and not given.report:
        return 0
    files(given.report, _read(given, settings, paths))  # a mistake in it is told before anything is mended
    wanted = _asked(given, settings)
    if given.fix or given.diff:
        from archspec.commands.fixing import fix_all

        if given.diff and given.report:
            raise UsageError("--diff prints a patch and no findings; leave --report out")
        if given.environment:
            raise UsageError("what is fixed is fixed in every environment; leave --environment out")
        _refuse_infrastructure(paths)
        status = fix_all(paths, wanted, settings, diff=given.diff)
        if given.diff:
            return status
    return _lint(given, settings, wanted, paths)


def _paths(settings: project.Project, given: Sequence[str]) -> list[Path]:
    """Return the files to lint. The folder of a saved account is one of them, and not a folder of specs."""
    accounts = [one for one in dict.fromkeys(given) if is_account(Path(one))]
    others = tuple(one for one in given if one not in accounts)
    return [*map(Path, accounts), *(project.specs(settings, others) if others or not accounts else ())]


def _touched(settings: project.Project, changed: Sequence[str]) -> list[Path]:
    from archspec.commands.touching import Reach, touched

    known = (settings.root / settings.baseline,) if settings.baseline else ()
    return touched(settings, changed, Reach(known, judged=True))


def _refuse_infrastructure(paths: Sequence[Path]) -> None:
    """A key of a plan that looks like a misspelt one of a spec must not be mended."""
    for path in paths:
        if is_infrastructure(path):
            raise UsageError(
                f"{path.as_posix()} is no spec, and --fix and --diff mend only specs; "
                f"`archspec import {quote(path.as_posix())}` drafts one"
            )


def _lint(given: argparse.Namespace, settings: project.Project, wanted: Asked, paths: list[Path]) -> int:
    problems: list[Problem] = []
    known = _known(settings, problems)
    seen: dict[Path, Sequence[Finding]] = {}
    for path in paths:
        try:
            seen[path] = lint(path, wanted) if given.no_cache else lint_cached(path, wanted)
        except SpecError as error:
            problems += [one for one in error.problems if one not in problems]  # every spec tells of a broken pack
    if known:
        from archspec import baseline

        seen = {
            path: baseline.apply(found, known.get(baseline.name(path, settings), {})) for path, found in seen.items()
        }
    parts = [*((path.as_posix(), found) for path, found in seen.items()), *_parts(problems)]
    tell(given, of(given, parts, settings, info=given.info), _read(given, settings, paths))
    status = 2 if problems else _status(given, seen.values())
    if known and not (given.select or given.ignore or given.stage or given.environment):
        _tell_stale(known, seen, settings)
    return status


def _read(given: argparse.Namespace, settings: project.Project, paths: Sequence[Path]) -> list[Path]:
    """Return what is read, with what specs include: no report may take the place of it."""
    if not given.report:
        return []
    from archspec.commands.touching import parts

    included = [part for path in paths if not is_infrastructure(path) for part in parts(path)]
    return [*paths, *included, *([settings.root / settings.baseline] if settings.baseline else [])]


def _known(settings: project.Project, problems: list[Problem]) -> "Baseline":
    """Return the project's baseline; what is wrong with it is told with everything else."""
    try:
        return baseline_of(settings)
    except SpecError as error:
        problems += error.problems
        return {}


def _tell_stale(known: "Baseline", seen: dict[Path, Sequence[Finding]], settings: project.Project) -> None:
    from archspec import baseline

    found = {baseline.name(path, settings): baseline.record(findings) for path, findings in seen.items()}
    stale = baseline.stale(known, found, settings)
    if stale:
        entries = "1 entry is" if stale == 1 else f"{stale} entries are"
        sys.stderr.write(plain(f"{settings.baseline}: {entries} found no more; run: archspec baseline") + "\n")


def _parts(problems: Sequence[Problem]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the problems as findings, by the files that cannot be used."""
    if problems:
        from archspec.commands.problems import finding

        for file, group in groupby(problems, lambda one: one.location.file):
            yield file, [finding(problem) for problem in group]


def _status(given: argparse.Namespace, findings: Iterable[Sequence[Finding]]) -> int:
    limit = Severity[given.fail_on.upper()]
    return int(any(one.is_open and one.severity >= limit for found in findings for one in found))


def _asked(given: argparse.Namespace, settings: project.Project) -> Asked:
    own = asked(settings)
    return own._replace(
        stage=given.stage,
        select=names(given.select) or own.select,
        ignore=names(given.ignore) or own.ignore,
        environment=given.environment,
        allow_code=given.allow_code,
    )


def _parser(settings: project.Project) -> Parser:
    made = parser("lint", "Check specs and show what is wrong.", "  archspec lint specs/shop.yaml --fail-on warning")
    add_paths(made)
    add_touched(made)
    add_reports(made)
    made.add_argument("--select", action="append", metavar="RULES", help="only these rules: NET001, NET, names")
    made.add_argument("--ignore", action="append", metavar="RULES", help="not these rules")
    made.add_argument(
        "--fail-on",
        choices=project.LEVELS,
        default=settings.fail_on,
        help="exit 1 from here on (default: the project's, or error)",
    )
    made.add_argument("--stage", choices=_STAGES, help="rate as in this stage, not the spec's own")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    made.add_argument("--info", action="store_true", help="also show what is informative, known or could not be told")
    made.add_argument("--fix", action="store_true", help="first mend what can be mended without asking")
    made.add_argument("--diff", action="store_true", help="show what --fix would change, write nothing, exit 1 if any")
    made.add_argument("--allow-code", action="store_true", help="also run rules that installed packages offer")
    made.add_argument("--no-cache", action="store_true", help="check anew, and keep nothing")
    return made
