"""`archspec scan` — run checkov on the exported Terraform and bring its findings home."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, project
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.reporting import add_reports, files, of, tell
from archspec.commands.systems import load_all
from archspec.findings import Finding
from archspec.reporters.plain import plain


def run(arguments: Sequence[str]) -> int:
    """Print checkov's findings at the spec's lines. 0 none that counts, 1 some, 3 without a checkov that works."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    files(given.report)  # a mistake in it is told before checkov runs
    systems = load_all(settings, given.paths)
    scans = [api.scan(system, api.export(system), settings.root) for system in systems]
    passed = sum(scan.passed for scan in scans)
    parts = [(system.source.files[0], scan.findings) for system, scan in zip(systems, scans, strict=True)]
    report = of(given, parts, settings, info=given.info)._replace(tool="checkov by archspec")
    tell(given, report, (Path(file) for system in systems for file in system.source.files))
    findings = report.findings
    waived = [finding for finding in findings if finding.waiver]
    if given.format in ("text", "compact"):
        sys.stdout.write("".join(_line(finding) for finding in waived))
        sys.stdout.write(f"checkov: {passed} passed, {len(findings) - len(waived)} failed, {len(waived)} waived\n")
    return int(given.fail_on == "warning" and len(findings) > len(waived))


def _line(finding: Finding) -> str:
    """Write what is waived: where, which check on what, and the reason, a waiver's or the fact that decides it."""
    return plain(f"{finding.location}: waived {finding.rule} {finding.subject}: {finding.waiver}") + "\n"


def _parser() -> Parser:
    made = parser("scan", "Run checkov on the exported Terraform.", "  archspec scan specs/shop.yaml")
    add_paths(made)
    made.add_argument(
        "--fail-on",
        choices=("warning", "error"),
        default="warning",
        help="exit 1 from here on; checkov rates nothing by itself, so all of it is warnings (default: warning)",
    )
    add_reports(made)
    made.add_argument("--info", action="store_true", help="also report what is waived in SARIF, where it is suppressed")
    return made
