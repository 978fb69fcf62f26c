"""Terraform files in, checkov's findings on them out. What checkov prints is taken for data from a stranger.

It runs as a process of its own because it pins packages that archspec needs newer. It ends with 0 on files it
cannot parse and on an empty folder, so what it says it looked at is compared with what was exported.
https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from archspec.artifacts import Artifacts
from archspec.errors import MissingToolError, ToolError
from archspec.findings import Finding, Severity
from archspec.scanners import Export, Scan

VERSION = "3.3.30"
TIMEOUT = 180
"""Seconds; a large export takes 4."""

_ARGUMENTS = ("--framework", "terraform", "--skip-download", "--output", "json")
_UNPRINTABLE = re.compile(r"[^ -~]+")
_LINK = re.compile(r"https://[!-~]{1,200}")
_MAX_NAME = 200
# Settings of the user's own would make the same spec give another answer.
_SETTINGS = (
    "BC_",
    "CKV_",
    "CHECKOV_",
    "PRISMA_",
    "LOG_LEVEL",
    "DOWNLOAD_EXTERNAL_MODULES",
    "EXTERNAL_MODULES_DIR",
)
_FINISHED = frozenset({0, 1})

_Number = Annotated[int, Field(ge=0)]


class _Place(BaseModel):
    file_path: str = ""

    @property
    def folder(self) -> str:
        """The folder that checkov was given, or the one in it that holds the file."""
        return self.file_path.lstrip("/").partition("/")[0]


class _Check(_Place):
    check_id: str = Field(pattern=r"^[A-Z0-9_]{1,40}$")
    check_name: str
    resource: str
    guideline: str | None = None


class _Results(BaseModel):
    failed_checks: tuple[_Check, ...]
    passed_checks: tuple[_Place, ...] = ()
    skipped_checks: tuple[_Place, ...] = ()
    parsing_errors: tuple[str, ...] = ()


class _Summary(BaseModel):
    passed: _Number
    failed: _Number
    skipped: _Number
    parsing_errors: _Number
    resource_count: _Number


class _Report(BaseModel):
    results: _Results
    summary: _Summary


def scan(export: Export, root: Path) -> Scan:
    """Run checkov on Terraform files and return its findings, each at the place in the spec that causes it.

    Uses the checkov that `ARCHSPEC_CHECKOV` names, else that in `.venv-checkov` beside archspec's own environment, else
    that on PATH. Raises `ToolError` if it is missing, fails, takes longer than `TIMEOUT` or leaves a resource out.
    """
    if not export.artifacts.origins:
        raise ToolError("no resource was exported, so there is nothing for checkov to look at")
    return read(_ask({"": export.artifacts}, root), export)


def scan_all(exports: Sequence[Export], root: Path) -> list[Scan]:
    """Run checkov once on several exports, and return what it says of each; starting is most of what it does.

    An export without resources is left out. Raises `ToolError` as `scan` does.
    """
    named = {str(number): one for number, one in enumerate(exports) if one.artifacts.origins}
    found: dict[str, Scan] = {}
    if named:
        report = _parse(_ask({name: one.artifacts for name, one in named.items()}, root))
        _compare(report, sum(len(one.artifacts.origins) for one in named.values()))
        found = {name: _conclude(_part(report, name, one.artifacts), one) for name, one in named.items()}
    return [found.get(str(number), Scan((), 0, 0, 0, 0)) for number in range(len(exports))]


def _ask(named: Mapping[str, Artifacts], root: Path) -> str:
    """Write the files of each export into a folder of its name, and return what checkov prints about all of them."""
    executable = find(root, os.environ, Path(sys.prefix))
    with TemporaryDirectory(prefix="archspec-checkov-") as folder:
        files = Path(folder, "files")
        for name, artifacts in named.items():
            _write(artifacts, files / name)
        return _run([executable, "--directory", str(files), *_ARGUMENTS], Path(folder))


def identity(root: Path) -> str:
    """Tell one checkov from another: where it is, and since when. Raises `ToolError` where there is none."""
    executable = Path(find(root, os.environ, Path(sys.prefix)))
    return f"{executable} {executable.stat().st_mtime_ns}"


def find(root: Path, environment: Mapping[str, str], prefix: Path) -> str:
    """Return the path of the checkov to run; `prefix` is where archspec's own environment is.

    Raises `ToolError` that says how to install it.
    """
    if named := environment.get("ARCHSPEC_CHECKOV"):
        found = shutil.which(named)
        if found is None:
            raise ToolError(
                f"ARCHSPEC_CHECKOV is '{named}', which is no program; name checkov's executable or unset it"
            )
    else:
        # Made by `make build`, beside the environment that archspec itself runs in. Never one of the project's: who
        # changes that, in a pull request say, is not to choose what runs.
        beside = str(prefix.parent / ".venv-checkov" / "bin" / "checkov")
        found = shutil.which(beside) or shutil.which("checkov", path=environment.get("PATH", ""))
    if found is None:
        is_checkout = (root / ".ci" / "lock" / "checkov.in").is_file()
        command = "make build" if is_checkout else f"pipx install checkov=={VERSION}"
        raise MissingToolError(f"checkov is not installed; run `{command}`, or name it in ARCHSPEC_CHECKOV")
    return str(Path(found).absolute())


def read(output: str, export: Export) -> Scan:
    """Turn checkov's JSON into findings. Raises `ToolError` if it is no report on exactly these artifacts."""
    report = _parse(output)
    _compare(report, len(export.artifacts.origins))
    return _conclude(report, export)


