"""Findings as Markdown in GitHub's dialect, for the summary of a step or a comment: a table, and each one folded.

A summary holds 1 MiB:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits.
"""

from collections.abc import Iterable, Iterator
from html import escape as in_html
from urllib.parse import quote

from archspec.documents.markup import code, escape, message
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop
from archspec.reporters.plain import plain
from archspec.reporters.report import Report, Repository, level, worst_first
from archspec.reporters.summary import summary

MOST = 1_000_000
"""Bytes; some are left of the 1,048,576 for what else a step writes into its summary."""

_ROWS = 600_000
"""Bytes that the table takes at most; the rest is for the findings themselves."""

_HEAD = "| | rule | where | finding |\n|---|---|---|---|\n"
_VERDICTS = {"open": "open", "blocked": "**BLOCKED**", "note": "note"}


def report(given: Report) -> str:
    """Return a title, a table of what counts, worst first, and beneath it each finding with its way and its fix."""
    shown = worst_first(given.shown)
    title = f"## {escape(given.tool)}: {escape(summary(given.findings, info=given.info))}\n"
    if not shown:
        return title
    rows = _fitting((_row(one, given.repository) for one in shown), _ROWS)
    left = MOST - _size([title, _HEAD, *rows])
    details = _fitting((_detail(one, given.repository) for one in shown), left)
    told = _missing(len(shown) - len(rows), "in the table") + _missing(len(shown) - len(details), "unfolded below")
    return f"{title}\n{_HEAD}{''.join(rows)}\n{told}{''.join(details)}"


def _fitting(blocks: Iterable[str], most: int) -> list[str]:
    """Return the first blocks, as many as fit into so many bytes."""
    kept: list[str] = []
    for block in blocks:
        most -= len(block.encode())
        if most < 0:
            break
        kept.append(block)
    return kept


def _size(blocks: Iterable[str]) -> int:
    return sum(len(block.encode()) for block in blocks)


def _missing(number: int, where: str) -> str:
    return f"{number} more {'is' if number == 1 else 'are'} not {where}: a summary holds 1 MiB.\n\n" if number else ""


def _row(finding: Finding, repository: Repository) -> str:
    where = _where(finding.location, repository)
    return f"| {_level(finding)} | {escape(finding.rule)} | {where} | {message(finding.message)} |\n"


def _level(finding: Finding) -> str:
    word = f"known {level(finding)}" if finding.known else level(finding)
    return f"**{word}**" if word == "error" else word


def _where(location: Location, repository: Repository) -> str:
    label = f"{location.file}:{location.line}"
    path = repository.path(location.file)
    if not repository.pages or path.startswith("../"):
        return code(label)
    target = quote(path.encode("utf-8", "surrogatepass"))
    return f"[{escape(label)}]({repository.pages}{target}#L{location.line})"


def _detail(finding: Finding, repository: Repository) -> str:
    head = in_html(plain(f"{level(finding)} {finding.rule} {finding.name}: {finding.message}"))  # no Markdown in tags
    body = "\n".join(_body(finding, repository))
    return f"<details>\n<summary>{head}</summary>\n\n{body}\n\n</details>\n"


def _body(finding: Finding, repository: Repository) -> Iterator[str]:
    yield f"{_where(finding.location, repository)} {code(finding.location.text)}".rstrip()
    if finding.witness:
        yield ""
    for number, hop in enumerate(finding.witness, 1):
        yield f"{number}. {_hop(hop, repository)}"
    if finding.fix:
        yield ""
        yield f"**Fix:** {message(finding.fix)}"


def _hop(hop: LocatedHop, repository: Repository) -> str:
    place = f" {_where(hop.location, repository)}" if hop.location else ""
    reason = f" {code(hop.code)}" if hop.code else ""
    return f"{_VERDICTS[hop.verdict]} {message(hop.text)}{place}{reason}"
