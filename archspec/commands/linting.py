"""The findings of a spec for a command, kept while nothing changes."""

import time
from pathlib import Path
from typing import NamedTuple

from archspec import cache, project
from archspec.findings import Finding, Stage


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


def lint(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec. Raises `SpecError`."""
    return _lint(path, asked)[0]


def lint_cached(path: Path, asked: Asked) -> tuple[Finding, ...]:
    """Return the findings of one spec, kept ones while nothing has changed. Raises `SpecError`."""
    if asked.allow_code:
        return lint(path, asked)
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

    today, longest = datetime.date.fromisoformat(asked.today), project.days(asked.longest_waiver)
    system = api.load(path, today, asked.environment, longest)
    packs = [project.shown(Path(path)) for path in asked.packs]
    checked = api.check(
        system, asked.stage, select=asked.select, ignore=asked.ignore, packs=packs, allow_code=asked.allow_code
    )
    texts = [(Path(file), text) for file, text in zip(system.source.files, system.source.texts, strict=True)]
    findings = tuple(one for one in checked.findings if system.architecture.stands_in(one.subject, asked.environment))
    return findings, texts + [(path, path.read_bytes().decode("utf-8-sig")) for path in packs]
