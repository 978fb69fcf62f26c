"""Findings as text and as JSON: whole reports, and what must not reach a terminal."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from archspec import api
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.reporters import REPORTERS
from archspec.reporters.plain import plain
from archspec.reporters.summary import counts, summary
from archspec.reporters.text import excerpt
from tests.conftest import Golden

System = Callable[[str], api.System]

# An error with a witness, a warning, an info, an unknown and a waived finding.
EVERY_KIND = """\
stage: staging
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 3306}]}
    spare-sg: {}
compute:
  services:
    api: {desired: 1, subnets: [private-a, private-b], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, subnets: [private-a, private-b], security_groups: [db-sg]}
flows:
  - api -> db: 5432 PostgreSQL
waivers:
  - {rule: NET008, subject: spare-sg, reason: kept for the move, owner: platform, expires: 2026-12-31}
"""
PLACE = Location("a.yaml", 3, 5, "  a: b")


def finding(**changes: Any) -> Finding:  # noqa: ANN401  any field of a finding
    plain_one = Finding(PLACE, "TST001", "made-up", "a", "fail", Severity.ERROR, "a is wrong")
    return plain_one._replace(**changes)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("info", [False, True])
def test_a_report_of_every_kind_of_finding_is_the_recorded_one(
    system: System, golden: Golden, form: str, info: bool
) -> None:
    findings = api.check(system(EVERY_KIND)).findings
    ending = {"text": "txt", "json": "json"}[form]

    golden(f"golden/every_kind{'_info' if info else ''}.{ending}", REPORTERS[form].report(findings, info=info))


def test_a_report_of_nothing_is_its_summary() -> None:
    assert REPORTERS["text"].report([], info=False) == "0 errors\n"


def test_a_json_report_of_nothing_has_its_summary() -> None:
    assert json.loads(REPORTERS["json"].report([], info=False)) == {
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
    reports = [REPORTERS["text"].report([finding(known=True)], info=info) for info in (False, True)]

    assert [report.splitlines()[0] for report in reports] == [
        "0 errors, 1 known (--info shows all)",
        "a.yaml:3:5: known error TST001 made-up",
    ]


def test_what_is_known_is_in_every_json_report() -> None:
    report = json.loads(REPORTERS["json"].report([finding(known=True), finding()], info=False))

    assert [one["known"] for one in report["findings"]] == [True, False]


def test_a_summary_of_all_hides_nothing() -> None:
    assert summary([finding(severity=Severity.INFO)], info=True) == "0 errors, 1 info"


HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c \x9b2J a\r\nb\x00\u2028c\u2066 \x7f \U000e0041"


def test_control_and_direction_characters_are_shown_and_not_sent() -> None:
    assert plain(HOSTILE) == "�[31mred�]0;title� �evil� �2J a��b��c� � �"


def test_letters_of_all_scripts_and_pictures_stay() -> None:
    text = "Zürich 数据库 قاعدة 🚀 – × é"

    assert plain(text) == text


def test_no_part_of_a_text_report_sends_what_is_hidden() -> None:
    hop = LocatedHop("blocked", HOSTILE, Location(HOSTILE, 1, 1, HOSTILE), HOSTILE)
    place = Location(HOSTILE, 1, 1, HOSTILE)
    row = Finding(place, "A", HOSTILE, HOSTILE, "fail", Severity.ERROR, HOSTILE, HOSTILE, (hop,), HOSTILE)
    report = REPORTERS["text"].report([row], info=True)

    assert [line for line in report.splitlines() if line != plain(line)] == []


def test_a_json_report_escapes_what_is_hidden_and_reads_back_the_same() -> None:
    report = REPORTERS["json"].report([finding(message=HOSTILE)], info=True)

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
