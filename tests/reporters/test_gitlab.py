"""Findings as GitLab's code quality report, by the keys that its documentation lists.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json
from typing import Any

import pytest

from archspec.findings import Finding
from archspec.reporters import REPORTERS
from archspec.reporters.report import Report, Repository, of
from tests.reporters.made import EVIL_FILE, PLACE, every_kind, finding, hostile, several


def entries(report: Report) -> list[dict[str, Any]]:
    return list(json.loads(REPORTERS["gitlab"](report)))


def of_all(*findings: Finding) -> Report:
    return of(findings, info=True)


@pytest.mark.parametrize("report", [every_kind()._replace(info=True), of_all(*several()), of_all(hostile())])
def test_every_entry_has_the_keys_that_gitlab_asks_for(report: Report) -> None:
    for one in entries(report):
        assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"].keys() == {"path", "lines"}
        assert not one["location"]["path"].startswith(("./", "/"))
        assert one["location"]["lines"]["begin"] >= 1


def test_a_finding_is_an_entry() -> None:
    (one,) = entries(of_all(finding(fix="do it")))
    one.pop("fingerprint")

    assert one == {
        "description": "TST001 made-up: a is wrong; fix: do it",
        "check_name": "TST001",
        "severity": "major",
        "location": {"path": "a.yaml", "lines": {"begin": 3}},
    }


def test_what_is_accepted_is_left_out_and_severities_are_gitlabs() -> None:
    told = [(one["check_name"], one["severity"]) for one in entries(of_all(*several()))]

    assert told == [
        ("TST001", "major"), ("TST001", "major"), ("TST002", "minor"), ("TST003", "info"), ("TST004", "info"),
        ("TST006", "major"),
    ]  # fmt: skip


def test_no_two_entries_share_a_fingerprint_and_lines_do_not_matter() -> None:
    moved = PLACE._replace(line=99)
    found = [finding(), finding(), finding(location=PLACE._replace(file="b.yaml"))]
    marks = [one["fingerprint"] for one in entries(of_all(*found))]

    assert len(set(marks)) == 3
    assert marks == [one["fingerprint"] for one in entries(of_all(finding(location=moved), *found[1:]))]


def test_a_path_is_one_from_the_root_of_the_repository() -> None:
    report = of_all(finding(location=PLACE._replace(file=f"./{EVIL_FILE}")))
    (one,) = entries(report._replace(repository=Repository("/r", "/r/infra")))

    assert one["location"]["path"] == f"infra/{EVIL_FILE}"


def test_a_report_of_nothing_is_an_empty_list() -> None:
    assert REPORTERS["gitlab"](of([])) == "[]\n"
