"""`archspec build` — everything that a project's specs make, in one go."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from archspec import api, outputs, project
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
    described = [(system, api.check(system, packs=packs)) for system in systems]
    documents = [file for one in described for file in outputs.documents(one, settings)]
    injected = outputs.injected(described, settings, project.injected(settings, tuple(given.paths)))
    if given.check:
        drawn = [file for system in systems for file in outputs.pictures(system, settings)]
        return report_stale([*drawn, *documents, *injected, *outputs.reference(settings)], "archspec build")
    with _progress() as progress, ThreadPoolExecutor(max_workers=2) as threads:
        scans = {} if given.no_scan else _start_scans(threads, systems, settings)
        lines = [_build(*one, settings, progress) for one in zip(described, documents, strict=True)]
        filled = [write(path, content) for path, content in injected]
        changed = [write(path, content) for path, content in outputs.reference(settings)]
        progress("checkov")
        failures = [_finish(scans.get(i), line) for i, line in enumerate(lines)]
    for line in lines:
        sys.stdout.write(plain("  ".join(line)) + "\n")
    if filled:
        sys.stdout.write(f"regions    {len(filled)} files, {sum(filled)} changed\n")
    if changed:
        sys.stdout.write(f"reference  {len(changed)} pages, {sum(changed)} changed\n")
    sys.stdout.write("the findings, line by line: archspec lint, archspec scan\n")
    for failure in dict.fromkeys(filter(None, failures)):
        sys.stderr.write(f"archspec: {failure}\n")
    return 3 if any(failures) else 0


def _start_scans(threads: ThreadPoolExecutor, systems: list[api.System], settings: Project) -> dict[int, Future[Scan]]:
    """Let checkov, which starts slowly, run beside everything else."""
    return {i: threads.submit(api.scan, system, api.export(system), settings.root) for i, system in enumerate(systems)}


def _build(
    described: outputs.Described, document: tuple[Path, bytes], settings: Project, progress: Progress
) -> list[str]:
    """Write what one system makes, its document among it; return what to say about it."""
    system, checked = described
    name = system.architecture.name
    progress(f"{name}: pictures")
    drawn = [write(path, content) for path, content in outputs.pictures(system, settings)]
    documented = write(*document)
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
