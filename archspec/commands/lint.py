"""`archspec lint` — check specs and show what is wrong."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from archspec import cache, project
from archspec.commands.arguments import Parser, add_paths, names, parser
from archspec.errors import Problem, SpecError
from archspec.findings import Finding, Severity, Stage
from archspec.reporters import REPORTERS

_STAGES: tuple[Stage, ...] = ("production", "staging", "development")


class Asked(NamedTuple):
    """What findings depend on beside the spec: no stage means the spec's own. `packs` are absolute paths."""

    stage: Stage | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    today: str
    packs: tuple[str, ...] = ()
    environment: str = ""


def run(arguments: Sequence[str]) -> int:
    """Lint and print the report. 0 clean, 1 findings at or above `--fail-on`, 2 a spec that cannot be used."""
    settings = project.find(Path.cwd())
    given = _parser(settings).parse_args(arguments)
    asked = Asked(
        given.stage,
        names(given.select) or settings.select,
        names(given.ignore) or settings.ignore,
        time.strftime("%Y-%m-%d", time.gmtime()),
        tuple(str(path.absolute()) for path in project.packs(settings)),
        given.environment,
    )
    findings: list[Finding] = []
    problems: list[Problem] = []
    for path in project.specs(settings, tuple(given.paths)):
        try:
            findings += lint(path, asked) if given.no_cache else lint_cached(path, asked)
        except SpecError as error:
            problems += [one for one in error.problems if one not in problems]  # every spec tells of a broken pack
    return _conclude(given, findings, problems)


def _conclude(given: argparse.Namespace, findings: list[Finding], problems: list[Problem]) -> int:
    if problems:
        from archspec.commands.problems import finding

        findings += [finding(problem) for problem in problems]
    sys.stdout.write(REPORTERS[given.format].report(findings, info=given.info))
    if problems:
        return 2
    limit = Severity[given.fail_on.upper()]
    return int(any(one.outcome == "fail" and not one.waiver and one.severity >= limit for one in findings))


def lint(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec. Raises `SpecError`."""
    return _lint(path, asked)[0]


def lint_cached(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec, kept ones while nothing has changed. Raises `SpecError`."""
    entry = cache.key(path, asked)
    kept = cache.read(entry)
    if kept is not None:
        return kept
    findings, texts = _lint(path, asked)
    cache.write(entry, texts, findings)
    return findings


def _lint(path: Path, asked: Asked) -> tuple[tuple[Finding, ...], list[tuple[Path, str]]]:
    import datetime

    from archspec import api

    system = api.load(path, datetime.date.fromisoformat(asked.today), asked.environment)
    packs = [project.shown(Path(path)) for path in asked.packs]
    checked = api.check(system, asked.stage, select=asked.select, ignore=asked.ignore, packs=packs)
    texts = [(Path(file), text) for file, text in zip(system.source.files, system.source.texts, strict=True)]
    findings = tuple(one for one in checked.findings if system.architecture.stands_in(one.subject, asked.environment))
    return findings, texts + [(path, path.read_bytes().decode("utf-8-sig")) for path in packs]


def _parser(settings: project.Project) -> Parser:
    made = parser("lint", "Check specs and show what is wrong.", "  archspec lint specs/shop.yaml --fail-on warning")
    add_paths(made)
    made.add_argument("--format", choices=tuple(REPORTERS), default="text", help="how to print (default: text)")
    made.add_argument("--select", action="append", metavar="RULES", help="only these rules: NET001, NET, names")
    made.add_argument("--ignore", action="append", metavar="RULES", help="not these rules")
    made.add_argument("--fail-on", choices=project.LEVELS, default=settings.fail_on, help="exit 1 from here on")
    made.add_argument("--stage", choices=_STAGES, help="rate as in this stage, not the spec's own")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    made.add_argument("--info", action="store_true", help="also show what is informative or could not be told")
    made.add_argument("--no-cache", action="store_true", help="check anew, and keep nothing")
    return made
