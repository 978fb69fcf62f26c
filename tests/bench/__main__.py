"""`make bench` — how long archspec takes, in ratios to things that do not change with archspec.

Whole processes are timed, side by side in turns, so that a slow moment of the machine hits all of them. `--write` puts
the tables into docs/performance.md.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.generate import generate
from tests.bench.rules import measure, table

ROOT = Path(__file__).parent.parent.parent
SMALLEST = ROOT / "specs" / "examples" / "hello.yaml"
SPEC = ROOT / "specs" / "ecs-production.yaml"
LARGEST = ROOT / "specs" / "z360.yaml"
REPORT = ROOT / "docs" / "performance.md"
MARK = "<!-- measured by make bench -->"
CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"
SIZES = (100, 1_000, 10_000, 100_000)
STREAM = """
import sys
from yaml.cyaml import CParser
parser = CParser(open(sys.argv[1], encoding="utf-8").read())
while parser.get_event() is not None:
    pass
"""


class Subject(NamedTuple):
    """Something to time: a name and a command; `before` runs first and is not timed."""

    name: str
    command: tuple[str, ...]
    before: Callable[[], object] = lambda: None
    where: Path | None = None


def main() -> None:
    """Measure and print; with `--write` also record."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="turns for the small system (default: 9)")
    parser.add_argument("--large-rounds", type=int, default=3, help="turns for generated specs (default: 3)")
    parser.add_argument("--write", action="store_true", help="record the tables in docs/performance.md")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ["ARCHSPEC_CACHE_DIR"] = str(Path(folder) / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its byte code, a checkout writes it
        text = "\n".join(
            [
                _machine(),
                "",
                *_small(given.rounds, Path(folder)),
                "",
                *_all(given.large_rounds, Path(folder)),
                *_large(given.large_rounds, Path(folder)),
                "",
                *_rules(given.large_rounds, Path(folder)),
            ]
        )
    sys.stdout.write(f"{text}\n")
    if given.write:
        head = REPORT.read_text(encoding="utf-8").partition(MARK)[0]
        REPORT.write_text(f"{head}{MARK}\n\n{text}\n", encoding="utf-8")


def _machine() -> str:
    return f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores."


def _small(rounds: int, folder: Path) -> list[str]:
    archspec, lint = _archspec(), ("lint", str(SPEC))
    subjects = [
        Subject("`python -c pass`", (sys.executable, "-c", "pass")),
        Subject("`archspec lint`, cold", (archspec, *lint), _clear_cache),
        Subject("`archspec lint`, nothing changed", (archspec, *lint)),
        *_checkov(folder),
        Subject(f"`archspec export terraform`, {LARGEST.stem}", (archspec, *_export(folder))),
        *(
            Subject(f"the hook, `archspec lint --touched`, {spec.stem} changed", _hook(spec), _clear_cache, ROOT)
            for spec in (SMALLEST, SPEC, LARGEST)
        ),
    ]
    times = medians(subjects, rounds)
    bare = times[0]
    rows = [
        f"| {subject.name} | {seconds * 1000:.0f} | {seconds / bare:.1f} |"
        for subject, seconds in zip(subjects, times, strict=True)
    ]
    lines = [
        f"ecs-production, medians of {rounds} turns:",
        "",
        "| process | ms | × bare Python |",
        "|---|--:|--:|",
        *rows,
    ]
    if CHECKOV.is_file():
        lines += ["", f"Cold lint takes 1/{times[3] / times[1]:.0f} of checkov's time on the same system's Terraform."]
    return lines


def _hook(spec: Path) -> tuple[str, ...]:
    return _archspec(), "lint", "--touched", str(spec.relative_to(ROOT))


def _export(folder: Path) -> tuple[str, ...]:
    return "export", "terraform", str(LARGEST), "--out", str(folder / "largest")


def _all(rounds: int, folder: Path) -> list[str]:
    """Time a build of all five systems against checkov alone on what it exports; nothing where there is no checkov."""
    if not CHECKOV.is_file():
        return []
    project = folder / "project"
    shutil.copytree(ROOT / "specs", project / "specs", ignore=shutil.ignore_patterns("examples"))
    (project / "archspec.toml").touch()
    os.environ["ARCHSPEC_CHECKOV"] = str(CHECKOV)
    build, made = (_archspec(), "build"), [project / name for name in ("build", "diagrams_out", "docs")]
    subprocess.run(build, cwd=project, check=True, stdout=subprocess.DEVNULL)
    exports = shutil.copytree(project / "build" / "terraform", folder / "exports")
    subjects = [
        Subject("checkov on the exports of all five, in one run", _checkov_on(exports)),
        Subject("`archspec build` of all five, cold", build, lambda: _remove(made), project),
        Subject("`archspec build`, nothing changed", build, where=project),
    ]
    times = medians(subjects, rounds)
    rows = [
        f"| {subject.name} | {seconds:.2f} | {seconds / times[0]:.2f} |"
        for subject, seconds in zip(subjects, times, strict=True)
    ]
    return [
        f"All five systems, medians of {rounds} turns:",
        "",
        "| process | s | × checkov |",
        "|---|--:|--:|",
        *rows,
        "",
    ]


def _remove(folders: Sequence[Path]) -> None:
    _clear_cache()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _large(rounds: int, folder: Path) -> list[str]:
    rows, lints = [], []
    for size in SIZES:
        path = folder / f"{size}.yaml"
        path.write_text(generate(size), encoding="utf-8")
        subjects = [
            Subject("stream", (sys.executable, "-c", STREAM, str(path))),
            Subject("lint", (_archspec(), "lint", "--no-cache", str(path))),
        ]
        stream, lint = medians(subjects, rounds)
        lints.append(lint)
        rows.append(f"| {size:,} | {path.stat().st_size / 1e6:.1f} | {stream:.2f} | {lint:.2f} | {lint / stream:.1f} |")
    exponent = log(lints[-1] / lints[-2]) / log(SIZES[-1] / SIZES[-2])
    return [
        f"Generated specs, medians of {rounds} turns; `stream` reads the events with PyYAML's C parser, no more:",
        "",
        "| elements | MB | stream, s | lint, s | lint ÷ stream |",
        "|--:|--:|--:|--:|--:|",
        *rows,
        "",
        f"From {SIZES[-2]:,} to {SIZES[-1]:,} elements lint grows with n^{exponent:.2f}.",
    ]


def _rules(rounds: int, folder: Path) -> list[str]:
    sizes = SIZES[-2:]
    return table(sizes, [measure(folder / f"{size}.yaml", rounds) for size in sizes])


def medians(subjects: Sequence[Subject], rounds: int) -> list[float]:
    """Return the median seconds of each subject, taken in turns after a turn that does not count."""
    taken: list[list[float]] = [[] for _ in subjects]
    for turn in range(rounds + 1):
        for subject, times in zip(subjects, taken, strict=True):
            subject.before()
            start = time.perf_counter()
            subprocess.run(
                subject.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, cwd=subject.where
            )
            if turn:
                times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def _clear_cache() -> None:
    shutil.rmtree(os.environ["ARCHSPEC_CACHE_DIR"], ignore_errors=True)


def _archspec() -> str:
    return str(Path(sys.executable).with_name("archspec"))


def _checkov(folder: Path) -> list[Subject]:
    """Return checkov on the exported system, where it is installed."""
    if not CHECKOV.is_file():
        return []
    out = folder / "terraform"
    subprocess.run(
        (_archspec(), "export", "terraform", str(SPEC), "--out", str(out)), check=True, stdout=subprocess.DEVNULL
    )
    return [Subject("checkov on its Terraform, cold", _checkov_on(out))]


def _checkov_on(folder: Path) -> tuple[str, ...]:
    os.environ["CKV_SKIP_PACKAGE_UPDATE_CHECK"] = "true"
    return (str(CHECKOV), "-d", str(folder), "--framework", "terraform", "--skip-download", "-o", "json")


if __name__ == "__main__":
    main()
