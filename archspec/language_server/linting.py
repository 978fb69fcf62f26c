"""A spec with its open buffers → its findings, or what keeps it from being loaded."""

import datetime
import os
from collections.abc import Mapping
from functools import lru_cache
from os.path import lexists, realpath
from pathlib import Path
from typing import NamedTuple

from archspec import api, baseline, project, source
from archspec.baseline import Baseline
from archspec.errors import Problem, SpecError, UsageError
from archspec.findings import Finding
from archspec.fixes import Terms
from archspec.importers.spec.inclusion import read_with_includes
from archspec.language_server.workspace import Buffers, Spec, text_at
from archspec.project import Project
from archspec.source import Source


class Linted(NamedTuple):
    """What is known of a spec: its texts as they were looked at, by the names that locations have, the spec first.

    `files` are the real paths of those names. `notes` are what is wrong with the project's settings. `system` is there
    unless problems keep the spec from being loaded.
    """

    spec: Spec
    files: Mapping[str, str]
    texts: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    system: api.System | None = None

    def path(self, name: str) -> str:
        """Return the real path of a file that a location names; a rule pack's is none of the spec's own."""
        return self.files.get(name) or realpath(name)


def lint(spec: Spec, buffers: Buffers, today: datetime.date) -> Linted:
    """Lint a spec, with what is in open buffers in place of what is on disk."""
    files: dict[str, str] = {}

    def read(path: Path, name: str) -> Source:
        files[name] = realpath(path)
        text = text_at(files[name], buffers)
        return source.read(path, name) if text is None else _parsed(text, name)  # which says what is wrong with it

    name = _name(spec)
    try:
        found = read_with_includes(Path(spec.path), name, read)
    except SpecError as error:
        texts = {name: text_at(path, buffers) or "" for name, path in files.items()}
        return Linted(spec, files, texts, problems=error.problems)
    return _checked(Linted(spec, files, dict(zip(found.files, found.texts, strict=True))), today)


@lru_cache(maxsize=32)  # the texts of most specs; each is a few megabytes for a large one
def _parsed(text: str, name: str) -> Source:
    return source.parse(text, name)


def _name(spec: Spec) -> str:
    """Return what locations call a spec: its path from the project's root, where it is below that."""
    root = Path(realpath(spec.project.root))
    path = Path(spec.path)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def terms(settings: Project, today: datetime.date) -> Terms:
    """Return what a project asks of its specs. Raises `UsageError` for packs that are not there."""
    return Terms(
        today,
        project.days(settings.longest_waiver),
        None,
        settings.select,
        settings.ignore,
        tuple(project.packs(settings)),
    )


def _checked(read: Linted, today: datetime.date) -> Linted:
    try:
        asked = terms(read.spec.project, today)
        system = api.load_texts(read.texts, today, longest_waiver=asked.longest_waiver)
    except UsageError as error:
        return read._replace(notes=(str(error),))
    except SpecError as error:
        return read._replace(problems=error.problems)
    try:
        checked = api.check(system, select=asked.select, ignore=asked.ignore, packs=asked.packs)
    except UsageError as error:
        return read._replace(system=system, notes=(str(error),))
    except SpecError as error:  # of a rule pack
        return read._replace(system=system, problems=error.problems)
    return _compared(read._replace(system=system, findings=checked.findings))


def _compared(read: Linted) -> Linted:
    """Mark what the project's baseline knows."""
    settings = read.spec.project
    file = settings.root / settings.baseline
    if not settings.baseline or not lexists(file):
        return read
    try:
        known = _baseline(file, file.stat().st_mtime_ns)
    except (UsageError, OSError) as error:
        return read._replace(notes=(str(error),))
    except SpecError as error:
        return read._replace(problems=error.problems)
    name = Path(os.path.relpath(read.spec.path, realpath(settings.root))).as_posix()
    return read._replace(findings=tuple(baseline.apply(read.findings, known.get(name, {}))))


@lru_cache(maxsize=8)
def _baseline(file: Path, _changed: int) -> Baseline:
    return baseline.read(file)
