"""Scanners: files for another tool in, that tool's findings out, each at the line of the spec that causes it.

A finding that a fact of the spec explains carries that as its waiver.

The only place that starts processes. Each entry of the table imports its module when it is called.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

from archspec.artifacts import Artifacts, Origin
from archspec.errors import Locate
from archspec.findings import Finding


class Scan(NamedTuple):
    """What another tool said: its findings in order, how many checks it made, and on how many resources."""

    findings: tuple[Finding, ...]
    passed: int
    failed: int
    skipped: int
    resources: int


Explain = Callable[[str, str, Origin], str]
"""Tells why a check (its id) fails on a resource (its address, its origin); "" where nothing explains it."""


def unexplained(_check: str, _address: str, _origin: Origin) -> str:
    """Explain nothing: every failed check is open."""
    return ""


class Export(NamedTuple):
    """What was exported, where its lines stand, and what explains the checks that fail on it."""

    artifacts: Artifacts
    locate: Locate
    explain: Explain = unexplained


class Scanner(Protocol):
    """Runs another tool on exported files. `root` is the project's folder, where the tool may be."""

    def __call__(self, export: Export, root: Path) -> Scan:
        """Return what the tool says. Raises `ToolError` if it is missing, fails or skips a resource."""


class GroupScanner(Protocol):
    """Runs another tool once on several exports."""

    def __call__(self, exports: Sequence[Export], root: Path) -> list[Scan]:
        """Return what the tool says of each, in order. Raises `ToolError` as a `Scanner` does."""


def scan_all(name: str, exports: Sequence[Export], root: Path) -> list[Scan]:
    """Let the scanner of that name look at several exports in one run."""
    scanner: GroupScanner = import_module(f"archspec.scanners.{name}").scan_all
    return scanner(exports, root)


def _late(name: str) -> Scanner:
    """Return the scanner of a module that is imported when it is first asked; by name, as it imports this one."""

    def scan(export: Export, root: Path) -> Scan:
        scanner: Scanner = import_module(f"archspec.scanners.{name}").scan
        return scanner(export, root)

    return scan


SCANNERS: dict[str, Scanner] = {
    "checkov": _late("checkov"),
}
"""Tool → scanner."""
