"""Findings as workflow commands, which GitHub shows as annotations at the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what is escaped, and how:
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from collections import defaultdict
from collections.abc import Iterator

from archspec.findings import Finding, Severity
from archspec.reporters import compact
from archspec.reporters.plain import plain
from archspec.reporters.report import Report, Repository, worst_first
from archspec.reporters.summary import summary

_COMMANDS = {Severity.OFF: "notice", Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}

MOST = 10
"""Annotations of a level that GitHub shows of one step; any further one is dropped without a word.

https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
"""


def report(given: Report) -> str:
    """Return a command for each of the first findings of a level, worst first, and a line of the log for the others."""
    rest: list[Finding] = []
    written: list[str] = []
    count: defaultdict[str, int] = defaultdict(int)
    for one in worst_first(given.shown):
        command = _COMMANDS[one.severity] if one.outcome == "fail" else "notice"
        count[command] += 1
        if count[command] > MOST:
            rest.append(one)
        else:
            written.append(_command(command, one, given.repository))
    told = [*_told(rest), summary(given.findings, info=given.info)]
    return "".join(f"{line}\n" for line in [*written, *told])


def _command(command: str, finding: Finding, repository: Repository) -> str:
    place = finding.location
    properties = {
        "file": repository.path(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{finding.rule} {finding.name}",
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    told = "\n".join(_lines(finding))
    return f"::{command} {written}::{_data(told)}"


def _lines(finding: Finding) -> Iterator[str]:
    yield plain(finding.message)
    blocking = (hop for hop in finding.witness if hop.verdict == "blocked")
    yield from (plain(f"{hop.text} [{hop.code}]" if hop.code else hop.text) for hop in blocking)
    if finding.fix:
        yield plain(f"fix: {finding.fix}")


def _told(rest: list[Finding]) -> Iterator[str]:
    """Yield what GitHub would not show. A line of the log must be no command: no old one (`##[`), no new one (`::`)."""
    if rest:
        number = "1 more is" if len(rest) == 1 else f"{len(rest)} more are"
        yield f"GitHub shows {MOST} annotations of a level; {number} only here:"
    for one in rest:
        yield f"- {compact.line(one)}".replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
