"""Findings as SARIF: what the standard's schema and GitHub's limits hold, and what each part of it says."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from archspec.errors import Location
from archspec.findings import LocatedHop, Severities, Severity
from archspec.reference.beside_rules import Page
from archspec.reporters import REPORTERS, sarif
from archspec.reporters.report import Part, Report, Repository, of
from tests.reporters.made import EVIL_FILE, HOSTILE, PLACE, every_kind, finding, hostile, several

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def run(report: Report) -> dict[str, Any]:
    (only,) = json.loads(REPORTERS["sarif"](report))["runs"]
    return dict(only)


def results(*findings: Any, info: bool = False) -> list[dict[str, Any]]:  # noqa: ANN401  findings
    return list(run(of(findings, info=info))["results"])


@pytest.mark.parametrize("info", [False, True])
@pytest.mark.parametrize("report", [every_kind(), of([]), of(several()), of([hostile()])])
def test_every_report_fits_the_schema_of_the_standard(report: Report, info: bool) -> None:
    written = json.loads(REPORTERS["sarif"](report._replace(info=info)))

    assert list(VALIDATOR.iter_errors(written)) == []


def test_the_schema_refuses_what_is_no_report() -> None:
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_what_github_would_show_although_it_is_accepted_is_there_only_with_info() -> None:
    shown = [[one["ruleId"] for one in results(*several(), info=info)] for info in (False, True)]

    assert shown == [
        ["TST001", "TST001", "TST002"],
        ["TST001", "TST001", "TST002", "TST003", "TST004", "TST005", "TST006"],
    ]


def test_what_is_accepted_says_why_and_all_results_say_what_was_new() -> None:
    told = [(one["suppressions"], one["baselineState"]) for one in results(*several(), info=True)]

    assert told == [
        *[([], "new")] * 5,
        ([{"kind": "inSource", "status": "accepted", "justification": "we know"}], "new"),
        ([{"kind": "external", "status": "accepted", "justification": "It is in the baseline."}], "unchanged"),
    ]


def test_without_a_baseline_no_result_is_compared() -> None:
    assert ["baselineState" in one for one in results(finding())] == [False]


def test_severity_is_the_level_and_what_cannot_be_told_has_none() -> None:
    told = [(one["kind"], one["level"]) for one in results(*several(), info=True)]

    assert told == [
        ("fail", "error"), ("fail", "error"), ("fail", "warning"), ("fail", "note"), ("open", "none"),
        ("fail", "error"), ("fail", "error"),
    ]  # fmt: skip


def test_results_of_one_rule_and_subject_have_fingerprints_of_their_own_in_each_file() -> None:
    other = PLACE._replace(file="b.yaml")
    found = [finding(), finding(), finding(location=other), finding(location=PLACE._replace(line=9))]
    marks = [one["partialFingerprints"]["archspec/v1"].partition(":")[2] for one in results(*found)]

    assert marks == ["1", "2", "1", "3"]


def test_a_place_has_its_line_from_the_column_on() -> None:
    (place,) = results(finding())[0]["locations"]

    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "a.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 5, "snippet": {"text": " b"}},
    }


def test_a_path_is_one_from_the_root_of_the_repository_and_escaped() -> None:
    report = of([finding(location=PLACE._replace(file=EVIL_FILE))])
    inside = run(report._replace(repository=Repository("/r", "/r/infra")))["results"][0]["locations"][0]
    address = inside["physicalLocation"]["artifactLocation"]["uri"]

    assert (address, unquote(address)) == (
        "infra/specs/a%20b%25%2C%3A%22%3C%C3%BC%3E%E2%80%AE.yaml",
        f"infra/{EVIL_FILE}",
    )


def test_an_absolute_path_is_told_from_the_root_as_well() -> None:
    report = of([finding(location=PLACE._replace(file=file)) for file in ("/r/infra/a.yaml", "/else/a.yaml")])
    found = run(report._replace(repository=Repository("/r", "/r/infra")))["results"]

    assert [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in found] == [
        {"uri": "infra/a.yaml", "uriBaseId": "SRCROOT"},
        {"uri": "../else/a.yaml"},
    ]


def test_the_root_is_named_and_not_told() -> None:
    assert run(of([]))["originalUriBaseIds"] == {"SRCROOT": {"description": {"text": "The root of the repository."}}}


def test_a_witness_is_a_flow_of_steps_in_order_and_each_has_a_place() -> None:
    hops = (
        LocatedHop("open", "a sends", None, ""),
        LocatedHop("blocked", "b receives", Location("b.yaml", 7, 3, "  b: c"), "CODE"),
    )
    (flow,) = results(finding(witness=hops))[0]["codeFlows"]
    (thread,) = flow["threadFlows"]

    assert thread["locations"] == [
        {
            "location": {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.yaml", "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 3, "startColumn": 5, "snippet": {"text": " b"}},
                },
                "message": {"text": "open: a sends"},
            },
            "kinds": ["open", "default"],
            "executionOrder": 1,
            "importance": "important",
        },
        {
            "location": {
                "physicalLocation": {
                    "artifactLocation": {"uri": "b.yaml", "uriBaseId": "SRCROOT"},
                    "region": {"startLine": 7, "startColumn": 3, "snippet": {"text": "b: c"}},
                },
                "message": {"text": "blocked: b receives [CODE]"},
            },
            "kinds": ["blocked"],
            "executionOrder": 2,
            "importance": "essential",
        },
    ]


def test_rules_are_those_that_found_something_and_results_point_at_them() -> None:
    made = run(every_kind()._replace(info=True))
    rules = made["tool"]["driver"]["rules"]

    assert [rules[one["ruleIndex"]]["id"] for one in made["results"]] == [one["ruleId"] for one in made["results"]]
    assert {one["id"] for one in rules} == {one["ruleId"] for one in made["results"]}


def test_a_rule_says_what_it_is_about_with_its_page_and_its_controls() -> None:
    page = Page(
        "OWN001",
        "my-own",
        "Something is wrong.\n\n## Why\n\nBecause it\nis.\n\nMore.\n",
        Severities(Severity.WARNING, Severity.INFO, Severity.OFF),
        ("RDS.5", "https://example.com/why"),
    )
    (rule,) = run(of([finding(rule="OWN001")])._replace(rules=lambda: {"OWN001": page}))["tool"]["driver"]["rules"]
    help_ = rule.pop("help")

    assert help_["text"] == help_["markdown"]
    assert help_["text"].startswith("# OWN001 my-own\n\nSomething is wrong.\n")
    assert rule == {
        "id": "OWN001",
        "name": "my-own",
        "shortDescription": {"text": "Something is wrong."},
        "fullDescription": {"text": "Something is wrong. Because it is."},
        "helpUri": "https://example.com/why",
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["architecture", "RDS.5"]},
    }


@pytest.mark.parametrize(
    ("reference", "page"),
    [
        ("https://example.com/CKV_AWS_1", "https://example.com/CKV_AWS_1"),
        ("javascript:alert(1)", "https://www.checkov.io/5.Policy%20Index/all.html"),
    ],
)
def test_a_check_of_another_tool_is_a_rule_by_what_a_finding_says(reference: str, page: str) -> None:
    found = finding(rule="CKV_AWS_1", name="checkov", message="Ensure it (all) (aws_vpc.main)", reference=reference)

    assert run(of([found]))["tool"]["driver"]["rules"] == [
        {
            "id": "CKV_AWS_1",
            "shortDescription": {"text": "Ensure it (all)"},
            "fullDescription": {"text": "Ensure it (all)"},
            "help": {"text": f"Ensure it (all) {page}"},
            "helpUri": page,
            "defaultConfiguration": {"level": "error"},
        }
    ]


def test_of_too_many_the_worst_are_kept_in_their_order_and_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 2)
    made = run(of([finding(severity=Severity.WARNING, rule="TST002"), finding(), finding(rule="TST003")]))

    assert [one["ruleId"] for one in made["results"]] == ["TST001", "TST003"]
    assert [one["id"] for one in made["tool"]["driver"]["rules"]] == ["TST001", "TST003"]
    assert made["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("1 more findings are")


def test_a_message_makes_no_link_and_holds_its_fix() -> None:
    (one,) = results(finding(message="see [x](https://evil.example)", fix="state `a: b`"))

    assert one["message"] == {
        "text": "see [x] (https://evil.example)\n\nFix: state `a: b`",
        "markdown": "see \\[x\\](https\\://evil.example)\n\n**Fix:** state `a: b`",
    }


def test_no_text_of_a_hostile_spec_is_control_or_half_a_character() -> None:
    told = REPORTERS["sarif"](Report((Part("a", (finding(message=HOSTILE),)),)))

    assert [char for char in json.loads(told)["runs"][0]["results"][0]["message"]["text"] if char < " "] == []
    assert told.isprintable() or "\\u" not in told
