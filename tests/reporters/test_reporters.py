"""Findings as text, as JSON and in every other format: whole reports, and what must not reach a terminal."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec import api
from archspec.errors import Location
from archspec.findings import Finding, Severity
from archspec.reporters import REPORTERS
from archspec.reporters.plain import plain
from archspec.reporters.report import of
from archspec.reporters.summary import counts, summary
from archspec.reporters.text import excerpt
from tests.conftest import Golden
from tests.reporters.made import EVERY_KIND, HOSTILE, every_kind, finding, hostile, several
from tests.sample import HEADER

ROOT = Path(__file__).parents[2]
ENDINGS = {
    "text": "txt", "compact": "compact.txt", "json": "json", "sarif": "sarif", "junit": "xml", "github": "github.txt",
    "gitlab": "gitlab.json", "markdown": "md", "html": "html",
}  # fmt: skip
System = Callable[[str], api.System]


def report_as(form: str, findings: Sequence[Finding], *, info: bool) -> str:
    return REPORTERS[form](of(findings, info=info))


@pytest.mark.parametrize("form", REPORTERS)
@pytest.mark.parametrize("info", [False, True])
def test_a_report_of_every_kind_of_finding_is_the_recorded_one(
    system: System, golden: Golden, form: str, info: bool
) -> None:
    named = f"golden/every_kind{'_info' if info else ''}.{ENDINGS[form]}"
    if form in ("text", "json"):
        golden(named, report_as(form, api.check(system(EVERY_KIND)).findings, info=info))
    else:
        golden(named, REPORTERS[form](every_kind()._replace(info=info)))


def test_reports_are_the_same_bytes_in_another_process_with_other_hashes() -> None:
    code = (
        "import sys; from archspec.reporters import REPORTERS; from tests.reporters.made import every_kind, hostile;"
        "from archspec.reporters.report import Part; one = every_kind()._replace(info=True);"
        "one = one._replace(parts=(*one.parts, Part('', (hostile(),))));"
        "sys.stdout.buffer.write(b''.join(report(one).encode() for report in REPORTERS.values()))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert len(told[0]) > 50_000
    assert told[0] == told[1]


def test_a_text_report_imports_no_other_format(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(HEADER + EVERY_KIND, encoding="utf-8")
    code = (
        "from archspec.cli import run; run(['lint', 'spec.yaml']); import sys;"
        "print(sorted(one for one in sys.modules if one.startswith('archspec.reporters.')), file=sys.stderr)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "ARCHSPEC_CACHE_DIR": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stderr == (
        "['archspec.reporters.plain', 'archspec.reporters.report', 'archspec.reporters.summary', "
        "'archspec.reporters.terminal', 'archspec.reporters.text']\n"
    )


def test_a_compact_report_is_a_line_a_finding() -> None:
    assert report_as("compact", several(), info=True) == (
        "a.yaml:3:5: error TST001 made-up: a is wrong\n"
        "a.yaml:3:5: error TST001 made-up: a is wrong again\n"
        "a.yaml:3:5: warning TST002 made-up: a is wrong\n"
        "a.yaml:3:5: info TST003 made-up: a is wrong\n"
        "a.yaml:3:5: unknown TST004 made-up: a is wrong\n"
        "a.yaml:3:5: known error TST006 made-up: a is wrong\n"
        "2 errors, 1 warning, 1 info, 1 waived, 1 known, 1 unknown\n"
    )


@pytest.mark.parametrize("form", REPORTERS)
def test_no_format_sends_what_is_hidden_to_a_terminal(form: str) -> None:
    lines = report_as(form, [hostile()], info=True).split("\n")

    assert [line for line in lines if line != plain(line)] == []


@pytest.mark.parametrize("form", REPORTERS)
@given(text=st.text())
@settings(derandomize=True, database=None, deadline=None, max_examples=60)
def test_whatever_a_spec_says_a_report_can_be_written_as_utf_8(form: str, text: str) -> None:
    told = report_as(form, [finding(message=text, fix=text, subject=text, waiver="")], info=True)

    assert told.encode().decode() == told


def test_a_report_of_nothing_is_its_summary() -> None:
    assert report_as("text", [], info=False) == "0 errors\n"


def test_a_json_report_of_nothing_has_its_summary() -> None:
    assert json.loads(report_as("json", [], info=False)) == {
        "version": 1,
        "findings": [],
        "summary": {"errors": 0, "warnings": 0, "infos": 0, "waived": 0, "known": 0, "unknown": 0},
    }


def test_what_is_waived_known_or_cannot_be_told_is_counted_apart() -> None:
    rows = [
        finding(),
        finding(severity=Severity.WARNING),
        finding(severity=Severity.WARNING),
        finding(severity=Severity.INFO),
        finding(waiver="accepted"),
        finding(known=True),
        finding(outcome="unknown", severity=Severity.INFO),
    ]

    assert counts(rows) == {"errors": 1, "warnings": 2, "infos": 1, "waived": 1, "known": 1, "unknown": 1}


def test_a_summary_leaves_out_what_is_zero_and_says_how_to_see_what_is_hidden() -> None:
    rows = [finding(severity=Severity.WARNING), finding(outcome="unknown", severity=Severity.INFO)]

    assert summary(rows) == "0 errors, 1 warning, 1 unknown (--info shows all)"


def test_a_summary_says_how_to_see_what_is_known() -> None:
    assert summary([finding(known=True)]) == "0 errors, 1 known (--info shows all)"


def test_what_is_known_is_in_a_text_report_only_with_info_and_says_so() -> None:
    reports = [report_as("text", [finding(known=True)], info=info) for info in (False, True)]

    assert [report.splitlines()[0] for report in reports] == [
        "0 errors, 1 known (--info shows all)",
        "a.yaml:3:5: known error TST001 made-up",
    ]


def test_what_is_known_is_in_every_json_report() -> None:
    report = json.loads(report_as("json", [finding(known=True), finding()], info=False))

    assert [one["known"] for one in report["findings"]] == [True, False]


def test_a_summary_of_all_hides_nothing() -> None:
    assert summary([finding(severity=Severity.INFO)], info=True) == "0 errors, 1 info"


def test_control_and_direction_characters_are_shown_and_not_sent() -> None:
    text = "\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c \x9b2J a\r\nb\x00\u2028c\u2066 \x7f \U000e0041"

    assert plain(text) == "�[31mred�]0;title� �evil� �2J a��b��c� � �"


def test_letters_of_all_scripts_and_pictures_stay() -> None:
    text = "Zürich 数据库 قاعدة 🚀 – × é"

    assert plain(text) == text


def test_a_json_report_escapes_what_is_hidden_and_reads_back_the_same() -> None:
    report = report_as("json", [finding(message=HOSTILE)], info=True)

    assert (plain(report.replace("\n", "")), json.loads(report)["findings"][0]["message"]) == (
        report.replace("\n", ""),
        HOSTILE,
    )


def test_the_mark_stands_under_the_column_whatever_tabs_come_before() -> None:
    assert list(excerpt(Location("a.yaml", 7, 6, "\tkey:\tvalue"))) == [
        "   7 |  key: value",
        "     |      ^",
    ]


@pytest.mark.parametrize(("before", "cells"), [("数据库", 6), ("e\u0301", 1), ("🚀", 2), ("\uff37", 2), ("é", 1)])
def test_the_mark_stands_under_the_cell_of_a_terminal(before: str, cells: int) -> None:
    _, mark = excerpt(Location("a.yaml", 7, len(before) + 1, f"{before}x"))

    assert mark == f"     | {' ' * cells}^"


def test_a_line_without_text_is_not_shown() -> None:
    assert list(excerpt(Location("a.yaml", 7, 1, "  "))) == []


def test_a_very_long_line_is_cut_around_the_column() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    shown, mark = excerpt(Location("a.yaml", 7, 501, text))

    assert (len(shown), shown[mark.index("^")], mark.index("^")) == (7 + 120, "H", 66)


@pytest.mark.parametrize("column", [1, 60, 119, 240])
def test_the_mark_points_at_the_same_character_after_cutting(column: int) -> None:
    text = "".join(chr(ord("a") + i % 26) for i in range(240))
    shown, mark = excerpt(Location("a.yaml", 1234, column, text))

    assert shown[mark.index("^")] == text[column - 1]
