"""`archspec build` — everything that a project's specs make, in one go."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from archspec import api, cache, outputs, project
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.drawing import pictures
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all
from archspec.errors import MissingToolError, ToolError
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.reporters.summary import summary
from archspec.scanners import Scan
from archspec.writing import write

Progress = Callable[[str], None]
"""Says what is being done, until it is called again."""

File = tuple[Path, bytes]


class _Built(NamedTuple):
    """What one system makes, and what lint says of it."""

    name: str
    verdict: str
    pictures: list[File]
    document: list[File]
    exported: list[File]

    @property
    def files(self) -> list[File]:
        """All of its files."""
        return [*self.pictures, *self.document, *self.exported]


class _Build(NamedTuple):
    """What a project makes: of each system, in its own files with regions, and the reference."""

    systems: list[_Built]
    injected: list[File]
    reference: list[File]

    @property
    def files(self) -> list[File]:
        """All files."""
        return [*(file for built in self.systems for file in built.files), *self.injected, *self.reference]


def run(arguments: Sequence[str]) -> int:
    """Make and write everything, or with `--check` show what is stale.

    Findings do not fail a build, and checkov is done without where it is not installed. 1 where `--check` finds
    something stale, 2 for a spec that cannot be used, 3 for what could not be made. Where nothing has changed since the
    last build, what that said is said again.
    """
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    entry = "" if given.check else _entry(given, settings)
    said = cache.recall(entry) if entry else None
    if said is not None:
        sys.stdout.write(said)
        return 0
    systems = load_all(settings, given.paths)
    described = [(system, api.check(system, packs=project.packs(settings))) for system in systems]
    if given.check:
        return report_stale(_committed(described, settings, given), "archspec build")
    return _make(described, settings, given, entry)


def _make(described: list[outputs.Described], settings: Project, given: argparse.Namespace, entry: str) -> int:
    with _progress() as progress, ThreadPoolExecutor(max_workers=1) as beside:
        # checkov, which takes longest, runs beside everything else, and once: starting is most of what it does.
        systems = [system for system, _ in described]
        scan = None if given.no_scan else beside.submit(api.scan_all, systems, settings.root)
        build = _build(described, settings, given, progress)
        changed = {path for path, content in build.files if write(path, content)}
        progress("checkov")
        scans = _result(scan)
    sys.stdout.write(_report(build, scans, changed))
    if isinstance(scans, ToolError):
        sys.stderr.write(f"archspec: {scans}\n")
        return 0 if isinstance(scans, MissingToolError) else 3
    if entry:
        read = [*_parts(described), *((path, path.read_bytes()) for path in _others(settings, given))]
        cache.keep(entry, [*read, *build.files], _report(build, scans, ()))
    return 0


def _build(
    described: list[outputs.Described], settings: Project, given: argparse.Namespace, progress: Progress
) -> _Build:
    """Make everything, and write nothing yet: a template that fails leaves all files as they were."""
    documents = [list(outputs.documents(one, settings)) for one in described]
    injected = outputs.injected(described, settings, _injected(given, settings))
    progress("pictures")
    drawn = pictures([system for system, _ in described], settings)
    built = [
        _Built(
            system.architecture.name,
            summary(checked.findings),
            [*drawings, *([outputs.page((system, checked), settings)] if outputs.PAGE in settings.formats else [])],
            document,
            list(outputs.exported(system, settings).items()),
        )
        for (system, checked), drawings, document in zip(described, drawn, documents, strict=True)
    ]
    return _Build(built, injected, _reference(settings))


def _reference(settings: Project) -> list[File]:
    """Return what is written about archspec itself, where the project wants it: rules, the language, the commands."""
    if not settings.reference:
        return []
    from archspec.commands.manual import parsers
    from archspec.reference import commands_page

    page = settings.root / settings.reference / "reference" / "commands.md"
    return [*outputs.reference(settings), (page, commands_page.render(parsers()).encode())]


def _committed(described: list[outputs.Described], settings: Project, given: argparse.Namespace) -> list[File]:
    """Return what a project keeps: everything but what is exported."""
    build = _build(described, settings, given, lambda _doing: None)
    kept = [file for built in build.systems for file in (*built.pictures, *built.document)]
    return [*kept, *build.injected, *build.reference]


def _entry(given: argparse.Namespace, settings: Project) -> str:
    """Name what a build says: by its specs, its settings, and the checkov that it runs; nothing where there is none."""
    from archspec.scanners import checkov

    specs = [str(path) for path in project.specs(settings, tuple(given.paths))]
    try:
        scanner = "" if given.no_scan else checkov.identity(settings.root)
    except ToolError:
        return ""
    # By name, because a folder or a pattern may hold a file more than it did.
    others = [str(path) for path in _others(settings, given)]
    return cache.key(settings.root, ["build", specs, scanner, others, [str(value) for value in settings]])


def _parts(described: list[outputs.Described]) -> Iterator[File]:
    """Yield the files that specs consist of."""
    for system, _ in described:
        files = zip(system.source.files, system.source.texts, strict=True)
        yield from ((Path(name), text.encode()) for name, text in files)


def _others(settings: Project, given: argparse.Namespace) -> list[Path]:
    """Return what else a build reads: packs, files with regions or with none yet, and the folder of templates."""
    folder = settings.root / settings.templates
    templates = sorted(path for path in folder.rglob("*") if path.is_file()) if settings.templates else []
    return [*project.packs(settings), *_injected(given, settings), *templates]


def _injected(given: argparse.Namespace, settings: Project) -> list[Path]:
    return project.injected(settings, tuple(given.paths))


def _result(scan: Future[list[Scan]] | None) -> list[Scan] | ToolError | None:
    try:
        return scan.result() if scan else None
    except ToolError as error:
        return error


def _report(build: _Build, scans: list[Scan] | ToolError | None, changed: Collection[Path]) -> str:
    """Say what was made, a line a system, and how much of it is new."""
    match scans:
        case list():
            said = [_spell(one) for one in scans]
        case MissingToolError():
            said = ["checkov: not installed"] * len(build.systems)
        case _:
            said = ["checkov: FAILED" if scans else "checkov: not run"] * len(build.systems)
    lines = [_line(built, scanned, changed) for built, scanned in zip(build.systems, said, strict=True)]
    if build.injected:
        files = "1 file" if len(build.injected) == 1 else f"{len(build.injected)} files"
        lines.append(f"regions    {files}, {_count(build.injected, changed)} changed")
    if build.reference:
        lines.append(f"reference  {len(build.reference)} pages, {_count(build.reference, changed)} changed")
    lines.append("the findings, line by line: archspec lint, archspec scan")
    return "".join(f"{line}\n" for line in lines)


def _line(built: _Built, scanned: str, changed: Collection[Path]) -> str:
    words = [
        f"{built.name:<16}",
        f"lint: {built.verdict};",
        f"{len(built.pictures)} pictures, {_count(built.pictures, changed)} changed;",
        f"document {'changed' if _count(built.document, changed) else 'unchanged'};",
        f"Terraform: {len(built.exported)} files, {_count(built.exported, changed)} changed;",
        scanned,
    ]
    return plain("  ".join(words))


def _count(files: Sequence[File], changed: Collection[Path]) -> int:
    return sum(path in changed for path, _ in files)


def _spell(result: Scan) -> str:
    waived = sum(bool(finding.waiver) for finding in result.findings)
    return f"checkov: {result.passed} passed, {len(result.findings) - waived} failed, {waived} waived"


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show progress where somebody watches: on a terminal, on standard error."""
    if not sys.stderr.isatty():
        yield lambda _doing: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda doing: status.update(doing)  # noqa: PLW0108  `update` takes more, and returns nothing useful


def _parser() -> Parser:
    made = parser("build", "Lint, draw, document, export and scan everything.", "  archspec build --check")
    add_paths(made)
    made.add_argument("--check", action="store_true", help="write nothing; show a diff of what is stale, and exit 1")
    made.add_argument("--no-scan", action="store_true", help="leave checkov out")
    return made
