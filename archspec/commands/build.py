"""`archspec build` — everything that a project's specs make, in one go."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from archspec import api, outputs, project
from archspec.checks import Checked
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.stale import report_stale
from archspec.commands.systems import load_all
from archspec.errors import ToolError
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.reporters.summary import summary
from archspec.scanners import Scan
from archspec.writing import write

Progress = Callable[[str], None]
"""Says what is being done, until it is called again."""


def run(arguments: Sequence[str]) -> int:
    """Make and write everything, or with `--check` show what is stale.

    Findings do not fail a build. 1 where `--check` finds something stale, 2 for a spec that cannot be used, 3 for what
    could not be made.
    """
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    systems = load_all(settings, given.paths)
    packs = project.packs(settings)
    checked = [api.check(system, packs=packs) for system in systems]
    if given.check:
        return report_stale(_committed(systems, checked, settings), "archspec build")
    with _progress() as progress, ThreadPoolExecutor(max_workers=2) as threads:
        scans = {} if given.no_scan else _start_scans(threads, systems, settings)
        lines = [_build(*one, settings, progress) for one in zip(systems, checked, strict=True)]
        changed = [write(path, content) for path, content in outputs.reference(settings)]
        progress("checkov")
        failures = [_finish(scans.get(i), line) for i, line in enumerate(lines)]
    for line in lines:
        sys.stdout.write(plain("  ".join(line)) + "\n")
    if changed:
        sys.stdout.write(f"reference  {len(changed)} pages, {sum(changed)} changed\n")
    sys.stdout.write("the findings, line by line: archspec lint, archspec scan\n")
    for failure in dict.fromkeys(filter(None, failures)):
        sys.stderr.write(f"archspec: {failure}\n")
    return 3 if any(failures) else 0


def _committed(systems: list[api.System], checked: list[Checked], settings: Project) -> Iterator[tuple[Path, bytes]]:
    for system, one in zip(systems, checked, strict=True):
        yield from outputs.pictures(system, settings)
        yield outputs.document(system, one, settings)
    yield from outputs.reference(settings)


def _start_scans(threads: ThreadPoolExecutor, systems: list[api.System], settings: Project) -> dict[int, Future[Scan]]:
    """Let checkov, which starts slowly, run beside everything else."""
    return {i: threads.submit(api.scan, system, api.export(system), settings.root) for i, system in enumerate(systems)}


def _build(system: api.System, checked: Checked, settings: Project, progress: Progress) -> list[str]:
    """Make and write what one system makes; return what to say about it."""
    name = system.architecture.name
    progress(f"{name}: pictures")
    drawn = [write(path, content) for path, content in outputs.pictures(system, settings)]
    progress(f"{name}: document")
    documented = write(*outputs.document(system, checked, settings))
    progress(f"{name}: Terraform")
    exported = [write(path, content) for path, content in outputs.exported(system, settings).items()]
    return [
        f"{name:<16}",
        f"lint: {summary(checked.findings)};",
        f"{len(drawn)} pictures, {sum(drawn)} changed;",
        f"document {'changed' if documented else 'unchanged'};",
        f"Terraform: {len(exported)} files, {sum(exported)} changed;",
    ]


def _finish(scan: Future[Scan] | None, line: list[str]) -> str:
    """Add checkov's result to the line; return why there is none."""
    if scan is None:
        line.append("checkov: not run")
        return ""
    try:
        result = scan.result()
    except ToolError as error:
        line.append("checkov: FAILED")
        return str(error)
    waived = sum(bool(finding.waiver) for finding in result.findings)
    line.append(f"checkov: {result.passed} passed, {len(result.findings) - waived} failed, {waived} waived")
    return ""


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