def _parse(output: str) -> _Report:
    try:
        return _Report.model_validate_json(output)
    except ValidationError as error:
        raise ToolError(_unreadable(output, error)) from None


def _part(report: _Report, folder: str, artifacts: Artifacts) -> _Report:
    """Return what a report says about the files in one folder."""
    results = _Results(
        failed_checks=tuple(one for one in report.results.failed_checks if one.folder == folder),
        passed_checks=tuple(one for one in report.results.passed_checks if one.folder == folder),
        skipped_checks=tuple(one for one in report.results.skipped_checks if one.folder == folder),
    )
    summary = _Summary(
        passed=len(results.passed_checks),
        failed=len(results.failed_checks),
        skipped=len(results.skipped_checks),
        parsing_errors=0,
        resource_count=len(artifacts.origins),
    )
    return _Report(results=results, summary=summary)


def _conclude(report: _Report, export: Export) -> Scan:
    findings = [_finding(check, export) for check in report.results.failed_checks]
    summary = report.summary
    return Scan(tuple(sorted(findings)), summary.passed, summary.failed, summary.skipped, summary.resource_count)


def _write(artifacts: Artifacts, folder: Path) -> None:
    for name, text in artifacts.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _run(command: list[str], folder: Path) -> str:
    """Run checkov in `folder` and return what it prints."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(os.environ, folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that the workers it forks can be stopped with it
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise ToolError(f"checkov does not start: {error.strerror}; install it anew") from None
    with process:
        output, errors = _communicate(process)
    if process.returncode not in _FINISHED:
        raise ToolError(f"checkov failed with exit code {process.returncode}: {_last_line(errors)}")
    return output


def _communicate(process: "subprocess.Popen[str]") -> tuple[str, str]:
    try:
        return process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise ToolError(f"checkov did not finish in {TIMEOUT} seconds; try again when the machine is idle") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def _environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Keep from checkov what is not in the files: settings, a configuration at home, the network."""
    kept = {name: value for name, value in environment.items() if not name.startswith(_SETTINGS)}
    quiet = {"CKV_SKIP_PACKAGE_UPDATE_CHECK": "true", "LOG_LEVEL": "ERROR"}
    return {**kept, **quiet, "HOME": str(folder), "PYTHONUTF8": "1"}


def _last_line(text: str) -> str:
    lines = [_plain(line) for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it printed no reason"


def _plain(text: str) -> str:
    """Make text from outside one short printable line: it is shown in terminals and reports."""
    return _UNPRINTABLE.sub(" ", text).strip()[:_MAX_NAME]


def _unreadable(output: str, error: ValidationError) -> str:
    if not output.strip():
        return "checkov printed nothing"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"]) or "the whole"
    return f"checkov's report is not what version {VERSION} writes, at {_plain(place)}: {_plain(first['msg'])}"


def _compare(report: _Report, exported: int) -> None:
    """Refuse a report that is not about all of so many resources."""
    summary = report.summary
    if summary.parsing_errors or report.results.parsing_errors:
        names = sorted(Path(name).name for name in report.results.parsing_errors)
        raise ToolError(f"checkov cannot parse {_plain(', '.join(names)) or 'the exported files'}")
    if summary.resource_count != exported:
        raise ToolError(f"checkov looked at {summary.resource_count} of {exported} exported resources")
    listed = len(report.results.failed_checks)
    if summary.failed != listed:
        raise ToolError(f"checkov counts {summary.failed} failed checks and lists {listed}")


def _finding(check: _Check, export: Export) -> Finding:
    origin = export.artifacts.origins.get(check.resource)
    if origin is None:
        raise ToolError(f"checkov reports on '{_plain(check.resource)}', which is not among the exported resources")
    return Finding(
        location=export.locate(origin.path),
        rule=check.check_id,
        name="checkov",
        subject=origin.element,
        outcome="fail",
        # Without an account checkov tells no severity.
        severity=Severity.WARNING,
        message=f"{_plain(check.check_name)} ({check.resource})",
        reference=check.guideline if check.guideline and _LINK.fullmatch(check.guideline) else "",
        waiver=export.explain(check.check_id, check.resource, origin),
    )
