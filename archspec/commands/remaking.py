"""What a save makes anew: the findings of specs, the pictures that changed, the documents."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from archspec import api, outputs, project
from archspec.commands import linting, problems
from archspec.errors import SpecError, UsageError
from archspec.findings import Finding
from archspec.graph.graph import Graph
from archspec.project import Project
from archspec.reporters import REPORTERS
from archspec.reporters.plain import plain
from archspec.reporters.report import Part, Report
from archspec.writing import write

if TYPE_CHECKING:
    from archspec.views.view import View

ONLY = ("lint", "render", "docs")
"""What may be made alone; linting is always done."""

_MOST_SHOWN = 10
"""How many files a screen shows that were written at once."""

File = tuple[Path, bytes]

Say = Callable[[str], None]
"""Shows what a person is to read, at once."""


class Wanted(NamedTuple):
    """What the command line says: the specs, what of `ONLY` is made of them, or all, and how findings are printed."""

    paths: tuple[str, ...] = ()
    only: str = ""
    form: str = "compact"
    info: bool = False


class Made(NamedTuple):
    """What was made of a spec: the system's name, the files that it was read from, and the pictures as they are drawn.

    A spec that cannot be used has no files, and what it was before.
    """

    name: str = ""
    files: tuple[Path, ...] = ()
    drawn: "Mapping[str, View]" = MappingProxyType({})


def remake(
    before: Mapping[Path, Made], due: Sequence[Path], settings: Project, wanted: Wanted, say: Say
) -> dict[Path, Made]:
    """Lint the specs that are due, then write what differs from what was made `before`; return what was made of them.

    A spec that cannot be used shows its problems, and nothing of it is written.
    """
    if not due:
        return {}
    started = perf_counter()
    systems, parts = _linted(due, settings)
    say(REPORTERS[wanted.form](Report(tuple(parts), info=wanted.info)))
    say(f"linted in {_since(started)}\n")
    made = {path: before[path]._replace(files=()) for path in due}
    for path, system in systems.items():
        name, files = system.architecture.name, tuple(map(Path, system.source.files))
        made[path] = Made(name, files, before[path].drawn)
        if wanted.only == "lint":
            continue
        started = perf_counter()
        try:
            _refuse_twin(path, {**before, **made})
            drawn, outcome = _written(system, before[path].drawn, settings, wanted)
        except (SpecError, UsageError) as error:
            say(problems.show(error) if isinstance(error, SpecError) else f"archspec: {plain(str(error))}\n")
            continue
        made[path] = Made(name, files, drawn)
        say(f"{outcome}, {_since(started)}\n")
    return made


def _refuse_twin(path: Path, known: Mapping[Path, Made]) -> None:
    """Refuse to write what another spec would write as well."""
    name = known[path].name
    twin = next((other for other, made in known.items() if other != path and made.name == name), None)
    if twin:
        raise UsageError(f"{twin.as_posix()} is named '{name}' as well, and would write the same files")


def _linted(due: Sequence[Path], settings: Project) -> tuple[dict[Path, api.System], list[Part]]:
    """Return the systems of the specs that can be used, and what is wrong with each spec."""
    systems: dict[Path, api.System] = {}
    parts: list[Part] = []
    told: set[object] = set()
    for path in due:
        try:
            system, findings = _lint(path, settings)
        except SpecError as error:
            fresh = [problem for problem in error.problems if problem not in told]
            told |= set(fresh)  # every spec tells of a broken pack
            parts.append(Part(path.as_posix(), tuple(problems.finding(problem) for problem in fresh)))
        else:
            systems[path] = system
            parts.append(Part(path.as_posix(), findings))
    return systems, parts


def _lint(path: Path, settings: Project) -> tuple[api.System, tuple[Finding, ...]]:
    system, findings = linting.linted(path, linting.asked(settings))
    known = linting.baseline_of(settings)
    if known:
        from archspec import baseline

        findings = tuple(baseline.apply(findings, known.get(baseline.name(path, settings), {})))
    return system, findings


def _written(
    dated: api.System, before: "Mapping[str, View]", settings: Project, wanted: Wanted
) -> "tuple[Mapping[str, View], str]":
    """Write what is wanted of a system, and say what changed. What is written does not depend on the day."""
    system = dated._replace(graph=Graph(dated.architecture, None))
    views = {view.name: view for view in outputs.views(system, settings)}
    fresh = [view for view in views.values() if before.get(view.name) != view] if wanted.only != "docs" else []
    files = [*outputs.pictures(system, settings, fresh), *_described(system, settings, wanted)]
    changed = [project.shown(path).as_posix() for path, content in files if write(path, content)]
    shown = [*changed[:_MOST_SHOWN], *([f"{len(changed) - _MOST_SHOWN} more"] if len(changed) > _MOST_SHOWN else [])]
    lines = [f"wrote {plain(one)}\n" for one in shown]
    drawn = f"{len(fresh)} of {len(views)} pictures drawn, " if wanted.only != "docs" else ""
    return views, f"{''.join(lines)}{plain(system.architecture.name)}: {drawn}{_count(len(changed), 'file')} changed"


def _described(system: api.System, settings: Project, wanted: Wanted) -> Iterator[File]:
    """Yield what shows findings: the interactive page and the document, as far as they are wanted."""
    is_paged = outputs.PAGE in settings.formats and wanted.only != "docs"
    if not is_paged and wanted.only == "render":
        return
    checked = api.check(system, packs=project.packs(settings))
    if is_paged:
        yield outputs.page((system, checked), settings)
    if wanted.only != "render":
        yield from outputs.documents((system, checked), settings)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _since(started: float) -> str:
    return f"{(perf_counter() - started) * 1000:.0f} ms"
