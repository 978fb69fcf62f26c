"""Findings as Markdown: a table and folded details, in which nothing of a spec is markup, below a summary's size."""

import re

from markdown_it import MarkdownIt

from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.reporters import REPORTERS, markdown
from archspec.reporters.report import Report, Repository, of
from tests.reporters.made import EVIL_FILE, finding, hostile, several

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table"])
OURS = re.compile(r"</?(?:details|summary|code)>|<!--.*?-->")


def told(*findings: Finding) -> str:
    return REPORTERS["markdown"](of(findings, info=True))


def test_a_report_is_a_table_worst_first_and_each_finding_folded() -> None:
    hop = LocatedHop("blocked", "b refuses a", Location("b.yaml", 7, 3), "CODE")
    warning = finding(rule="TST002", severity=Severity.WARNING)

    assert told(warning, finding(fix="state `a: b`", witness=(hop,))) == (
        "## archspec: 1 error, 1 warning\n"
        "\n"
        "| | rule | where | finding |\n"
        "|---|---|---|---|\n"
        "| **error** | TST001 | `a.yaml:3` | a is wrong |\n"
        "| warning | TST002 | `a.yaml:3` | a is wrong |\n"
        "\n"
        "<details>\n"
        "<summary>error TST001 made-up: a is wrong</summary>\n"
        "\n"
        "`a.yaml:3` `a: b`\n"
        "\n"
        "1. **BLOCKED** b refuses a `b.yaml:7` `CODE`\n"
        "\n"
        "**Fix:** state `a: b`\n"
        "\n"
        "</details>\n"
        "<details>\n"
        "<summary>warning TST002 made-up: a is wrong</summary>\n"
        "\n"
        "`a.yaml:3` `a: b`\n"
        "\n"
        "</details>\n"
    )


def test_nothing_is_a_title() -> None:
    assert REPORTERS["markdown"](of([])) == "## archspec: 0 errors\n"


def test_where_ci_shows_files_a_place_is_a_link_to_its_line() -> None:
    pages = Repository("/r", "/r/infra", "https://github.com/o/r/blob/abc/")
    report = of([finding(location=Location(EVIL_FILE, 3, 5))])._replace(repository=pages)

    assert (
        "](https://github.com/o/r/blob/abc/infra/specs/a%20b%25%2C%3A%22%3C%C3%BC%3E%E2%80%AE.yaml#L3) |"
        in REPORTERS["markdown"](report)
    )


def test_a_hostile_spec_makes_no_markup() -> None:
    tokens = PARSER.parse(told(hostile()))
    inline = [child for token in tokens for child in token.children or ()]
    raw = [one.content for one in (*tokens, *inline) if one.type in ("html_block", "html_inline")]

    assert [one.type for one in inline if one.type in ("link_open", "image", "strong_open")] == ["strong_open"] * 3
    assert [OURS.sub("", one).count("<") for one in raw] == [0] * len(raw)
    assert [token.tag for token in tokens if token.type == "tr_open"] == ["tr", "tr"]
    assert sum(token.type == "td_open" for token in tokens) == 4


def test_a_report_stays_below_the_size_of_a_summary_and_says_what_is_left_out() -> None:
    report = told(*(finding(subject=str(i), message=f"{i} " + "é" * 500) for i in range(2000)))

    assert len(report.encode()) <= 1_048_576
    assert re.findall(r"^\d+ more .*$", report, re.MULTILINE) == [
        f"{2000 - report.count('| **error** |')} more are not in the table: a summary holds 1 MiB.",
        f"{2000 - report.count('<details>')} more are not unfolded below: a summary holds 1 MiB.",
    ]
    assert report.count("| **error** |") > 500
    assert len(report.encode()) > markdown.MOST - 3000


def test_what_is_known_says_so() -> None:
    assert "| known error | TST006 |" in told(*several())


def test_the_tool_is_named() -> None:
    assert REPORTERS["markdown"](Report((), tool="archspec drift")) == "## archspec drift: 0 errors\n"
