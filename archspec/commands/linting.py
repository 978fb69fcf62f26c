"""The findings of a spec for a command, kept while nothing changes."""

import time
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archspec import cache, project
from archspec.findings import Finding, Stage
from archspec.importers.sources import is_account

if TYPE_CHECKING:
    import datetime

    from archspec.api import System
    from archspec.baseline import Baseline

_ENDINGS = (".json", ".tfstate", ".template")
"""How files end that may be no spec. A spec may be JSON as well: what is in the file decides."""

_MARKS = (b"AWSTemplateFormatVersion", b"AWS::")
"""What a template in YAML has near its start."""


class Asked(NamedTuple):
    """What findings depend on beside the spec: no stage means the spec's own. `packs` are absolute paths.

    `longest_waiver` is the setting as it is written; without one the default holds. `allow_code` also runs rules that
    installed packages offer, whose findings are not kept: a package changes unseen.
    """

    stage: Stage | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    today: str
    packs: tuple[str, ...] = ()
    environment: str = ""
    longest_waiver: str = "1 year"
    allow_code: bool = False


def asked(settings: project.Project) -> Asked:
    """Return what a project asks of its specs today."""
    packs = tuple(str(path.absolute()) for path in project.packs(settings))
    today = time.strftime("%Y-%m-%d", time.gmtime())
    return Asked(None, settings.select, settings.ignore, today, packs, longest_waiver=settings.longest_waiver)


def baseline_of(settings: project.Project) -> "Baseline":
    """Return the project's baseline; nothing where it has none. Raises `SpecError`."""
    file = settings.root / settings.baseline
    if not settings.baseline or not lexists(file):
        return {}
    from archspec import baseline

    return baseline.read(file)


def lint(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec. Raises `SpecError`."""
    return _lint(path, asked)[0]


def lint_cached(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec, kept ones while nothing has changed. Raises `SpecError`."""
    if asked.allow_code or is_infrastructure(path):
        return lint(path, asked)
    entry = cache.key(path, asked)
    kept = cache.read(entry)
    if kept is not None:
        return kept
    findings, texts = _lint(path, asked)
    cache.write(entry, texts, findings)
    return findings


def is_infrastructure(path: Path) -> bool:
    """Whether a path is no spec but a plan, a state or a template, by its name and first bytes, or a saved account."""
    try:
        if is_account(path):
            return True
        with path.open("rb") as file:
            start = file.read(project.SPEC_START)
    except (OSError, ValueError):
        return False  # loading says what is wrong with it
    named = path.suffix in _ENDINGS or any(mark in start for mark in _MARKS)
    return named and not project.starts_like_spec(start)


def linted(path: Path, asked: Asked) -> "tuple[System, tuple[Finding, ...]]":
    """Return a spec as it is loaded for the day, and its findings. Raises `SpecError`."""
    from archspec import api

    system = api.load(path, _day(asked), asked.environment, project.days(asked.longest_waiver))
    stands_in = system.architecture.stands_in
    return system, tuple(one for one in _check(system, asked) if stands_in(one.subject, asked.environment))


def _lint(path: Path, asked: Asked) -> tuple[tuple[Finding, ...], list[tuple[Path, str]]]:
    if is_infrastructure(path):
        from archspec.commands import infrastructure

        return infrastructure.lint(path, _day(asked), lambda system: _check(system, asked)), []
    system, findings = linted(path, asked)
    texts = [(Path(file), text) for file, text in zip(system.source.files, system.source.texts, strict=True)]
    return findings, texts + [(path, path.read_bytes().decode("utf-8-sig")) for path in _packs(asked)]


def _check(system: "System", asked: Asked) -> tuple[Finding, ...]:
    from archspec import api

    return api.check(
        system, asked.stage, select=asked.select, ignore=asked.ignore, packs=_packs(asked), allow_code=asked.allow_code
    ).findings


def _packs(asked: Asked) -> list[Path]:
    return [project.shown(Path(path)) for path in asked.packs]


def _day(asked: Asked) -> "datetime.date":
    import datetime

    return datetime.date.fromisoformat(asked.today)
